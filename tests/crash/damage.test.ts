import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkDatabase } from '#main/core/db/damage.ts'
import { openDb } from '#main/core/db/open.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { makeWorld, openCore, refusalOf, type World } from '#tests/support/world.ts'

const PAGE = 4096

/** The clinic's files in another folder, with one bit of one page turned. */
async function damagedCopy(world: World, offset: number): Promise<string> {
  world.core.vault.writer.$client.pragma('wal_checkpoint(TRUNCATE)')
  const copy = fs.mkdtempSync(`${world.folder}-copy-`)
  for (const name of ['keyring.json', 'cairn.db']) fs.copyFileSync(path.join(world.folder, name), path.join(copy, name))
  const file = fs.openSync(path.join(copy, 'cairn.db'), 'r+')
  const byte = Buffer.alloc(1)
  fs.readSync(file, byte, 0, 1, offset)
  byte[0] = (byte[0] ?? 0) ^ 1
  fs.writeSync(file, byte, 0, 1, offset)
  fs.closeSync(file)
  return copy
}

describe('a database with one flipped bit', () => {
  it('is refused at sign-in with a code that the screen explains, wherever the bit is, and nothing stays open', async () => {
    const world = await makeWorld()
    for (let i = 0; i < 40; i += 1) world.clinic.addPatient(world.core)
    world.core.vault.writer.$client.pragma('wal_checkpoint(TRUNCATE)')
    const pages = fs.statSync(path.join(world.folder, 'cairn.db')).size / PAGE
    for (const page of [0, 1, Math.floor(pages / 2), pages - 1]) {
      const copy = await damagedCopy(world, page * PAGE + 1000)
      const core = await openCore(copy)
      const client = inProcessClient(core, core.openDoor('test'))
      const refusal = await refusalOf(client.session.signIn({ userName: 'administrator', password: ADMIN_PASSWORD }))
      expect([page, refusal.code, core.vault.state]).toEqual([page, 'DATABASE_DAMAGED', 'closed'])
      await core.close()
      fs.rmSync(copy, { recursive: true })
    }
  })

  it('is whole when no bit is flipped', async () => {
    const world = await makeWorld()
    const { file, dataKey } = world.core.vault
    expect(dataKey && (await checkDatabase(file, dataKey))).toEqual([])
  })

  it('is refused when it is a plain, unencrypted database', async () => {
    const world = await makeWorld()
    const file = path.join(world.folder, 'plain.db')
    fs.writeFileSync(file, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(PAGE)]))
    expect(() => openDb({ path: file, key: new Uint8Array(32) })).toThrow('DATABASE_DAMAGED')
  })

  it('closes for everyone when a page turns out unreadable during the day', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    world.core.vault.writer.$client.pragma('wal_checkpoint(TRUNCATE)')
    const file = fs.openSync(path.join(world.folder, 'cairn.db'), 'r+')
    const size = fs.fstatSync(file).size
    fs.writeSync(file, Buffer.alloc(size - 2 * PAGE, 7), 0, size - 2 * PAGE, 2 * PAGE)
    fs.closeSync(file)
    world.core.vault.writer.$client.pragma('shrink_memory')
    const codes = await Promise.all([desk.scheduling.listDay({ date: '2026-11-17' }), desk.clinic.listRooms({})].map((call) => call.then(() => 'answered', (error: { code: string }) => error.code)))
    expect(codes[0]).toBe('DATABASE_DAMAGED')
    expect(world.core.vault.state).toBe('closed')
  })
})
