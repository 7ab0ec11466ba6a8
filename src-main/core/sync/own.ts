import type { Id } from '#shared/kernel/ids.ts'
import type { SentCommand } from '#shared/sync/messages.ts'
import type { WriteDb } from '../db/types.ts'
import { readSync } from './context.ts'
import { sealFeed } from './feed.ts'
import { insertApplied, lastSeqOf } from './host-store.ts'

/**
 * The host's own commands stand beside those of the others: after a change of hosts they can be carried over. The last
 * step of the command's transaction.
 */
export function recordOwn(db: WriteDb, deviceId: Id, command: Omit<SentCommand, 'seq' | 'epoch'>, output: unknown): void {
  const { epoch, nextTx } = readSync(db)
  insertApplied(db, { ...command, seq: lastSeqOf(db, deviceId) + 1, epoch, deviceId, outcome: { is: 'done', output: output ?? null }, feedTo: nextTx, appliedAt: command.at })
  sealFeed(db, command.at)
}
