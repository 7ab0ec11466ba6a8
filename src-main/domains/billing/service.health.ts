import type { ReadDb } from '#main/core/db/types.ts'
import { countLedgerProblems } from './repository.health.ts'

/** What is wrong with the money, by check; nothing when all adds up. For the doctor, not for a screen: it reads every line. */
export const ledgerProblems = (db: ReadDb): { check: string; count: number }[] => countLedgerProblems(db).filter((one) => one.count !== 0)
