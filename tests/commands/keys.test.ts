import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { findDamage } from '#main/core/db/damage.ts'
import { closeDb, openDb } from '#main/core/db/open.ts'
import { copies } from '#main/core/keys/keyring-files.ts'
import { newKeyring, readKeyring, writeKeyring, type Keyring } from '#main/core/keys/keyring.ts'
import { makeUserSlot } from '#main/core/keys/slots.ts'
import { unlockWithPassword, unlockWithRecoveryKey } from '#main/core/keys/unlock.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { makeWorld, openCore, refusalOf, type World } from '#tests/support/world.ts'

const ID = '00000000-0000-7000-8000-000000000001'
const SLOT = '00000000-0000-7000-8000-000000000002'
const AT = '2026-11-17T15:00:00.000Z'
const dataKey = new Uint8Array(32).fill(9)
const forPerson = (id: string, userName: string, password: string) => ({ id, userName, password, at: AT, device: undefined })

/** The clinic's files after its process has ended; the folder goes with the world. */
async function stopped(work: (folder: string, world: World) => Promise<void>): Promise<void> {
  const world = await makeWorld()
  world.clinic.addPatient(world.core)
  await world.core.close()
  await work(world.folder, world)
}

async function signInAgain(folder: string, input: { userName: string; password: string }): Promise<unknown> {
  const core = await openCore(folder)
  try {
    return await inProcessClient(core, core.openDoor('test')).session.signIn(input)
  } finally {
    await core.close()
  }
}

const files = (folder: string): [string, Buffer][] => fs.readdirSync(folder).map((name) => [name, fs.readFileSync(path.join(folder, name))])
const rightOne = { userName: 'administrator', password: ADMIN_PASSWORD }

describe('the keyring', () => {
  it('opens with the password and with nothing else', async () => {
    await stopped(async (folder) => {
      for (const wrong of [{ ...rightOne, password: `${ADMIN_PASSWORD} ` }, { ...rightOne, password: '' }, { userName: 'nobody', password: ADMIN_PASSWORD }, { userName: 'nurse', password: ADMIN_PASSWORD }]) {
        expect(await refusalOf(signInAgain(folder, wrong))).toEqual({ code: 'SIGN_IN_REFUSED', data: undefined })
      }
      expect(await signInAgain(folder, { ...rightOne, userName: ' Administrator ' })).toMatchObject({ phase: 'active', person: { userName: 'administrator' } })
    })
  })

  it('opens nothing with a slot that was tampered with, in any of its parts', async () => {
    const keyring = newKeyring(ID, AT)
    const { slot } = await makeUserSlot(keyring, forPerson(SLOT, 'voss', ADMIN_PASSWORD), dataKey)
    const flip = (text: string): string => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`
    const opened = async (changed: Keyring) => (await unlockWithPassword(changed, 'voss', ADMIN_PASSWORD))?.dataKey
    expect(await opened({ ...keyring, slots: [slot] })).toEqual(dataKey)
    for (const part of ['salt', 'publicKey', 'wrapped', 'dataKey', 'lookup', 'mark', 'madeAt'] as const) expect(await opened({ ...keyring, slots: [{ ...slot, [part]: part === 'madeAt' ? '2030-01-01T00:00:00.000Z' : flip(slot[part] ?? '') }] })).toBeUndefined()
    expect(await opened({ ...keyring, slots: [{ ...slot, id: ID }] })).toBeUndefined()
    expect(await opened({ ...keyring, slots: [{ ...slot, kind: 'recovery' }] })).toBeUndefined()
    expect(await opened({ ...keyring, databaseId: SLOT, slots: [slot] })).toBeUndefined()
    expect(unlockWithRecoveryKey({ ...keyring, slots: [{ ...slot, kind: 'recovery' }] }, new Uint8Array(32))).toBeUndefined()
  })

  it('tells passwords apart after 72 bytes, and not by how an accent was typed', async () => {
    const keyring = newKeyring(ID, AT)
    const long = 'x'.repeat(72)
    keyring.slots.push((await makeUserSlot(keyring, forPerson(SLOT, 'voss', `${long}A`), dataKey)).slot)
    expect(await unlockWithPassword(keyring, 'voss', `${long}B`)).toBeUndefined()
    expect((await unlockWithPassword(keyring, 'voss', `${long}A`))?.dataKey).toEqual(dataKey)
    keyring.slots.push((await makeUserSlot(keyring, forPerson(ID, 'jose', 'caf\u00e9 con leche y pan'), dataKey)).slot)
    expect((await unlockWithPassword(keyring, 'jose', 'cafe\u0301 con leche y pan'))?.dataKey).toEqual(dataKey)
  })

  it('is read from its copy when the first one is torn, and says so when all are', async () => {
    await stopped(async (folder) => {
      const whole = readKeyring(folder)
      const file = path.join(folder, 'keyring.json')
      fs.writeFileSync(file, fs.readFileSync(file, 'utf8').slice(0, 200))
      expect(readKeyring(folder)).toEqual(whole)
      expect(await signInAgain(folder, rightOne)).toMatchObject({ phase: 'active' })
      fs.writeFileSync(path.join(folder, 'keyring.copy.json'), '')
      expect(readKeyring(folder)).toEqual(whole)
      fs.writeFileSync(path.join(folder, 'keyring.spare.json'), '[]')
      expect(await refusalOf(signInAgain(folder, rightOne))).toMatchObject({ code: 'KEYRING_DAMAGED' })
      writeKeyring(folder, whole)
      expect(await signInAgain(folder, rightOne)).toMatchObject({ phase: 'active' })
    })
  })
})

describe('the files on the disk', () => {
  it('hold no password and no name, in no encoding', async () => {
    await stopped(async (folder, world) => {
      const canaries = [ADMIN_PASSWORD, 'administrator', 'Lopez', 'Maria', 'Brandt', 'Harbor Family', 'SQLite format', Buffer.from(world.clinic.recoveryKey).toString('base64')]
      const found = files(folder).flatMap(([name, bytes]) => canaries.flatMap((word) =>
        (['utf8', 'utf16le'] as const).filter((encoding) => bytes.includes(Buffer.from(word, encoding))).map((encoding) => `${name}: ${word} (${encoding})`)))
      expect(found).toEqual([])
      expect(files(folder).map(([name]) => name).toSorted()).toEqual(['cairn.db', ...copies].toSorted())
    })
  })

  it('R08: are never opened half: one flipped bit is found, 500 times of 500, and the sign-in refused', { timeout: 120_000 }, async () => {
    await stopped(async (folder, world) => {
      const file = path.join(folder, 'cairn.db')
      const key = unlockWithRecoveryKey(readKeyring(folder), world.clinic.recoveryKey)?.dataKey
      if (!key) throw new Error('the key of the world opens it')
      // Pages that are free hold nothing and are not read; without them every page counts.
      const db = openDb({ path: file, key })
      db.$client.exec('vacuum')
      closeDb(db)
      const whole = fs.readFileSync(file)
      const pages = whole.length / 4096
      const missed: number[] = []
      const handle = fs.openSync(file, 'r+')
      for (let flip = 0; flip < 500; flip += 1) {
        const at = (flip % pages) * 4096 + ((flip * 1_117) % 4096)
        const byte = whole.subarray(at, at + 1)
        fs.writeSync(handle, Buffer.from([(byte[0] ?? 0) ^ (1 << (flip % 8))]), 0, 1, at)
        if (!isFound(file, key)) missed.push(at)
        fs.writeSync(handle, byte, 0, 1, at)
      }
      fs.closeSync(handle)
      expect(missed).toEqual([])
      const bytes = Buffer.from(whole)
      const middle = Math.floor(pages / 2) * 4096 + 700
      bytes[middle] = (bytes[middle] ?? 0) ^ 1
      fs.writeFileSync(file, bytes)
      expect(await refusalOf(signInAgain(folder, rightOne))).toEqual({ code: 'DATABASE_DAMAGED', data: { reason: 'unreadable' } })
      fs.writeFileSync(file, whole)
      expect(await signInAgain(folder, rightOne)).toMatchObject({ phase: 'active' })
    })
  })

  it('are refused when they are no encrypted database at all', async () => {
    await stopped(async (folder) => {
      const file = path.join(folder, 'cairn.db')
      fs.writeFileSync(file, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8_176)]))
      expect(await refusalOf(signInAgain(folder, rightOne))).toEqual({ code: 'DATABASE_DAMAGED', data: { reason: 'not-encrypted' } })
    })
  })
})

/** What the check of every page does at the first sign-in. */
function isFound(file: string, key: Uint8Array): boolean {
  try {
    const db = openDb({ path: file, key, readonly: true })
    const found = findDamage(db)
    closeDb(db)
    return found.length > 0
  } catch {
    return true
  }
}
