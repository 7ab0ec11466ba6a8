import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createCipheriv, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { formatRecoveryKey } from '#shared/kernel/recovery-key.ts'
import { readKeyFile, tagOf, writeKeyFile, type Device } from '#main/core/keys/device.ts'
import { derivations, deriveFromPassword, expand, hashLogin, KDF_NOW } from '#main/core/keys/kdf.ts'
import { copies } from '#main/core/keys/keyring-files.ts'
import { hasRecovery, lookupOf, newKeyring, readKeyring, slotsOf, writeKeyring, type Keyring } from '#main/core/keys/keyring.ts'
import { isEndorsed, makeDeviceSlot, makeRecoverySlot, makeUserSlot, recoveryPublicKey, resealed } from '#main/core/keys/slots.ts'
import { unlockWithDevice, unlockWithPassword, unlockWithRecoveryKey } from '#main/core/keys/unlock.ts'
import { makeKeyPair, openWith, sealTo } from '#main/core/keys/user-keys.ts'
import { seal } from '#main/core/keys/box.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { setLoginHash } from '#main/domains/session/repository.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { makeWorld, openCore, refusalOf, type World } from '#tests/support/world.ts'

const [ID, OTHER] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002']
const AT = '2026-11-17T15:00:00.000Z'
const [dataKey, printed, machine] = [new Uint8Array(32).fill(9), new Uint8Array(32).fill(3), new Uint8Array(32).fill(5)]
const voss = { id: OTHER, userName: 'voss', password: ADMIN_PASSWORD, at: AT }
const admin = { userName: 'administrator', password: ADMIN_PASSWORD }
const kept = (secret: Uint8Array): Device => ({ keeper: 'os', secret })

function ringWithRecovery(): Keyring {
  const keyring = newKeyring(ID, AT)
  return { ...keyring, slots: [makeRecoverySlot(keyring, { id: ID, at: AT }, printed, dataKey)] }
}

/** A core on the world's files, as this machine or another would start it. */
async function startOn(world: World, device?: Device) {
  const core = await openCore(world.folder, world.clock, device ? { device: Promise.resolve(device) } : {})
  return { core, client: inProcessClient(core, core.openDoor('test')) }
}

describe('R26: boxes', () => {
  it('never use a nonce twice and are opened by their own key, in their own place', { timeout: 120_000 }, () => {
    const key = randomBytes(32)
    const nonces = new Set(Array.from({ length: 50_000 }, () => Buffer.from(seal(key, '', new Uint8Array(32)).subarray(0, 12)).toString('latin1')))
    expect(nonces.size).toBe(50_000)
    const [owner, other] = [makeKeyPair(), makeKeyPair()]
    const box = sealTo(owner.publicKey, dataKey, 'note 1')
    expect(openWith(owner.privateKey, box, 'note 1')).toEqual(dataKey)
    expect([openWith(other.privateKey, box, 'note 1'), openWith(owner.privateKey, box, 'note 2'), openWith(owner.privateKey, box.subarray(0, 40), 'note 1'), openWith(owner.privateKey, new Uint8Array(99), 'note 1')]).toEqual([undefined, undefined, undefined, undefined])
    for (let at = 0; at < box.length; at += 1) expect(openWith(owner.privateKey, box.map((byte, i) => (i === at ? byte ^ 1 : byte)), 'note 1')).toBeUndefined()
  })
})

describe('R25: what a database of logins gives away', () => {
  it('is a hash of one half of the derivation, which opens no slot', async () => {
    const { login, wrap } = await deriveFromPassword(ADMIN_PASSWORD, new Uint8Array(16), KDF_NOW)
    const stored = await hashLogin(login)
    expect(stored).toMatch(/^\$2[aby]\$06\$/)
    expect(login).not.toContain(ADMIN_PASSWORD)
    expect(Buffer.from(wrap(undefined)).toString('base64')).not.toBe(login)
    expect(Buffer.from(wrap(machine))).not.toEqual(Buffer.from(wrap(undefined)))
  })

  it('takes one slow derivation for a start, and never runs more than two at once', { timeout: 120_000 }, async () => {
    const world = await makeWorld()
    await world.core.close()
    const { core, client } = await startOn(world)
    const before = derivations().started
    await client.session.signIn(admin)
    await client.clinic.get({})
    expect(await core.vault.check(60_000, () => undefined, core.platform.now)).toBe(true)
    expect(derivations().started - before).toBe(1)
    await Promise.all(Array.from({ length: 6 }, () => client.session.signIn(admin).catch(() => undefined)))
    expect(derivations().mostAtOnce).toBe(2)
    await core.close()
  })
})

describe('a machine that keeps a secret', () => {
  it('mixes it into every password, so that a copied disk cannot be guessed against, and never into the printed key', async () => {
    const keyring = ringWithRecovery()
    const { slot } = await makeUserSlot(keyring, { ...voss, device: machine }, dataKey)
    const ring = { ...keyring, slots: [...keyring.slots, slot] }
    expect(slot.device).toBe(tagOf(ring, machine))
    expect((await unlockWithPassword(ring, 'voss', ADMIN_PASSWORD, { device: machine, at: AT }))?.dataKey).toEqual(dataKey)
    for (const device of [undefined, new Uint8Array(32)]) expect(await refusalOf(unlockWithPassword(ring, 'voss', ADMIN_PASSWORD, { device, at: AT }))).toMatchObject({ code: 'DEVICE_SECRET_MISSING' })
    expect(unlockWithRecoveryKey(ring, printed)?.dataKey).toEqual(dataKey)
    const alone = newKeyring(ID, AT)
    expect((await makeUserSlot(alone, { ...voss, device: machine }, dataKey)).slot.device).toBeNull()
  })

  it('a new computer without the secret opens by the printed key alone, with every row, and mixes its own', async () => {
    const world = await makeWorld()
    world.clinic.addPatient(world.core)
    await world.core.close()
    const first = await startOn(world, kept(machine))
    await first.client.session.signIn(admin)
    expect(slotsOf(readKeyring(world.folder), 'administrator')[0]?.device).toBe(tagOf(readKeyring(world.folder), machine))
    const rows = first.core.vault.reader.$client.prepare('select count(*) from patients').pluck().get()
    await first.core.close()

    const elsewhere = new Uint8Array(32).fill(77)
    const second = await startOn(world, kept(elsewhere))
    expect(await refusalOf(second.client.session.signIn(admin))).toMatchObject({ code: 'DEVICE_SECRET_MISSING' })
    const recoveryKey = formatRecoveryKey(world.clinic.recoveryKey).join('')
    expect(await second.client.session.recover({ recoveryKey, userName: 'administrator', newPassword: 'a heron in the reeds' })).toMatchObject({ phase: 'active' })
    expect(second.core.vault.reader.$client.prepare('select count(*) from patients').pluck().get()).toBe(rows)
    expect(slotsOf(readKeyring(world.folder), 'administrator').map((slot) => slot.device)).toEqual([tagOf(readKeyring(world.folder), elsewhere)])
    expect(second.core.vault.reader.$client.prepare(`select count(*) from audit_events where action = 'keys.machine-secret-missing'`).pluck().get()).toBe(1)
    await second.core.close()
  })

  it('that keeps none any more loses its own slot and starts locked, and that is written down', async () => {
    const world = await makeWorld()
    const { dataKey: current } = world.core.vault
    const keyring = readKeyring(world.folder)
    writeKeyring(world.folder, { ...keyring, slots: [...keyring.slots, makeDeviceSlot(keyring, { id: ID, at: AT }, machine, current ?? dataKey)] })
    expect(unlockWithDevice(readKeyring(world.folder), machine)?.dataKey).toEqual(current)
    expect(unlockWithDevice(readKeyring(world.folder), printed)).toBeUndefined()
    await world.core.close()
    const { core, client } = await startOn(world, { keeper: 'none', secret: undefined })
    expect(await client.session.state({})).toMatchObject({ phase: 'closed' })
    await client.session.signIn(admin)
    expect(readKeyring(world.folder).slots.filter((slot) => slot.kind === 'device')).toEqual([])
    expect(core.vault.reader.$client.prepare(`select count(*) from audit_events where action = 'keys.machine-slots-removed'`).pluck().get()).toBe(1)
    await core.close()
  })
})

describe('a key file (clinic.makeKeyFile)', () => {
  it('is this machine’s secret from the next sign-in on; without the stick only the printed key opens', async () => {
    const world = await makeWorld()
    const stick = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-stick-'))
    const file = path.join(stick, 'clinic.cairn-key')
    const { client } = world.stranger()
    await client.session.signIn(admin)
    for (const [place, code] of [[path.join(world.folder, 'k'), 'KEY_FILE_INSIDE'], ['k', 'KEY_FILE_UNWRITABLE'], [path.join(stick, 'none', 'k'), 'KEY_FILE_UNWRITABLE']] as const) {
      expect(await refusalOf(client.clinic.makeKeyFile({ path: place }))).toMatchObject({ code })
    }
    expect(await client.clinic.makeKeyFile({ path: file })).toMatchObject({ keeper: 'key-file', keeperAnswers: true })
    expect(await refusalOf(client.clinic.makeKeyFile({ path: file }))).toMatchObject({ code: 'KEY_FILE_EXISTS' })
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
    await client.session.signIn(admin)
    await world.core.close()
    const away = `${file}.away`
    fs.renameSync(file, away)
    const second = await startOn(world)
    expect(await refusalOf(second.client.session.signIn(admin))).toMatchObject({ code: 'DEVICE_SECRET_MISSING' })
    fs.writeFileSync(file, fs.readFileSync(away, 'utf8').replace(/[A-Za-z]/, 'x'))
    expect(readKeyFile(file)).toBeUndefined()
    fs.renameSync(away, file)
    expect(await second.client.session.signIn(admin)).toMatchObject({ phase: 'active' })
    await second.core.close()
    fs.rmSync(stick, { recursive: true })
  })

  it('is written whole and never over another file', () => {
    const stick = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-stick-'))
    const file = path.join(stick, 'key')
    writeKeyFile(file, machine)
    expect(readKeyFile(file)).toEqual(machine)
    expect(() => writeKeyFile(file, printed)).toThrow('KEY_FILE_EXISTS')
    expect(readKeyFile(path.join(stick, 'none'))).toBeUndefined()
    fs.rmSync(stick, { recursive: true })
  })
})

describe('a keyring of the first releases', () => {
  it('opens by password and by printed key, and each slot takes the new form when its owner comes', async () => {
    const world = await makeWorld()
    const { vault } = world.core
    const first = await firstKeyring(world)
    const account = world.clinic.people.administrator.userId
    setLoginHash(vault.writer, account, await hashLogin(first.login))
    await world.core.close()
    for (const name of copies) fs.rmSync(path.join(world.folder, name))
    for (const name of ['keyring.json', 'keyring.copy.json']) fs.writeFileSync(path.join(world.folder, name), JSON.stringify(first.keyring))

    const { core, client } = await startOn(world, kept(machine))
    expect(readKeyring(world.folder)).toMatchObject({ v: 2, generation: 0, slots: [] })
    expect(unlockWithRecoveryKey(readKeyring(world.folder), world.clinic.recoveryKey)?.dataKey).toEqual(first.dataKey)
    await client.session.signIn(admin)
    const now = readKeyring(world.folder)
    expect([now.slots.map((slot) => slot.kind), now.old.map((slot) => slot.kind), hasRecovery(now)]).toEqual([['user'], ['recovery'], true])
    expect(JSON.parse(fs.readFileSync(path.join(world.folder, 'keyring.spare.json'), 'utf8')).v).toBe(2)
    expect(await refusalOf(drain(client.clinic.rotateKey({})))).toEqual({ code: 'OLD_SLOTS', data: { people: 0, recovery: true } })
    expect(await client.clinic.keyState({})).toMatchObject({ isRecoveryOld: true, oldPasswords: 0, dataKeyAt: null })
    await client.session.recover({ recoveryKey: formatRecoveryKey(world.clinic.recoveryKey).join(' '), userName: 'administrator', newPassword: 'a heron in the reeds' })
    expect(readKeyring(world.folder).old).toEqual([])
    await core.close()
  })

  async function firstKeyring(world: World) {
    const { dataKey: current } = world.core.vault
    const databaseId = world.clinic.id
    const lookupSalt = randomBytes(16).toString('base64')
    const lookup = lookupOf({ lookupSalt }, 'administrator')
    const salt = randomBytes(16)
    const { login, wrap } = await deriveFromPassword(ADMIN_PASSWORD, salt, KDF_NOW)
    const sealed = (id: string, kind: string, kek: Uint8Array) => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', kek, nonce).setAAD(Buffer.from(`1:${databaseId}:${id}:${kind}`))
      return { nonce: nonce.toString('base64'), wrapped: Buffer.concat([cipher.update(current ?? dataKey), cipher.final(), cipher.getAuthTag()]).toString('base64') }
    }
    const slots = [
      { id: OTHER, kind: 'user', lookup, kdf: KDF_NOW, salt: salt.toString('base64'), ...sealed(OTHER, 'user', wrap(undefined)) },
      { id: ID, kind: 'recovery', lookup: null, kdf: null, salt: salt.toString('base64'), ...sealed(ID, 'recovery', expand(world.clinic.recoveryKey, 'recovery-v1')) },
    ]
    return { keyring: { v: 1, databaseId, lookupSalt, slots }, login, dataKey: current }
  }
})

describe('a slot that somebody slipped in', () => {
  it('is not endorsed and gets no later key', async () => {
    const keyring = ringWithRecovery()
    const stranger = await makeUserSlot(keyring, { ...voss, device: undefined }, new Uint8Array(32))
    const ring = { ...keyring, slots: [...keyring.slots, stranger.slot] }
    expect(ring.slots.map((slot) => isEndorsed(ring, slot, dataKey))).toEqual([true, false])
    const pair = makeKeyPair()
    const swapped = { ...ring.slots[0]!, publicKey: Buffer.from(pair.publicKey).toString('base64') }
    expect(isEndorsed(ring, swapped, dataKey)).toBe(false)
    const next = resealed(ring, ring.slots.slice(0, 1), new Uint8Array(32).fill(1), AT)
    expect(unlockWithRecoveryKey(next, printed)?.dataKey).toEqual(new Uint8Array(32).fill(1))
    // A note is sealed to the printed key that is endorsed, and read with the sheet.
    const forSheet = recoveryPublicKey(ring, dataKey) ?? new Uint8Array(32)
    expect(openWith(unlockWithRecoveryKey(next, printed)?.slotKey ?? machine, sealTo(forSheet, machine, 'note'), 'note')).toEqual(machine)
    expect(recoveryPublicKey({ ...ring, slots: [swapped] }, dataKey)).toBeUndefined()
    // A sealed key of the generation before is refused in the place of the new one.
    expect(unlockWithRecoveryKey({ ...next, slots: [{ ...next.slots[0]!, dataKey: ring.slots[0]!.dataKey }] }, printed)).toBeUndefined()
  })
})

async function drain(stream: Promise<AsyncIterable<unknown>>): Promise<void> {
  for await (const _piece of await stream);
}
