import type { WriteContext } from '#main/core/rpc/context.ts'
import * as ledger from './repository.import.ts'

/** A line of a former ledger, under no invoice of ours: what was owed and paid before this clinic's records began. */
export const importEntry = ({ db, actor }: WriteContext, entry: ledger.ArrivingEntry): boolean => ledger.insertArriving(db, { ...entry, enteredBy: actor.userId })
export const takeBackEntries = ledger.takeBackEntries
