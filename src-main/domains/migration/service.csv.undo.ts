import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CsvEvent } from '#shared/domains/migration/csv/contract.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import type { StreamContext } from '#main/core/rpc/context.ts'
import { takeBackEntries } from '#main/domains/billing/service.import.ts'
import { takeBack } from '#main/domains/patients/service.import.ts'
import { takeBackAppointments } from '#main/domains/scheduling/service.import.ts'
import * as repository from './repository.csv.ts'
import { hangingOn, pointingTables, type Hanging } from './repository.csv.proof.ts'
import { takeBackEncounters } from './repository.rows.ts'
import { importOf } from './service.csv.ts'

/** Takes a whole import back, as long as nothing that came later hangs on its rows; else it says which and takes nothing. */
export async function* undoCsv(context: StreamContext, { id }: { id: Id }): AsyncGenerator<CsvEvent> {
  const found = context.read(({ db }) => repository.importById(db, id))
  if (!found || !['done', 'committing', 'undoing'].includes(found.stage)) throw refuse('WRONG_STAGE')
  if (found.stage !== 'undoing') {
    const rows = await hanging(context, id)
    if (rows.length > 0) throw refuse('ROWS_HANG_ON_IT', { rows })
  }
  await takeAllBack(context, id)
  yield { kind: 'done', report: importOf(context, id) }
}

async function hanging(context: StreamContext, id: Id): Promise<Hanging[]> {
  const found: Hanging[] = []
  for (const pointing of context.read(({ db }) => pointingTables(db))) {
    found.push(...context.read(({ db }) => hangingOn(db, id, pointing, limits.import_examples)))
    await nextTurn()
  }
  return found.slice(0, limits.import_examples)
}

/** Children before parents. */
const order: readonly (readonly [table: string, remove: (db: WriteDb, ids: readonly string[]) => void])[] = [
  ['ledger_entries', takeBackEntries], ['appointments', takeBackAppointments], ['encounters', takeBackEncounters], ['coverages', takeBack.coverages], ['patient_identifiers', takeBack.identifiers], ['patients', takeBack.patients],
]
const STEP_ROWS = 8

/** In steps, like the import. One that is killed half way goes on when it is asked for again: it cannot end otherwise. */
export async function takeAllBack(context: StreamContext, id: Id): Promise<void> {
  const isFree = (table: string): string[] => context.read(({ db }) => repository.madeRows(db, id, table, STEP_ROWS))
  context.transact('migration.csv-undo-started', ({ db, audit }) => {
    audit({ entityId: id })
    repository.updateImport(db, id, { stage: 'undoing' })
  }, { topics: [] })
  for (const [table, remove] of order) {
    for (let ids = isFree(table); ids.length > 0; ids = isFree(table)) {
      context.transact('migration.csv-taken-back', ({ db, audit }) => {
        audit({ entityId: id, itemIds: ids })
        remove(db, ids)
        for (const one of ids) repository.noteUnmade(db, table, one)
      }, { topics: [] })
      await nextTurn()
    }
  }
  context.transact('migration.csv-undone', ({ db, now, audit }) => {
    audit({ entityId: id })
    repository.forgetRows(db, id)
    repository.updateImport(db, id, { stage: 'undone', undoneAt: now })
  }, { topics: ['migration', 'patients', 'scheduling', 'encounters', 'billing'] })
}
