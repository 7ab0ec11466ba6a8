process.env['CAIRN_LOG'] ??= 'error'

import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openDb } from '#main/core/db/open.ts'
import { putRow } from '#main/core/sync/rows.ts'
import type { SentCommand } from '#shared/sync/messages.ts'
import { commandFor, lightMember, thinClient, type LightMember } from './network/clients.ts'
import { hasSentAll, isLevel, joinAs, until, type RealMember } from './network/members.ts'
import { endProcesses, startBenchHost, startThinHost, type BenchHost } from './network/processes.ts'
import { copyOf, dataset, type Dataset } from './support/dataset.ts'
import { sampleOf, seeded } from './support/measure.ts'

/**
 * The clinic's machines under load, rows 7 to 12, 18 and 22 of the design's table as far as a command log has them: what
 * people read is on their own machine (rows 1 to 3 measure that), so only what they write meets the host. The limit is a
 * host of one bare transaction in the same run. `npm run bench -- network`, with --host or --machines for one half of it;
 * BENCH_PATIENTS and BENCH_MACHINES for another size.
 */
const patients = Number(process.env['BENCH_PATIENTS'] ?? 100_000)
/** With the one that writes. */
const machines = Number(process.env['BENCH_MACHINES'] ?? 26)
const CLIENTS = 20
const FIRST_MS = Date.UTC(2400, 0, 1)
let slot = 0
const nextSlot = (): string => new Date(FIRST_MS + (slot += 1) * 900_000).toISOString()
const row = (what: string, figures: string): void => console.log(`  ${what.padEnd(58)}${figures}`)
const perSecond = (count: number, ms: number): string => `${Math.round(count / (ms / 1_000))}/s`

const half = process.argv[2]
if (half !== '--machines') {
  const large = await dataset(patients)
  console.log(`\nthe host with ${patients} patients, ${Math.round(fs.statSync(path.join(large.folder, 'cairn.db')).size / 1e6)} MB; two processes on one computer`)
  await hostAlone(copyOf(large, 'network'))
}
if (half !== '--host') {
  console.log(`\nwhole machines on 1,000 patients, ${machines} of them, all but the host in one process`)
  await wholeMachines(copyOf(await dataset(1_000), 'network'))
}
endProcesses()
process.exit(0)

/** Machines without anything behind them, so that what is measured is the host. */
async function hostAlone(data: Dataset): Promise<void> {
  const host = await startBenchHost(data)
  const members = await lightMembers(host, 25)
  const thin = await startThinHost()
  const thinClients = await Promise.all(Array.from({ length: CLIENTS }, () => thinClient(thin)))

  const booking = (i: number, startsAt = nextSlot()) => ({ id: crypto.randomUUID(), patientId: data.patientIds[(i * 31) % data.patientIds.length], providerId: data.providers[0], roomId: null, typeId: null, startsAt, durationMin: 15, reason: null })
  const give = (member: LightMember, name: string, input: unknown) => member.give([commandFor(member.nextSeq(), host.userId, name, input)])
  const [limit, product]: [number[], number[]] = [[], []]
  const answered: number[] = []
  await host.ask({ is: 'watch' })
  for (let round = -1; round < 4; round += 1) {
    const thinMs = await timed(() => Promise.all(thinClients.map(async (client) => {
      for (let i = 0; i < 25; i += 1) await client.give(nextSlot())
    })))
    const productMs = await timed(() => Promise.all(members.slice(0, CLIENTS).map(async (member, at) => {
      for (let i = 0; i < 25; i += 1) answered.push(await timed(() => give(member, 'scheduling.book', booking(at * 25 + i))))
    })))
    if (round < 0) answered.length = 0
    else {
      limit.push(thinMs)
      product.push(productMs)
    }
  }
  const [limitMs, productMs] = [sampleOf(limit).medianMs, sampleOf(product).medianMs]
  const { p99Ms, maxMs, rssMb } = await host.ask<{ p99Ms: number; maxMs: number; rssMb: number }>({ is: 'figures' })
  const word = sampleOf(answered)
  row('8  20 machines book times of their own', `${perSecond(500, productMs)}; limit ${perSecond(500, limitMs)}; ${(limitMs / productMs).toFixed(2)} of it (asked ≥ 0.4); word p50 ${word.medianMs.toFixed(0)} ms, p95 ${word.p95Ms.toFixed(0)} ms`)
  row('12 the host\'s event loop meanwhile', `p99 ${p99Ms.toFixed(0)} ms, longest ${maxMs.toFixed(0)} ms (asked ≤ 50, ≤ 100)`)
  row('18 the host\'s memory with 25 machines', `${rssMb.toFixed(0)} MB`)

  const random = seeded(3)
  const slots = Array.from({ length: 100 }, nextSlot)
  const tries = slots.flatMap((startsAt) => Array.from({ length: 20 }, () => startsAt)).map((startsAt) => ({ startsAt, at: random() })).toSorted((a, b) => a.at - b.at)
  let accepted = 0
  const stormMs = await timed(() => Promise.all(members.map(async (member, at) => {
    for (let i = at; i < tries.length; i += members.length) if ((await give(member, 'scheduling.book', booking(i, tries[i]?.startsAt)))[0]?.is === 'done') accepted += 1
  })))
  const kept = await host.ask<number>({ is: 'value', sql: `select count(*) from appointments where starts_at between '${slots[0]}' and '${slots.at(-1)}'` })
  const twice = await host.ask<number>({ is: 'value', sql: `select count(*) from (select 1 from appointments where starts_at between '${slots[0]}' and '${slots.at(-1)}' group by provider_id, starts_at having count(*) > 1)` })
  row('9  25 machines, 100 times, 20 tries each', `${accepted} accepted, ${kept} in the records, ${twice} twice (asked 100, 100, 0); ${perSecond(tries.length, stormMs)}`)

  const paid: string[] = []
  const payMs = await timed(() => Promise.all(members.slice(0, CLIENTS).map(async (member, at) => {
    for (let i = 0; i < 20; i += 1) {
      const id = crypto.randomUUID()
      paid.push(id)
      const command: SentCommand = commandFor(member.nextSeq(), host.userId, 'billing.takePayment', { id, patientId: data.patientIds[at], invoiceId: null, amountCents: 2_500, method: 'cash', reference: null })
      for (let again = 0; again < 5; again += 1) await member.give([command])
    }
  })))
  const list = paid.map((id) => `'${id}'`).join(',')
  const posted = await host.ask<number>({ is: 'value', sql: `select count(*) from payments where id in (${list})` })
  const sum = await host.ask<number>({ is: 'value', sql: `select -sum(amount_cents) from ledger_entries where payment_id in (${list})` })
  row('10 20 machines send each of 400 payments five times', `${posted} posted, ledger ${sum === posted * 2_500 ? 'equal' : 'NOT EQUAL'}; ${perSecond(paid.length * 5, payMs)} (asked ≥ 500)`)

  await snapshot(host, data)
  for (const { close } of [...members, ...thinClients]) close()
  await host.end()
}

async function lightMembers(host: BenchHost, count: number): Promise<LightMember[]> {
  const identities = await host.ask<Parameters<typeof lightMember>[1][]>({ is: 'enlist', count, profile: 'clinical' })
  const { last } = await host.ask<{ last: number }>({ is: 'feed' })
  return Promise.all(identities.map((identity) => lightMember(host.address, identity, last)))
}

/** A new machine's copy: made at the host, fetched, and put under a key of its own. */
async function snapshot(host: BenchHost, data: Dataset): Promise<void> {
  const file = path.join(data.folder, 'cairn.db')
  const megabytes = fs.statSync(file).size / 1e6
  const copyMs = await timed(async () => {
    fs.copyFileSync(file, `${file}.thin`)
    createHash('sha256').update(fs.readFileSync(`${file}.thin`)).digest()
  })
  fs.rmSync(`${file}.thin`)
  await host.ask({ is: 'watch' })
  let made: RealMember | undefined
  await host.letIn(1, async (code) => (made = await joinAs(host.address, code, 'clinical')))
  const at = (step: string): number => made?.steps.get(step) ?? Number.NaN
  const { maxMs } = await host.ask<{ maxMs: number }>({ is: 'figures' })
  const seconds = (from: string, to: string): string => ((at(to) - at(from)) / 1_000).toFixed(1)
  row(`22 a copy of ${Math.round(megabytes)} MB for a new machine`, `made ${seconds('asking', 'copying')} s, fetched ${seconds('copying', 'checking')} s, rekeyed and open ${seconds('checking', 'done')} s (copying and hashing the file: ${(copyMs / 1_000).toFixed(1)} s); the host's loop at most ${maxMs.toFixed(0)} ms`)
  await made?.end()
}

/** Machines with everything: all cores share this process, so what they do at the same time waits for one another. */
async function wholeMachines(data: Dataset): Promise<void> {
  const host = await startBenchHost(data)
  const members: RealMember[] = []
  await host.letIn(machines, async (code) => members.push(await joinAs(host.address, code, 'front-desk')))
  const [first, ...others] = members
  if (!first) return
  const booking = (i: number) => ({ id: crypto.randomUUID(), patientId: data.patientIds[i % data.patientIds.length] ?? '', providerId: data.providers[1] ?? '', roomId: null, typeId: null, startsAt: nextSlot(), durationMin: 15, reason: null })

  await host.ask({ is: 'watch' })
  const seen: number[] = []
  for (let i = 0; i < 60; i += 1) {
    const input = booking(i)
    const began = performance.now()
    const everywhere = Promise.all(others.map(async ({ core }) => {
      const find = core.vault.reader.$client.prepare('select 1 from appointments where id = ?')
      await until(core, () => find.get(input.id) !== undefined)
      if (i >= 10) seen.push(performance.now() - began)
    }))
    await first.desk.scheduling.book(input)
    await everywhere
  }
  const { p99Ms, maxMs, rssMb } = await host.ask<{ p99Ms: number; maxMs: number; rssMb: number }>({ is: 'figures' })
  const thin = await startThinHost()
  const clients = await Promise.all(Array.from({ length: machines }, () => thinClient(thin)))
  const told: number[] = []
  for (let i = 0; i < 60; i += 1) {
    const began = performance.now()
    const everywhere = Promise.all(clients.slice(1).map(({ onTold }) => new Promise<void>((resolve) => onTold(() => {
      if (i >= 10) told.push(performance.now() - began)
      resolve()
    }))))
    await clients[0]?.give(nextSlot(), true)
    await everywhere
  }
  const [live, limit] = [sampleOf(seen), sampleOf(told)]
  row('11 a booking on one machine, on the disks of all others', `p50 ${live.medianMs.toFixed(0)} ms, p95 ${live.p95Ms.toFixed(0)} ms (asked p95 ≤ 100); limit, told only: p50 ${limit.medianMs.toFixed(1)} ms, p95 ${limit.p95Ms.toFixed(1)} ms`)
  row('   the host meanwhile', `loop p99 ${p99Ms.toFixed(0)} ms, longest ${maxMs.toFixed(0)} ms; ${rssMb.toFixed(0)} MB`)
  for (const { close } of clients) close()
  for (const one of others) await one.end()

  await catchUp(host, first, data)
  for (const count of [200, 2_000]) await replay(host, first, count, booking)
  await first.end()
  await host.end()
}

async function catchUp(host: BenchHost, member: RealMember, data: Dataset): Promise<void> {
  await member.core.network.stop()
  const before = await host.ask<{ last: number }>({ is: 'feed' })
  await host.ask({ is: 'book', count: 5_000, patientId: data.patientIds[0] ?? '', providerId: data.providers[0] ?? '', fromMs: FIRST_MS - 6_000 * 900_000 })
  const { last } = await host.ask<{ last: number }>({ is: 'feed' })
  const rows = await host.ask<number>({ is: 'value', sql: `select count(*) from sync_feed where tx > ${before.last} and scope = 'admin'` })
  const ms = await timed(async () => {
    const level = until(member.core, () => isLevel(member, last))
    await member.core.network.start()
    await level
  })
  const text = await host.ask<string>({ is: 'value', sql: `select json_group_array(json_object('table', table_name, 'pk', pk, 'op', op, 'data', data)) from sync_feed where tx > ${before.last} and scope = 'admin'` })
  const bareMs = bareApply(data, JSON.parse(text) as Parameters<typeof putRow>[1][]) // Rows as the feed has them.
  row(`22 ${rows} changes of the host, to a machine that was off`, `${perSecond(rows, ms)} with connecting; limit, the same rows written in pages of 500: ${perSecond(rows, bareMs)}; ${(bareMs / ms).toFixed(2)} of it`)
}

/** The same rows into a fresh copy, in transactions of a page each, from memory. */
function bareApply(data: Dataset, rows: readonly Parameters<typeof putRow>[1][]): number {
  const copy = copyOf({ ...data, folder: data.folder.replace(/-network$/, '') }, 'thin')
  const db = openDb({ path: path.join(copy.folder, 'cairn.db'), key: Buffer.from(copy.key, 'hex') })
  const began = performance.now()
  for (let at = 0; at < rows.length; at += 500) db.$client.transaction(() => {
    db.$client.pragma('defer_foreign_keys = ON')
    for (const one of rows.slice(at, at + 500)) putRow(db, one)
  })()
  const ms = performance.now() - began
  db.$client.close()
  return ms
}

/** What was done off line, from the moment the cable is back: until the host's word on all of it is here. */
async function replay(host: BenchHost, member: RealMember, count: number, booking: (i: number) => Parameters<RealMember['desk']['scheduling']['book']>[0]): Promise<void> {
  await member.core.network.stop()
  const noteMs = await timed(async () => {
    for (let i = 0; i < count; i += 1) await member.desk.scheduling.book(booking(i))
  })
  // Somebody else has worked meanwhile.
  await host.ask({ is: 'book', count: 20, patientId: booking(0).patientId, providerId: booking(0).providerId, fromMs: Date.parse(nextSlot()) + 400 * 86_400_000 + count * 900_000 })
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const ms = await timed(async () => {
    const settled = until(member.core, () => hasSentAll(member))
    await member.core.network.start()
    await settled
  })
  delay.disable()
  row(`   ${count} bookings off line, until the host's word on each`, `${(ms / 1_000).toFixed(1)} s, ${perSecond(count, ms)}; doing them took ${(noteMs / 1_000).toFixed(1)} s; the machine's loop at most ${(delay.max / 1e6).toFixed(0)} ms`)
}

async function timed(run: () => unknown): Promise<number> {
  const before = performance.now()
  await run()
  return performance.now() - before
}
