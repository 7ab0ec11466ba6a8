import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { inRoot } from '#tools/lib/paths.ts'
import { layCables, type Cables } from './support/cables.ts'
import type { Machine } from './support/machine.ts'
import { column, differences, one, reading } from './support/records.ts'
import { startClinic, type Clinic } from './support/start.ts'
import { isThere, script, Staff, type Done } from './support/work.ts'

// Three real machines, each in a network of its own. People work at all of them while cables are pulled, one line is bad and
// each machine loses its power; afterwards nothing is missing, nothing is there twice, and everybody has the same records.

const PORT = 21_470
const LINE_PORT = 4_000

let cables: Cables
let clinic: Clinic
let line: ChildProcess

beforeEach(async () => {
  cables = layCables(['host', 'near', 'far'])
  clinic = await startClinic({ inside: cables.inside('host'), bind: cables.addressOf('host'), port: PORT })
})
afterEach(async () => {
  await clinic.end()
  line.kill('SIGKILL')
  cables.remove()
})

it('keeps each of 500 writes through cut cables, a bad line and power cuts of every machine', async () => {
  const { host } = clinic
  const [near, far] = [await member('near', `${cables.addressOf('host')}:${PORT}`), await member('far', await badLine('far'))]
  const { writes, providerId, contested } = reading(host, (db) => script(db, 3, { registrations: 110, payments: 110, addenda: 60, ownBookings: 40, contestedSlots: 60 }))
  const staff = [host, near, far].map((machine) => new Staff(machine, providerId))
  for (const one of staff) one.on()
  const [atHost, atNear, atFar] = staff as [Staff, Staff, Staff] // One for each of the three.
  const part = (from: number, to: number) => staff.map((one, i) => one.work(writes[i]?.slice(from, to) ?? []))
  const off = async (one: Staff, machine: Machine): Promise<void> => {
    await one.kill()
    await machine.start(machine === host ? 'host' : 'node')
    one.on()
  }

  // Everybody together, on a good line and a bad one.
  await Promise.all(part(0, 40))
  // Each alone; the power of one member and of the host fails meanwhile.
  for (const name of ['near', 'far']) cables.pull(name)
  const alone = part(40, 110)
  await soFar(staff, 210)
  await off(atNear, near)
  await off(atHost, host)
  await Promise.all(alone)
  for (const name of ['near', 'far']) cables.plug(name)
  // Together again, while everything settles; the host and then the far machine lose their power in the middle of it.
  const together = part(110, 200)
  await soFar(staff, 380)
  await off(atHost, host)
  await soFar(staff, 430)
  await off(atFar, far)
  await Promise.all(together)

  const repairedAt = performance.now()
  await vi.waitFor(async () => {
    const last = (await host.status()).cursor
    for (const machine of [near, far]) expect(await machine.status()).toMatchObject({ link: 'connected', unsent: 0, cursor: last, stoppedBy: null })
  }, { timeout: 30_000, interval: 200 })
  const settledMs = performance.now() - repairedAt

  const done = staff.flatMap((one) => one.done)
  const there = reading(host, (db) => done.filter(({ write }) => isThere(db, write)))
  const told = done.filter(({ seen }) => seen !== 'saved')
  const attended = done.filter((one) => isInAttention(one))
  console.log(`settled in ${(settledMs / 1_000).toFixed(1)} s after the last repair; of ${done.length} writes ${there.length} are in the records, ${attended.length} in Attention, ${told.length} were refused at the form`)
  expect(done.length).toBe(500)
  expect(new Set([...there, ...told, ...attended]).size).toBe(500)
  // Only contested times are refused, and never twice for the same reason in two places.
  expect([...told, ...attended].filter(({ write }) => write.is !== 'booking')).toEqual([])
  expect(there.filter((one) => told.includes(one) || attended.includes(one))).toEqual([])

  reading(host, (db) => {
    expect(column(db, 'select mrn from patients group by mrn having count(*) > 1')).toEqual([])
    expect(column(db, 'select receipt_number from payments group by receipt_number having count(*) > 1')).toEqual([])
    expect(contested.map((startsAt) => one<number>(db, `select count(*) from appointments where provider_id = ? and starts_at = ? and status <> 'cancelled'`, providerId, startsAt))).toEqual(contested.map(() => 1))
    expect(column(db, `select a.id from appointments a join appointments b on a.provider_id = b.provider_id and a.id < b.id and a.starts_at < b.ends_at and b.starts_at < a.ends_at
      where a.status not in ('cancelled', 'noshow') and b.status not in ('cancelled', 'noshow')`)).toEqual([])
    // Each payment is on the account once, and nothing else is.
    const paid = there.filter(({ write }) => write.is === 'payment').map(({ write }) => write.id)
    expect(paid.map((id) => one<number>(db, 'select sum(amount_cents) from ledger_entries where payment_id = ?', id))).toEqual(paid.map(() => -2_500))
    expect(column(db, `select p.id from payments p where p.kind = 'payment' and p.amount_cents <> (select -coalesce(sum(amount_cents), 0) from ledger_entries where payment_id = p.id and kind = 'payment')`)).toEqual([])
  })
  for (const machine of [near, far]) expect(differences(host, machine, 'clinical')).toEqual([])
  expect([near, far].map((machine) => reading(machine, (db) => one<number>(db, 'select count(*) from sync_undo')))).toEqual([0, 0])
})

async function member(name: string, address: string): Promise<Machine> {
  const machine = await clinic.machine(name, { inside: cables.inside(name), bind: cables.addressOf(name), port: PORT })
  await clinic.host.letIn(machine, 'clinical', address)
  await machine.start('node')
  await vi.waitFor(async () => expect(await machine.status()).toMatchObject({ link: 'connected' }), { timeout: 20_000 })
  // Whoever works here has been here before: their first sign-in takes the host.
  for (const userName of ['delgado', 'haddad']) await machine.as(userName)
  return machine
}

/** Between a machine and the host; answers where the host is found at its near end. */
async function badLine(name: string): Promise<string> {
  const [program = '', ...inside] = [...cables.inside(name), process.execPath]
  line = spawn(program, [...inside, inRoot('tests/network/support/line.ts'), String(LINE_PORT), cables.addressOf('host'), String(PORT)], { stdio: ['ignore', 'pipe', 'inherit'], cwd: path.dirname(inRoot('package.json')) })
  await once(line.stdout ?? line, 'data')
  return `127.0.0.1:${LINE_PORT}`
}

const isInAttention = ({ write, machine }: Done): boolean =>
  reading(machine, (db) => one<number>(db, `select count(*) from sync_attention where json_extract(input, '$.id') = ? and kind = 'refused' and settled_at is null`, write.id)) === 1

/** Until so many of the writes were answered. */
const soFar = (staff: readonly Staff[], count: number): Promise<void> =>
  vi.waitFor(() => expect(staff.reduce((sum, { done }) => sum + done.length, 0)).toBeGreaterThanOrEqual(count), { timeout: 120_000, interval: 20 })
