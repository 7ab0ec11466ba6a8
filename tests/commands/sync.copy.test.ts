import fs from 'node:fs'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { closeDb, openDb } from '#main/core/db/open.ts'
import { readKeyring } from '#main/core/keys/keyring.ts'
import { unlockWithRecoveryKey } from '#main/core/keys/unlock.ts'
import { readSync, writeSync } from '#main/core/sync/context.ts'
import { takeCopy } from '#main/core/sync/take-copy.ts'
import { Snapshots } from '#main/core/sync/snapshot.ts'
import { hostDuties } from '#main/core/sync/host-duties.ts'
import type { Peer } from '#main/core/network/server-peers.ts'
import type { ToNode } from '#shared/sync/messages.ts'
import { connected, fetched, makeNetwork, type MemberWorld } from '#tests/support/network.ts'
import { syncedTables } from '#main/core/sync/tables.ts'
import { seePatient } from '#tests/support/visits.ts'
import { refusalOf } from '#tests/support/world.ts'

const person = { familyName: 'Doe', givenName: 'John', birthDate: '1980-02-01', sex: 'male' as const, duplicateReason: null }
const all = ({ core }: Pick<MemberWorld, 'core'>, sql: string): unknown[] => core.vault.reader.$client.prepare(sql).all()
const names = `select mrn, family_name from patients order by mrn`

it('gives a new machine a copy that opens with its own key and the printed one, and goes on from there', async () => {
  const network = await makeNetwork()
  await network.host.as('receptionist').patients.register({ id: network.host.core.platform.newId(), ...person, familyName: 'Before' })
  const member = await network.join('clinical')
  expect(all(member, names)).toEqual(all(network.host, names))
  expect(readSync(member.core.vault.reader)).toMatchObject({ role: 'member', profile: 'clinical', standing: 'good' })
  expect(member.core.vault.dataKey).not.toEqual(network.host.core.vault.dataKey)
  expect(unlockWithRecoveryKey(readKeyring(member.folder), network.host.clinic.recoveryKey)?.dataKey).toEqual(member.core.vault.dataKey)
  expect(all(member, `select count(*) as n from patient_search where patient_search match 'before'`)).toEqual([{ n: 1 }])
  member.plug()
  await network.host.as('receptionist').patients.register({ id: network.host.core.platform.newId(), ...person, familyName: 'After' })
  await vi.waitFor(() => expect(all(member, names)).toEqual(all(network.host, names)))
})

it('puts no clinical row and no secret of the host into the copy of a front desk', async () => {
  const network = await makeNetwork()
  await seePatient(network.host)
  const arrived = await fetched(network.host.server, 'front-desk')
  const db = openDb({ path: arrived.file, key: Buffer.from(arrived.ready.key, 'hex'), readonly: true })
  const count = (table: string): unknown => db.$client.prepare(`select count(*) from ${table}`).pluck().get()
  expect(all(network.host, 'select count(*) as n from clinical_notes')).toEqual([{ n: 1 }])
  expect([count('patients'), count('appointments')]).toEqual([1, 1])
  expect(db.$client.pragma('foreign_key_check')).toEqual([])
  const others = Object.entries(syncedTables).filter(([, { scope }]) => scope !== 'admin').map(([table]) => table)
  expect(others.length).toBeGreaterThan(15)
  expect([...others, 'audit_events', 'sessions', 'signing_keys', 'user_pins'].filter((table) => count(table) !== 0)).toEqual([])
  closeDb(db)
  expect(() => openDb({ path: arrived.file, key: network.host.core.vault.dataKey ?? new Uint8Array(32) })).toThrow('DATABASE_DAMAGED')
})

it('keeps one copy for each profile for a day, and hands it to that profile only', async () => {
  const network = await makeNetwork()
  const { snapshots } = network.host.server
  const [first, again] = await Promise.all([snapshots.ready('clinical'), snapshots.ready('clinical')])
  expect(again.id).toBe(first.id)
  expect(snapshots.file('clinical', first.id)?.sha256).toBe(first.sha256)
  expect(snapshots.file('front-desk', first.id)).toBeUndefined()
  const before = snapshots.file('clinical', first.id)?.path ?? ''
  network.host.clock.advanceMinutes(24 * 60 + 1)
  const later = await snapshots.ready('clinical')
  expect(later.id).not.toBe(first.id)
  expect(fs.existsSync(before)).toBe(false)
  snapshots.close()
  expect(fs.existsSync(path.join(network.host.folder, 'snapshots'))).toBe(false)
  // A core that was killed leaves files that nobody can open any more.
  fs.mkdirSync(path.join(network.host.folder, 'snapshots'))
  expect(new Snapshots(network.host.core).file('clinical', later.id)).toBeUndefined()
  expect(fs.existsSync(path.join(network.host.folder, 'snapshots'))).toBe(false)
})

it('takes a new copy with everything that only this machine has', async () => {
  const network = await makeNetwork()
  const member = await network.member()
  member.plug()
  await vi.waitFor(() => expect(member.core.node.isConnected).toBe(true))
  await member.as('receptionist').patients.register({ id: member.core.platform.newId(), ...person, familyName: 'Confirmed' })
  await vi.waitFor(() => expect(all(member, `select state from sync_outbox`)).toEqual([{ state: 'archived' }]))
  member.unplug()
  await member.as('receptionist').patients.register({ id: member.core.platform.newId(), ...person, familyName: 'Unsent' })
  const events = all(member, 'select seq, hex(mac) as mac from audit_events order by seq')
  const sessions = all(member, 'select id from sessions order by id')
  writeSync(member.core.vault.writer, { standing: 'needs-copy' })
  member.core.node.opened(member.core.vault.writer)
  await network.host.as('receptionist').patients.register({ id: network.host.core.platform.newId(), ...person, familyName: 'AtHost' })
  await takeCopy(member.core, await fetched(network.host.server, 'clinical'))
  expect(all(member, `select family_name from patients order by family_name`)).toEqual([{ family_name: 'AtHost' }, { family_name: 'Confirmed' }, { family_name: 'Unsent' }])
  expect(all(member, 'select seq, state from sync_outbox order by seq')).toEqual([{ seq: 1, state: 'archived' }, { seq: 2, state: 'pending' }])
  expect(all(member, 'select seq, hex(mac) as mac from audit_events order by seq').slice(0, events.length)).toEqual(events)
  expect(all(member, 'select id from sessions order by id')).toEqual(sessions)
  expect(readSync(member.core.vault.reader).standing).toBe('good')
  expect(fs.existsSync(path.join(member.folder, 'cairn.before.db'))).toBe(true)
  member.plug()
  await vi.waitFor(() => expect(all(member, names)).toEqual(all(network.host, names)))
  await vi.waitFor(() => expect(all(member, `select count(*) as n from sync_outbox where state = 'pending'`)).toEqual([{ n: 0 }]))
  expect(fs.existsSync(path.join(member.folder, 'cairn.before.db'))).toBe(false)
})

it('refuses a copy that is not the one the host has made, and keeps its own', async () => {
  const network = await makeNetwork()
  const member = await network.member()
  const arrived = await fetched(network.host.server, 'clinical')
  const bytes = fs.readFileSync(arrived.file)
  fs.writeFileSync(arrived.file, bytes.subarray(0, bytes.length - 4_096))
  expect((await refusalOf(takeCopy(member.core, arrived))).code).toBe('SNAPSHOT_BROKEN')
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  fs.writeFileSync(arrived.file, bytes)
  expect((await refusalOf(takeCopy(member.core, arrived))).code).toBe('SNAPSHOT_BROKEN')
  fs.writeFileSync(arrived.file, fs.readFileSync(network.host.server.snapshots.file('clinical', arrived.ready.id)?.path ?? ''))
  expect((await refusalOf(takeCopy(member.core, { ...arrived, ready: { ...arrived.ready, key: '0'.repeat(64) } }))).code).toBe('SNAPSHOT_BROKEN')
  expect(fs.readdirSync(member.folder).filter((name) => name.includes('next'))).toEqual([])
  expect(all(member, 'select role from sync_context')).toEqual([{ role: 'member' }])
})

it('never takes a machine back behind what it has taken, where the copy lies on its own branch', async () => {
  const network = await makeNetwork()
  const member = await network.join('clinical')
  const { server } = network.host
  const older = await fetched(server, 'clinical')
  member.plug()
  await connected(member)
  await network.host.as('receptionist').patients.register({ id: network.host.core.platform.newId(), ...person, familyName: 'Later' })
  await vi.waitFor(() => expect(all(member, names)).toEqual(all(network.host, names)))
  const { cursor } = readSync(member.core.vault.reader)
  expect(older.ready.tx).toBeLessThan(cursor)
  expect((await refusalOf(takeCopy(member.core, older))).code).toBe('SNAPSHOT_OLD')
  expect(all(member, names)).toEqual(all(network.host, names))
  // The host makes a new one for whoever says how far it is.
  expect((await server.snapshots.ready('clinical', cursor)).tx).toBeGreaterThanOrEqual(cursor)
  // On a branch that ended it has to.
  writeSync(member.core.vault.writer, { standing: 'needs-copy' })
  await takeCopy(member.core, await fetched(server, 'clinical'))
  expect(readSync(member.core.vault.reader).standing).toBe('good')
})

it('takes a whole copy once it knows the rows that its older version had to leave out, and none while it could not open it', async () => {
  const network = await makeNetwork()
  const member = await network.join('clinical')
  const { core } = member
  member.plug()
  await connected(member)
  writeSync(core.vault.writer, { hasUnknownRows: true })
  const hello = core.node.member.hello()
  const welcome = network.host.server.host.hello(core.node.deviceId, hello)
  if (welcome.t !== 'welcome') throw new Error('it is welcome')
  expect(core.node.member.welcomed({ ...welcome, schema: hello.schema + 1 })).toMatchObject({ is: 'go-on' })
  expect(core.node.member.welcomed(welcome)).toEqual({ is: 'take-snapshot', atLeast: hello.cursor })
  expect(core.node.member.welcomed({ ...welcome, schema: hello.schema + 1, copy: 'too-old' })).toEqual({ is: 'too-old' })
})

it('tells the machine that waits when no copy can be made', async () => {
  const { host } = await makeNetwork()
  const duties = hostDuties(host.core)
  const told = vi.fn<(message: ToNode) => boolean>(() => true)
  host.core.options.migrationsFolder = path.join(host.folder, 'missing')
  duties.snapshot({ profile: 'clinical', atLeast: 0 }, { send: told } as unknown as Peer) // Only this of a peer is used.
  await vi.waitFor(() => expect(told.mock.calls).toEqual([[{ t: 'snapshot-failed', code: expect.any(String) }]]))
  duties.close()
})
