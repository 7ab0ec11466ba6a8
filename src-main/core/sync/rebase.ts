import type { Changes } from '#shared/sync/messages.ts'
import type { WriteDb } from '../db/types.ts'
import * as store from './member-store.ts'
import { putRow, removeRow } from './rows.ts'

/** What a page has to do with of all that this machine has done and its host has not confirmed. */
export interface Affected {
  /** Numbers of commands. */
  commands: ReadonlySet<number>
  /** Newest first. */
  undo: readonly store.UndoMark[]
  /** Whatever these were, the page says what they are: nobody has to put them back first. */
  onPage: ReadonlySet<string>
}

const keyOf = ({ table, pk }: { table: string; pk: string }): string => `${table} ${pk}`

/**
 * The commands whose word is on the page, those that have changed one of its rows, and those that have changed a row
 * together with one of these: to take them back and to do them again touches no row of any other. Undefined where the undo
 * log does not tell whose a row is, because an older version has written it.
 */
export function affectedBy(db: WriteDb, page: Changes): Affected | undefined {
  const marks = store.undoMarks(db)
  const pending = new Set(store.pendingSeqs(db))
  if (marks.some(({ seq }) => !pending.has(seq))) return undefined
  const onPage = new Set(page.txs.flatMap(({ rows }) => rows.map(keyOf)))
  const [byCommand, byRow] = [Map.groupBy(marks, ({ seq }) => seq), Map.groupBy(marks, keyOf)]
  const commands = new Set<number>()
  const toLookAt = [...page.receipts.map(({ seq }) => seq), ...[...onPage].flatMap((key) => byRow.get(key) ?? []).map(({ seq }) => seq)]
  for (const seq of toLookAt) {
    if (commands.has(seq)) continue
    commands.add(seq)
    for (const mark of byCommand.get(seq) ?? []) {
      const together = byRow.get(keyOf(mark)) ?? []
      byRow.delete(keyOf(mark))
      toLookAt.push(...together.map((one) => one.seq))
    }
  }
  return { commands, undo: marks.filter(({ seq }) => commands.has(seq)), onPage }
}

/** Back to what the host has confirmed, of the rows that the page has to do with. */
export function rewindAffected(db: WriteDb, { undo, onPage }: Affected): void {
  for (const mark of undo) {
    if (!onPage.has(keyOf(mark))) rewindRow(db, store.undoRow(db, mark.id))
    store.removeUndo(db, mark.id)
  }
}

export function rewindRow(db: WriteDb, { table, pk, op, before }: store.UndoRow): void {
  if (op === 'insert') removeRow(db, table, pk)
  else putRow(db, { table, pk, op: 'put', data: before })
}
