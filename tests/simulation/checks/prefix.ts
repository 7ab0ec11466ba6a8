import { readSync } from '#main/core/sync/context.ts'
import { areSameChains, chainsAt, feedBounds } from '#main/core/sync/feed.ts'
import { MemberCore } from '#main/core/sync/member.ts'
import { scopesOf } from '#shared/sync/messages.ts'
import { clinicId } from '../engine/clinic.ts'
import type { Node } from '../machines/node.ts'
import type { World } from '../world.ts'
import { holdSame, narrowed, rowsOf, shapeOf, tablesFor, type Rows } from './tables.ts'
import { Violation } from './violation.ts'

/**
 * I5: under its own pending commands, a machine has exactly what its host had at the machine's cursor. Looked at inside a
 * transaction that is taken back.
 */
export function checkPrefix(world: World, node: Node): void {
  const { db } = node.disk
  const { role, profile, cursor, epoch, chains, standing } = readSync(db)
  if (role !== 'member' || !profile || standing !== 'good') return
  const host = world.hosts.find((one) => one.epoch === epoch)?.node
  const next = world.hosts.find((one) => one.epoch > epoch)
  // The branch beyond a fork is gone with the disk that held it.
  if (!host || readSync(host.disk.db).role !== 'host' || (next && cursor > next.forkTx && next.node === host)) return
  // Nor is a machine a prefix of a host that was put back to an older copy, until it has taken a new one.
  const head = world.wasRestored ? chainsAt(host.disk.db, cursor, scopesOf[profile]) : chains
  if (!head || !areSameChains(head, chains)) return
  const there = stateAt(world, host, cursor)
  if (!there) return
  const { weather } = node.disk
  const { beforeWrite } = weather
  weather.beforeWrite = () => {}
  db.$client.exec('begin')
  try {
    new MemberCore({ db: () => db, around: node.around, platform: node.platform, deviceId: node.id, clinicId: () => clinicId, appVersion: '1' }).standOnConfirmed()
    for (const table of tablesFor(world, node, profile)) {
      const { columns } = shapeOf(world, node, table)
      holdSame('I5', `machine ${node.index} at ${cursor}`, table, narrowed(world, columns, rowsOf(world, node, table)), narrowed(world, columns, there(table)))
    }
  } finally {
    weather.beforeWrite = beforeWrite
    db.$client.exec('rollback')
  }
}

interface FeedRow { tx: number; table: string; pk: string; op: string; data: string | null }

/** The host's tables as they were after a transaction: as they are now, with what came later taken back. Undefined where the feed does not reach. */
function stateAt(world: World, host: Node, cursor: number): ((table: string) => Rows) | undefined {
  const { db } = host.disk
  const { first, last } = feedBounds(db)
  if (cursor > last) throw new Violation('I5', `a machine stands at ${cursor}, its host at ${last}`)
  if (cursor === last) return (table) => rowsOf(world, host, table)
  // A host that began from a copy does not know every row's past.
  if (first > 1) return undefined
  const feed = world.statement(db, 'select tx, table_name as "table", pk, op, data from sync_feed order by tx, seq').all() as FeedRow[] // The columns of the select.
  const later = Map.groupBy(feed.filter((row) => row.tx > cursor), (row) => row.table)
  const before = feed.filter((row) => row.tx <= cursor)
  return (table) => {
    const rows = rowsOf(world, host, table)
    for (const { pk } of later.get(table) ?? []) {
      const was = before.findLast((row) => row.table === table && row.pk === pk)
      const data = was ? was.data : world.monitor.atStart(host, table).get(pk)
      if (data === undefined || data === null) rows.delete(pk)
      else rows.set(pk, data)
    }
    return rows
  }
}
