import { describe, expect, it } from 'vitest'
import type { ToNode, Welcome } from '#shared/sync/messages.ts'
import { readSync } from '#main/core/sync/context.ts'
import { feedBounds } from '#main/core/sync/feed.ts'
import { Intake } from '#main/core/sync/intake.ts'
import { MemberSession } from '#main/core/sync/member-session.ts'
import { attentionAt, pendingAt, rowsAt, settle, twoMachines, type TwoMachines } from '#tests/support/two-machines.ts'

// What many commands cost: several machines' at the host in one commit, one machine's after hours off line.
type Machine = TwoMachines['one']

async function withPatient() {
  let patientId = ''
  const machines = await twoMachines((host) => {
    patientId = host.clinic.addPatient(host.core)
  })
  const { host, newId } = machines
  const book = async (machine: Machine | TwoMachines['host'], count: number, day: string): Promise<string[]> => {
    const ids = Array.from({ length: count }, newId)
    for (const [at, id] of ids.entries()) {
      await machine.as('receptionist').scheduling.book({ id, patientId, providerId: host.clinic.providers[0], roomId: null, typeId: null, startsAt: `${day}T${String(10 + Math.floor(at / 4)).padStart(2, '0')}:${String((at % 4) * 15).padStart(2, '0')}:00.000Z`, durationMin: 15, reason: null })
    }
    return ids
  }
  return { ...machines, patientId, book }
}

const pushOf = (machine: Machine) => ({ deviceId: machine.core.node.deviceId, commands: machine.core.node.member.commandsFrom(1) })
const booked = ({ core }: { core: Machine['core'] }) => rowsAt(core, 'select id from appointments order by starts_at').map((row) => (row as { id: string }).id)

describe('commands that come together', () => {
  async function bothPush(prepare: (machines: Awaited<ReturnType<typeof withPatient>>) => void = () => {}) {
    const machines = await withPatient()
    const { one, two, host, book } = machines
    const ids = [...(await book(one, 2, '2026-11-17')), ...(await book(two, 2, '2026-11-18'))]
    prepare(machines)
    const waiting: (() => void)[] = []
    const intake = new Intake(host.server.host, (work) => waiting.push(work))
    const told: [machine: Machine, answer: ToNode | Error][] = []
    for (const machine of [one, two]) intake.add({ ...pushOf(machine), answer: (answer) => told.push([machine, answer]), failed: (error) => told.push([machine, error as Error]) })
    const commits: ReadonlySet<string>[] = []
    const tell = host.core.node.changed.bind(host.core.node)
    host.core.node.changed = (topics) => {
      commits.push(topics)
      tell(topics)
    }
    const before = feedBounds(host.core.vault.reader).last
    return { ...machines, ids, told, commits, before, turn: () => waiting.splice(0).forEach((work) => work()) }
  }

  it('are carried out under one commit, each a transaction of the feed, and answered after it', async () => {
    const { one, two, host, ids, told, commits, before, turn } = await bothPush()
    expect([told, booked(host)]).toEqual([[], []])
    turn()
    expect(booked(host)).toEqual(ids)
    expect(commits.map((topics) => [...topics])).toEqual([['scheduling']])
    expect(feedBounds(host.core.vault.reader).last).toBe(before + 4)
    expect(told).toMatchObject([[one, { t: 'results', receipts: [{ seq: 1 }, { seq: 2 }] }], [two, { t: 'results', receipts: [{ seq: 1 }, { seq: 2 }] }]])
  })

  it('cost nobody else anything where one of them fails for a reason that is no rule', async () => {
    const { two, host, ids, told, before, turn, one } = await bothPush(({ host: { core } }) =>
      core.vault.writer.$client.exec(`create temp trigger broken before insert on main.appointments when new.starts_at = '2026-11-17T10:15:00.000Z' begin select raise(abort, 'NO_RULE_OF_OURS'); end`))
    turn()
    expect(told).toMatchObject([[one, { message: 'NO_RULE_OF_OURS' }], [two, { t: 'results', receipts: [{ seq: 1 }, { seq: 2 }] }]])
    // What stood before it in the same push is done, and its number is taken; the one that failed comes again.
    expect(booked(host)).toEqual([ids[0], ids[2], ids[3]])
    expect(feedBounds(host.core.vault.reader).last).toBe(before + 3)
    expect(host.server.host.push([{ ...pushOf(one), commands: pushOf(one).commands.slice(0, 1) }])).toMatchObject([{ t: 'results', receipts: [{ outcome: { is: 'done' } }] }])
  })

  it('give way to everything else after as many as one push may hold', async () => {
    const { one, two, host, book } = await withPatient()
    await book(one, 15, '2026-11-17')
    await book(two, 15, '2026-11-18')
    const waiting: (() => void)[] = []
    const intake = new Intake(host.server.host, (work) => waiting.push(work))
    for (const machine of [one, two]) intake.add({ ...pushOf(machine), answer: () => {}, failed: () => {} })
    waiting.shift()?.()
    expect([booked(host).length, waiting.length]).toEqual([15, 1])
    waiting.shift()?.()
    expect([booked(host).length, waiting.length]).toEqual([30, 0])
  })
})

describe('a machine with much that is pending', () => {
  const undo = ({ core }: Machine) => rowsAt(core, 'select id, seq from sync_undo order by seq, id') as { id: number; seq: number }[]

  it('does again only what a page has to do with, and comes out where everybody is', async () => {
    const { one, two, host, patientId, book } = await withPatient()
    await book(one, 24, '2026-11-17')
    await one.as('receptionist').patients.update({ id: patientId, was: { city: null }, changes: { city: 'Salem' } })
    const before = undo(one)
    await host.as('receptionist').patients.update({ id: patientId, was: { email: null }, changes: { email: 'm@example.org' } })
    const page = host.server.host.page(one.core.node.deviceId, { after: readSync(one.core.vault.reader).cursor, ackedSeq: 0, rows: 500 })
    expect(page && one.core.node.member.apply(page)?.topics).toContain('patients')
    expect(rowsAt(one.core, 'select city, email from patients')).toEqual([{ city: 'Salem', email: 'm@example.org' }])
    // The bookings' rows stay as they were noted; the patient's were taken back and done again, under the command's own number.
    expect(undo(one).filter(({ seq }) => seq < 25)).toEqual(before.filter(({ seq }) => seq < 25))
    expect([undo(one).some(({ seq }) => seq === 25), undo(one).some(({ id, seq }) => seq === 25 && before.some((old) => old.id === id))]).toEqual([true, false])
    await settle(one, two, one)
    for (const machine of [one, two, host]) expect([booked(machine).length, rowsAt(machine.core, 'select city, email from patients')]).toEqual([24, [{ city: 'Salem', email: 'm@example.org' }]])
    expect([undo(one), attentionAt(one.core), pendingAt(one.core, 'appointments')]).toEqual([[], [], []])
  })

  it('goes on with its queue at a heartbeat, and begins anew only when nothing is answered', async () => {
    const { one, host, book } = await withPatient()
    await book(one, 45, '2026-11-17')
    const { core } = one
    const session = new MemberSession(core.node.member, () => core.vault.writer, { ready: () => {}, applied: () => {}, stopped: () => {}, snapshotNeeded: () => {}, other: () => {} })
    const firstOf = (messages: ReturnType<MemberSession['tick']>) => messages.map((message) => (message.t === 'push' ? message.commands[0]?.seq : message.t))
    const welcome = host.server.host.hello(core.node.deviceId, core.node.member.hello()) as Welcome // It is on the host's list.
    expect(firstOf(session.received(welcome))).toEqual([1])
    const [answer] = host.server.host.push([pushOf(one)])
    expect(firstOf(answer ? session.received(answer) : [])).toEqual([21])
    expect(firstOf(session.tick())).toEqual([])
    expect(firstOf(session.tick())).toEqual([1])
  })
})

it('lets no query write', async () => {
  const { host: { core } } = await withPatient()
  const { $client } = core.vault.reader
  expect(() => $client.prepare('delete from patients').run()).toThrow('a query only reads')
  expect(() => $client.exec('delete from patients')).toThrow('a query only reads')
  expect(() => $client.transaction(() => undefined)).toThrow('a query only reads')
  // Whoever reads in the middle of a command that writes disturbs nothing.
  core.vault.writer.$client.transaction(() => {
    core.vault.writer.$client.prepare(`update patients set city = 'Salem'`).run()
    expect($client.prepare('select city from patients').pluck().get()).toBe('Salem')
    core.node.end(core.vault.writer, undefined, core.platform.now(), null)
  }).immediate()
})
