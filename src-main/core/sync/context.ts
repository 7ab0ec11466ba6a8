import type { NodeRole, Standing } from '#shared/domains/network/model.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Chains, Profile } from '#shared/sync/messages.ts'
import type { ReadDb, WriteDb } from '../db/types.ts'
import { prepared } from '../db/statements.ts'
import type { Mode } from './capture.ts'

/** The one row about this machine in the network. */
export interface SyncContext {
  role: NodeRole
  profile: Profile | null
  epoch: number
  nextTx: number
  cursor: number
  chains: Chains
  nextSeq: number
  durableTx: number
  sentEvent: number
  hostName: string | null
  hasUnknownRows: boolean
  standing: Standing
  hostSeenAt: Instant | null
  hostSchema: number
}

interface Row extends Omit<SyncContext, 'chains' | 'hasUnknownRows'> { chains: string; hasUnknownRows: number }

const columns: Record<keyof SyncContext, string> = {
  role: 'role', profile: 'profile', epoch: 'epoch', nextTx: 'next_tx', cursor: 'cursor', chains: 'chains', nextSeq: 'next_seq',
  durableTx: 'durable_tx', sentEvent: 'sent_event', hostName: 'host_name', hasUnknownRows: 'has_unknown_rows', standing: 'standing', hostSeenAt: 'host_seen_at', hostSchema: 'host_schema',
}

const statements = prepared((db: ReadDb) => ({
  read: db.$client.prepare(`select ${Object.entries(columns).map(([name, column]) => `${column} as ${name}`).join(', ')} from sync_context`),
  mode: db.$client.prepare('update sync_context set mode = ?'),
}))

const setters = prepared((_: WriteDb) => ({ byKeys: new Map<string, { run(values: Record<string, unknown>): unknown }>() }))

export function readSync(db: ReadDb): SyncContext {
  const row = statements(db).read.get() as Row | undefined // The columns of the select.
  assert(row, 'the row about this machine is there')
  return { ...row, chains: JSON.parse(row.chains) as Chains, hasUnknownRows: row.hasUnknownRows === 1 } // Written by `writeSync` only.
}

export function writeSync(db: WriteDb, changed: Partial<SyncContext>): void {
  const keys = Object.keys(changed) as (keyof SyncContext)[] // The keys of the type.
  const known = setters(db).byKeys
  const name = keys.join()
  const statement = known.get(name) ?? db.$client.prepare(`update sync_context set ${keys.map((key) => `${columns[key]} = @${key}`).join(', ')}`)
  known.set(name, statement)
  statement.run({
    ...changed, ...(changed.chains ? { chains: JSON.stringify(changed.chains) } : {}),
    ...(changed.hasUnknownRows === undefined ? {} : { hasUnknownRows: changed.hasUnknownRows ? 1 : 0 }),
  })
}

/** Only inside a transaction that ends at rest again (or, on a host, in `Mode.host`). */
export const setMode = (db: WriteDb, mode: Mode): void => void statements(db).mode.run(mode)
