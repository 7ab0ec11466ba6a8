import { inArray, sql, type Placeholder } from 'drizzle-orm'
import { ledgerEntries } from '#drizzle/schema/billing.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Cents } from '#shared/kernel/money.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { WriteDb } from '#main/core/db/types.ts'

export interface ArrivingEntry {
  readonly id: Id
  readonly patientId: Id
  readonly at: Instant
  readonly kind: 'charge' | 'payment' | 'adjustment' | 'refund'
  readonly amountCents: Cents
  readonly memo: string
}

const value = (name: string): Placeholder => sql.placeholder(name)
const writes = prepared((db: WriteDb) => ({
  entry: db.insert(ledgerEntries).values({
    id: value('id'), at: value('at'), patientId: value('patientId'), kind: value('kind'), amountCents: value('amountCents'), memo: value('memo'), enteredBy: value('enteredBy'), invoiceId: null, paymentId: null, chargeId: null,
  }).onConflictDoNothing().prepare(),
}))

/** False when the very line is here already. */
export const insertArriving = (db: WriteDb, entry: ArrivingEntry & { enteredBy: Id }): boolean => writes(db).entry.run({ ...entry }).changes > 0
/** Refused by the database unless the import that has made them is being taken back. */
export const takeBackEntries = (db: WriteDb, ids: readonly Id[]): void => void db.delete(ledgerEntries).where(inArray(ledgerEntries.id, [...ids])).run()
