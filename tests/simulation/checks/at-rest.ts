import { can } from '#shared/access/permissions.ts'
import type { Role } from '#shared/access/roles.ts'
import { contract } from '#shared/rpc/contract.ts'
import { findProcedure } from '#shared/rpc/define.ts'
import { scopesOf, type FeedRow, type Outcome } from '#shared/sync/messages.ts'
import { readSync } from '#main/core/sync/context.ts'
import { areSameChains, chainsAfter, chainsAt, feedBounds } from '#main/core/sync/feed.ts'
import { ledgerProblems } from '#main/domains/billing/service.health.ts'
import { FIRST_INVOICE, machineIds, people } from '../engine/clinic.ts'
import type { Node } from '../machines/node.ts'
import type { World } from '../world.ts'
import { overlapSql } from './appointments.ts'
import { isOut } from './monitor.ts'
import { checkReference } from './reference.ts'
import { holdSame, narrowed, rowsOf, shapeOf, tablesFor } from './tables.ts'
import { hold } from './violation.ts'

export interface Applied { deviceId: string; seq: number; cid: string; name: string; input: unknown; actorId: string; outcome: Outcome; feedTo: number; epoch: number }
type Stored = Omit<Applied, 'input' | 'outcome'> & { input: string; outcome: string }
export interface StoredFeedRow extends FeedRow { tx: number }

/** Everything that must be so once the network is whole and nothing moves any more. */
export function checkAtRest(world: World): void {
  const { host, monitor } = world
  const followers = world.nodes.filter((node) => node !== host && node.member && !isOut(node))
  for (const node of followers) holdSettled(world, node)
  hold(monitor.isAtRest(), 'liveness', () => 'the machines did not come to rest')
  const applied = appliedAt(world, host)
  const feed = world.statement(host.disk.db, 'select tx, scope, table_name as "table", pk, op, data from sync_feed order by tx, seq').all() as StoredFeedRow[] // The columns of the select.
  checkDurable(world, applied)
  checkOnceInOrder(applied)
  checkFeed(world, feed)
  checkMoney(world)
  checkSignedNotes(feed)
  checkRights(applied.filter((one) => !cameTwice(one)), feed)
  checkRevoked(applied, feed)
  checkAttention(world, applied, followers)
  checkReference(world, applied.filter((one) => !cameTwice(one)))
  for (const node of followers) checkReplica(world, node)
}

function holdSettled(world: World, node: Node): void {
  const { cursor } = readSync(node.disk.db)
  hold(node.member?.isConnectedTo(world.host) === true, 'liveness', () => `machine ${node.index} did not find the host (${node.member?.stoppedBy ?? 'not connected'})`)
  hold(world.isSettled(node), 'liveness', () => `machine ${node.index} stands at ${cursor} of ${feedBounds(world.host.disk.db).last}, or its outbox is not empty`)
}

export function appliedAt(world: World, host: Node): Applied[] {
  const rows = world.statement(host.disk.db, 'select device_id as deviceId, seq, cid, name, input, actor_id as actorId, outcome, feed_to as feedTo, epoch from sync_applied order by feed_to, seq').all() as Stored[] // The columns of the select.
  return rows.map((row) => ({ ...row, input: JSON.parse(row.input) as unknown, outcome: JSON.parse(row.outcome) as Outcome })) // Written by the host.
}

/** Carried over by hand after a change of hosts, and its machine brought it as well: it was done once. */
const cameTwice = ({ cid }: Applied): boolean => cid.includes('@')
const cidOf = (cid: string): string => cid.split('@')[0] ?? cid

/** I1: what somebody was told is saved is on the device or at the host. */
function checkDurable(world: World, applied: readonly Applied[]): void {
  const atHost = new Set(applied.map((one) => cidOf(one.cid)))
  for (const [cid, { machine, name }] of world.monitor.promised) {
    const kept = atHost.has(cid) || world.statement(world.node(machine).disk.db, 'select 1 from sync_outbox where cid = ?').get(cid) !== undefined
    hold(kept, 'I1', () => `${name} of machine ${machine} is nowhere (${cid})`)
    // Whoever is not revoked has brought it to the host by now.
    hold(atHost.has(cid) || world.nodes.some((node) => node.index === machine && (isOut(node) || !node.member)), 'I1', () => `${name} of machine ${machine} never came to the host (${cid})`)
  }
}

/** I2, I3: each number of a machine once, in order, without a gap, and no command under two numbers. */
function checkOnceInOrder(applied: readonly Applied[]): void {
  for (const [device, rows] of Map.groupBy(applied, (one) => one.deviceId)) {
    rows.forEach((row, n) => hold(row.seq === n + 1, 'I3', () => `machine ${machineIds.indexOf(device)}: number ${row.seq} was carried out as number ${n + 1}`))
  }
  const done = applied.filter((one) => !cameTwice(one)).map((one) => one.cid)
  hold(new Set(done).size === done.length, 'I2', () => 'a command was carried out twice')
}

/** I4: transactions without a gap, and chains that are made of exactly these rows. */
function checkFeed(world: World, feed: readonly StoredFeedRow[]): void {
  const { db } = world.host.disk
  const { first, last } = feedBounds(db)
  const byTx = Map.groupBy(feed, (row) => row.tx)
  for (let tx = first; tx <= last; tx += 1) {
    const [rows, before, here] = [byTx.get(tx), chainsAt(db, tx - 1, scopesOf.standby), chainsAt(db, tx, scopesOf.standby)]
    hold(rows !== undefined && here !== undefined, 'I4', () => `transaction ${tx} is missing`)
    if (before) hold(areSameChains(chainsAfter(before, tx, rows.map(({ tx: _, ...row }) => row)), here), 'I4', () => `the chain breaks at ${tx}`)
  }
}

const FIRST_SERIES = 'A-'
const readNumber = (number: string): { series: string; n: number } => ({ series: number.replace(/\d+$/, ''), n: Number(/\d+$/.exec(number)?.[0]) })

/** I8, in each series, and the ledger. */
function checkMoney(world: World): void {
  const { db } = world.host.disk
  const numbers = world.statement(db, 'select number from invoices').pluck().all() as string[] // One column.
  for (const [series, ofSeries] of Map.groupBy(numbers.map(readNumber), (one) => one.series)) {
    const taken = ofSeries.map((one) => one.n).toSorted((one, other) => one - other)
    taken.forEach((n, at) => hold(n === (taken[0] ?? 0) + at, 'I8', () => `invoice ${series} ${n} stands where ${(taken[0] ?? 0) + at} should`))
    hold(series !== FIRST_SERIES || taken[0] === FIRST_INVOICE, 'I8', () => `the first series begins with ${taken[0]}`)
  }
  const problems = ledgerProblems(db)
  hold(problems.length === 0, 'ledger', () => JSON.stringify(problems))
  const [twice] = world.statement(db, 'select mrn from patients group by mrn having count(*) > 1').all()
  hold(twice === undefined, 'mrn', () => JSON.stringify(twice))
}

/** I9: once signed, a note's row is never written again with other words. */
function checkSignedNotes(feed: readonly StoredFeedRow[]): void {
  const signed = new Map<string, string>()
  for (const { table, pk, data, op } of feed) {
    if (table !== 'clinical_notes') continue
    const before = signed.get(pk)
    hold(before === undefined || (op === 'put' && before === data), 'I9', () => `the signed note ${pk} was changed`)
    if (data?.includes('"status":"signed"')) signed.set(pk, data)
  }
}

/** I10: every command that was done was its author's right at that moment; one that was not wrote nothing but its outcome. */
function checkRights(applied: readonly Applied[], feed: readonly StoredFeedRow[]): void {
  const roles = new Map<string, Set<Role>>(people.map(({ userId, role }) => [userId, new Set([role])]))
  const changes = feed.filter((row) => row.table === 'user_roles')
  const tables = Map.groupBy(feed, (row) => row.tx)
  let next = 0
  for (const { name, actorId, outcome, feedTo, cid } of applied) {
    for (let change = changes[next]; change && change.tx < feedTo; change = changes[next]) {
      const [userId, role] = JSON.parse(change.pk) as [string, Role] // The key of user_roles.
      if (change.op === 'put') roles.get(userId)?.add(role)
      else roles.get(userId)?.delete(role)
      next += 1
    }
    const needed = findProcedure(contract, name.split('.'))?.can
    const may = needed !== undefined && needed !== 'public' && (needed === 'signed-in' || can({ roles: [...(roles.get(actorId) ?? [])] }, needed))
    if (outcome.is === 'done') hold(may, 'I10', () => `${name} was done without the right to (${cid})`)
    else hold((tables.get(feedTo) ?? []).every((row) => row.table === 'sync_applied'), 'I10', () => `${name} was refused and wrote (${cid})`)
  }
}

/** I11: nothing of a machine after it was sent away. */
function checkRevoked(applied: readonly Applied[], feed: readonly StoredFeedRow[]): void {
  const sentAway = new Map<string, number>()
  for (const { table, pk, data, tx } of feed) {
    const [id] = JSON.parse(pk) as [string] // A key.
    if (table === 'members' && data && (JSON.parse(data) as { revoked_at: string | null }).revoked_at !== null) sentAway.set(id, tx)
  }
  for (const { deviceId, feedTo, name } of applied) hold(feedTo <= (sentAway.get(deviceId) ?? feedTo), 'I11', () => `${name} of a revoked machine was carried out`)
}

/** Whatever was refused stands where its person finds it. */
function checkAttention(world: World, applied: readonly Applied[], followers: readonly Node[]): void {
  for (const { deviceId, cid, outcome, name } of applied) {
    const node = followers.find((one) => one.id === deviceId)
    if (!node || outcome.is === 'done') continue
    hold(world.statement(node.disk.db, 'select 1 from sync_attention where cid = ?').get(cidOf(cid)) !== undefined, 'attention', () => `${name} was refused and machine ${node.index} does not say so`)
  }
}

/** I13: what a machine shows is what the host has. */
function checkReplica(world: World, node: Node): void {
  const here = node.disk.db
  const { profile } = readSync(here)
  if (!profile) return
  for (const table of tablesFor(world, node, profile)) {
    const { columns } = shapeOf(world, node, table)
    const wanted = rowsOf(world, world.host, table)
    holdSame('I13', `machine ${node.index}`, table, narrowed(world, columns, rowsOf(world, node, table)), narrowed(world, columns, wanted))
  }
  hold(world.statement(here, overlapSql).get() === undefined, 'I7', () => `machine ${node.index} shows two appointments at one time`)
}
