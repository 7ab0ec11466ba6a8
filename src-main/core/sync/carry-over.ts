import path from 'node:path'
import type { Id } from '#shared/kernel/ids.ts'
import type { WriteDb } from '../db/types.ts'
import { keyColumns, columnsOf, sharedColumns } from './capture.ts'
import { writeSync } from './context.ts'
import * as hostStore from './host-store.ts'
import { ownTables, syncedTables } from './tables.ts'

/**
 * What a machine takes with it into a new copy of the records: everything that no other machine has. The old file lies
 * beside the copy under one connection, so that each table is one statement.
 */
const OLD = 'old'

/** Its own activity log is the long part; it is taken in pieces first, and the rest with everything else. */
const EVENTS_AT_ONCE = 2_000

export function openOld(copy: WriteDb, file: string, dataKey: Uint8Array): void {
  copy.$client.exec(`attach '${path.resolve(file).replaceAll(`'`, `''`)}' as ${OLD} key "x'${Buffer.from(dataKey).toString('hex')}'"`)
}

export const closeOld = (copy: WriteDb): void => void copy.$client.exec(`detach ${OLD}`)

/** True while there is more. */
export function carryEvents(copy: WriteDb): boolean {
  const { $client } = copy
  const names = columnsOf($client, 'audit_events').map((one) => one.name).join(', ')
  const { changes } = $client.prepare(`insert into main.audit_events (${names}) select ${names} from ${OLD}.audit_events where seq > (select coalesce(max(seq), 0) from main.audit_events) order by seq limit ${EVENTS_AT_ONCE}`).run()
  return changes === EVENTS_AT_ONCE
}

/** The rest, in one transaction of the copy; `deviceId` is this machine's. */
export function carryOver(copy: WriteDb, { deviceId, wasHost }: { deviceId: Id; wasHost: boolean }): void {
  copy.$client.transaction(() => {
    for (const table of carriedTables) carryTable(copy, table, wasHost && table === 'sync_outbox' ? `where state = 'archived'` : '')
    while (carryEvents(copy));
    for (const table of Object.keys(syncedTables)) carryOwnColumns(copy, table)
    const { next_seq: nextSeq, sent_event: sentEvent } = copy.$client.prepare(`select next_seq, sent_event from ${OLD}.sync_context`).get() as { next_seq: number; sent_event: number } // The columns of the select.
    writeSync(copy, { nextSeq, sentEvent })
    if (wasHost) salvage(copy, deviceId)
  }).immediate()
}

/** A new copy has a feed of its own, and nothing in it to take back. */
const notCarried: readonly string[] = ['audit_events', 'audit_chains', 'sync_context', 'sync_feed', 'sync_feed_tx', 'sync_undo']
const carriedTables = ['audit_chains', ...ownTables.filter((table) => !notCarried.includes(table))]

function carryTable({ $client }: WriteDb, table: string, only: string): void {
  const names = columnsOf($client, table).map((one) => one.name).join(', ')
  $client.exec(`insert or ignore into main.${table} (${names}) select ${names} from ${OLD}.${table} ${only}`)
}

/** Columns that each machine keeps for itself (a one-time code that was used here) go on beside the host's row. */
function carryOwnColumns({ $client }: WriteDb, table: string): void {
  const own = syncedTables[table]?.own ?? []
  if (own.length === 0) return
  const same = keyColumns(sharedColumns($client, table)).map(({ name }) => `${OLD}.${table}.${name} = main.${table}.${name}`).join(' and ')
  const values = own.map((name) => `${name} = (select ${OLD}.${table}.${name} from ${OLD}.${table} where ${same})`).join(', ')
  $client.exec(`update main.${table} set ${values} where exists (select 1 from ${OLD}.${table} where ${same})`)
}

/**
 * What this machine had carried out as the host and its successor does not know, for whichever machine it was: once more
 * under its own name, in the order in which it was done, as commands of this machine (sync.md 2.10). What came twice (its
 * name has a machine behind an "@") was done once. What the successor refuses stands in Attention.
 */
function salvage(copy: WriteDb, deviceId: Id): void {
  const { last } = copy.$client.prepare('select coalesce(max(seq), 0) as last from main.sync_outbox').get() as { last: number } // One number.
  // The numbers it gave itself as the host are unknown to its successor: they begin where the successor stands.
  const first = Math.max(hostStore.lastSeqOf(copy, deviceId), last) + 1
  const { changes } = copy.$client.prepare(`insert into main.sync_outbox (seq, cid, name, version, input, actor_id, session_id, proof, at, epoch, state, is_salvaged)
    select @first - 1 + row_number() over (order by feed_to, seq), cid, name, version, input, actor_id, session_id, proof, at, epoch, 'pending', 1 from ${OLD}.sync_applied as tail
    where json_extract(outcome, '$.is') = 'done' and instr(cid, '@') = 0 and cid not in (select cid from main.sync_applied) and cid not in (select cid from main.sync_outbox)`).run({ first })
  // What its people did since it stepped down comes after that, under new numbers too: the ones it had follow on what only the host counted.
  const later = copy.$client.prepare(`insert into main.sync_outbox (seq, cid, name, version, input, actor_id, session_id, proof, at, epoch, state, is_salvaged)
    select @first - 1 + row_number() over (order by seq), cid, name, version, input, actor_id, session_id, proof, at, epoch, 'pending', is_salvaged from ${OLD}.sync_outbox as tail
    where state = 'pending' and cid not in (select cid from main.sync_outbox)`).run({ first: first + changes })
  writeSync(copy, { nextSeq: first + changes + later.changes })
}
