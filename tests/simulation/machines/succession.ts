import { Mode, installCapture } from '#main/core/sync/capture.ts'
import { carryOut } from '#main/core/sync/carry-out.ts'
import { readSync, setMode, writeSync } from '#main/core/sync/context.ts'
import { feedBounds, sealFeed } from '#main/core/sync/feed.ts'
import { insertApplied } from '#main/core/sync/host-store.ts'
import * as store from '#main/core/sync/member-store.ts'
import { putRow, removeRow } from '#main/core/sync/rows.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import type { Outcome } from '#shared/sync/messages.ts'
import type { Node } from './node.ts'

/** A new time begins with this host: what went beyond its last transaction is on a branch that ended. */
export function beginEpoch(node: Node, epoch: number): number {
  const { disk: { db }, platform, id } = node
  const forkTx = feedBounds(db).last
  const at = platform.now()
  db.$client.transaction(() => {
    writeSync(db, { epoch })
    db.$client.prepare('insert into sync_epochs (epoch, host_id, fork_tx, started_at, certificate) values (?, ?, ?, ?, ?)').run(epoch, id, forkTx, at, 'certificate')
    sealFeed(db, at)
  }).immediate()
  return forkTx
}

/** The standby becomes host: back to what was confirmed, then its own people's pending commands as the new host's. */
export function promote(node: Node, epoch: number): number {
  const { disk: { db } } = node
  const pending = store.pendingCommands(db)
  const { cursor } = readSync(db)
  db.$client.transaction(() => {
    db.$client.pragma('defer_foreign_keys = ON')
    rewind(db)
    writeSync(db, { role: 'host', nextTx: cursor + 1 })
  }).immediate()
  installCapture(db.$client, 'host')
  const forkTx = beginEpoch(node, epoch)
  for (const command of pending) carryOver(node, command)
  return forkTx
}

export function rewind(db: WriteDb): void {
  setMode(db, Mode.confirmed)
  for (const { table, pk, op, before } of store.undoRows(db)) {
    if (op === 'insert') removeRow(db, table, pk)
    else putRow(db, { table, pk, op: 'put', data: before })
  }
  store.clearUndo(db)
  setMode(db, Mode.rest)
}

function carryOver(node: Node, command: store.OutboxRow): void {
  const { disk: { db }, around, platform, id } = node
  const now = platform.now()
  const at = command.at < now ? command.at : now
  db.$client.transaction(() => {
    const { executed } = carryOut(db, around, { ...command, at })
    const outcome: Outcome = executed.isDone ? { is: 'done', output: executed.output ?? null } : { is: 'refused', code: executed.code, data: executed.data ?? null }
    const { nextTx, epoch } = readSync(db)
    insertApplied(db, { ...command, deviceId: id, outcome, feedTo: nextTx, appliedAt: now, epoch })
    sealFeed(db, now)
    store.archive(db, command.seq, { outcome, feedTo: nextTx, at: now })
    if (outcome.is === 'refused') store.noteAttention(db, command, { kind: 'refused', code: outcome.code, data: outcome.data, now })
  }).immediate()
}
