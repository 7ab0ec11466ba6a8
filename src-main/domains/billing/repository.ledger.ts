import { and, asc, desc, eq, gte, isNull, lt, ne, sql, type Placeholder } from 'drizzle-orm'
import { invoices, ledgerEntries, pagePrints, paymentAllocations, payments } from '#drizzle/schema/billing.ts'
import { staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { patients } from '#drizzle/schema/patients.ts'
import type { LedgerEntry, Payment } from '#shared/domains/billing/model.ts'
import type { DayTotals, LedgerLine, PaymentLine } from '#shared/domains/billing/model.views.ts'
import type { Allocation, PaymentStanding, Posting } from '#shared/domains/billing/rules.ledger.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Cents } from '#shared/kernel/money.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import { mayKnow } from '#main/core/access/predicates.ts'
import type { Scope } from '#main/core/access/scope.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)
const total = sql<number>`coalesce(sum(${ledgerEntries.amountCents}), 0)`
const personOf = sql<string>`${staffMembers.givenName} || ' ' || ${staffMembers.familyName}`

const ledgerColumns = {
  entry: ledgerEntries, enteredByName: personOf, invoiceNumber: invoices.number,
  receiptNumber: payments.receiptNumber, method: payments.method, reference: payments.reference,
}
const refunded = sql<number>`(select coalesce(sum(r.amount_cents), 0) from ${payments} r where r.refund_of = ${payments.id})`
/** Own allocations and those of its refunds: negative is standing on an invoice. */
const allocated = sql<number>`(select coalesce(sum(a.amount_cents), 0) from payment_allocations a where a.payment_id = ${payments.id}
  or a.payment_id in (select r.id from payments r where r.refund_of = ${payments.id}))`
const prints = sql<number>`(select count(*) from ${pagePrints} where ${pagePrints.documentId} = ${payments.id})`
const paymentColumns = { payment: payments, takenByName: personOf, refundedCents: refunded, prints }
const patientColumns = {
  id: patients.id, mrn: patients.mrn, familyName: patients.familyName, givenName: patients.givenName, sex: patients.sex, birthDate: patients.birthDate, phone: patients.phone,
}

/** The queries by name, not yet prepared: the tests ask the planner about each of them. */
export const ledgerQueries = (db: ReadDb) => {
  const lines = () => db.select(ledgerColumns).from(ledgerEntries)
    .innerJoin(userAccounts, eq(userAccounts.id, ledgerEntries.enteredBy)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
    .leftJoin(invoices, eq(invoices.id, ledgerEntries.invoiceId)).leftJoin(payments, eq(payments.id, ledgerEntries.paymentId))
  const paid = () => db.select(paymentColumns).from(payments)
    .innerJoin(userAccounts, eq(userAccounts.id, payments.takenBy)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
  const ofPatient = eq(ledgerEntries.patientId, value('patientId'))
  return {
    ofInvoice: lines().where(and(eq(ledgerEntries.invoiceId, value('invoiceId')), sql`+${ofPatient}`)).orderBy(asc(ledgerEntries.seq)),
    statement: lines().where(and(ofPatient, lt(ledgerEntries.seq, value('before')), ne(ledgerEntries.kind, 'credit')))
      .orderBy(desc(ledgerEntries.seq)).limit(value('limit')),
    sumBefore: db.select({ total }).from(ledgerEntries).where(and(ofPatient, lt(ledgerEntries.seq, value('before')))),
    onNoInvoice: db.select({ total }).from(ledgerEntries).where(and(ofPatient, isNull(ledgerEntries.invoiceId))),
    paymentOwner: db.select({ patientId: payments.patientId }).from(payments).where(eq(payments.id, value('id'))),
    payment: paid().where(and(eq(payments.id, value('id')), eq(payments.patientId, value('patientId')))),
    paymentsOfPatient: paid().where(eq(payments.patientId, value('patientId'))).orderBy(desc(payments.takenAt)).limit(limits.page_rows),
    paymentsOfInvoice: db.select({ ...paymentColumns, applied: sql<number>`-sum(${paymentAllocations.amountCents})` }).from(paymentAllocations)
      .innerJoin(payments, eq(payments.id, paymentAllocations.paymentId))
      .innerJoin(userAccounts, eq(userAccounts.id, payments.takenBy)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
      .where(and(eq(paymentAllocations.invoiceId, value('invoiceId')), sql`+${payments.patientId} = ${value('patientId')}`)).groupBy(payments.id).orderBy(asc(payments.takenAt)),
    /** Net of a payment and of its refunds on each invoice, newest first; owed back is positive. */
    standing: db.select({ invoiceId: paymentAllocations.invoiceId, amountCents: sql<number>`-sum(${paymentAllocations.amountCents})` }).from(paymentAllocations)
      .innerJoin(payments, eq(payments.id, paymentAllocations.paymentId))
      .where(sql`${paymentAllocations.paymentId} = ${value('id')} or ${paymentAllocations.paymentId} in (select r.id from ${payments} r where r.refund_of = ${value('id')})`)
      .groupBy(paymentAllocations.invoiceId).orderBy(desc(sql`max(${paymentAllocations}.rowid)`)),
    /** Payments of a patient that do not stand on invoices with all their money, oldest first. */
    creditSources: db.select({ paymentId: payments.id, remainingCents: sql<number>`${payments.amountCents} - ${refunded} + ${allocated}` }).from(payments)
      .where(and(eq(payments.patientId, value('patientId')), eq(payments.kind, 'payment'), sql`${payments.amountCents} - ${refunded} + ${allocated} > 0`))
      .orderBy(asc(payments.takenAt)),
    /** The parts of one payment for a family; those that the caller may not know are not among them. */
    ofFamily: paid().where(and(eq(payments.familyPaymentId, value('id')), mayKnow(payments.patientId))).orderBy(asc(payments.receiptNumber)),
    entry: db.select().from(ledgerEntries).where(and(eq(ledgerEntries.id, value('id')), ofPatient)),
    person: db.select({ name: personOf }).from(userAccounts).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId)).where(eq(userAccounts.id, value('id'))),
    /** Net on one invoice by payment, refunds counted with the payment they give back. */
    paidOn: db.select({ paymentId: sql<string>`coalesce(${payments.refundOf}, ${payments.id})`, amountCents: sql<number>`-sum(${paymentAllocations.amountCents})` })
      .from(paymentAllocations).innerJoin(payments, eq(payments.id, paymentAllocations.paymentId))
      .where(eq(paymentAllocations.invoiceId, value('invoiceId'))).groupBy(sql`1`),
    /** Sorted by time through payments_by_taken; the day's own slice only. */
    paymentsBetween: db.select({ ...paymentColumns, patient: patientColumns }).from(payments)
      .innerJoin(userAccounts, eq(userAccounts.id, payments.takenBy)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
      .innerJoin(patients, eq(patients.id, payments.patientId))
      .where(and(gte(payments.takenAt, value('from')), lt(payments.takenAt, value('to')),
        sql`(${payments.takenAt}, ${payments.id}) < (${value('beforeAt')}, ${value('beforeId')})`, mayKnow(payments.patientId)))
      .orderBy(desc(payments.takenAt), desc(payments.id)).limit(value('limit')),
    byKind: db.select({ kind: ledgerEntries.kind, method: payments.method, total, count: sql<number>`count(distinct ${ledgerEntries.paymentId})` }).from(ledgerEntries)
      .leftJoin(payments, eq(payments.id, ledgerEntries.paymentId))
      .where(and(gte(ledgerEntries.at, value('from')), lt(ledgerEntries.at, value('to')))).groupBy(ledgerEntries.kind, payments.method),
  }
}

const reads = prepared((db: ReadDb) => {
  const queries = ledgerQueries(db)
  return {
    ofInvoice: queries.ofInvoice.prepare(), statement: queries.statement.prepare(), sumBefore: queries.sumBefore.prepare(), onNoInvoice: queries.onNoInvoice.prepare(),
    paymentOwner: queries.paymentOwner.prepare(), payment: queries.payment.prepare(), paymentsOfPatient: queries.paymentsOfPatient.prepare(), paymentsOfInvoice: queries.paymentsOfInvoice.prepare(),
    ofFamily: queries.ofFamily.prepare(), standing: queries.standing.prepare(), creditSources: queries.creditSources.prepare(), entry: queries.entry.prepare(), person: queries.person.prepare(),
    paidOn: queries.paidOn.prepare(), paymentsBetween: queries.paymentsBetween.prepare(), byKind: queries.byKind.prepare(),
  }
})

export const ledgerOfInvoice = (db: ReadDb, { patientId }: OpenedFile, invoiceId: Id): Omit<LedgerLine, 'balanceCents'>[] => reads(db).ofInvoice.all({ invoiceId, patientId }).map(toLine)
export const statementPage = (db: ReadDb, { patientId }: OpenedFile, before: number, limit: number): (Omit<LedgerLine, 'balanceCents'> & { seq: number })[] =>
  reads(db).statement.all({ patientId, before, limit }).map((row) => ({ ...toLine(row), seq: row.entry.seq }))
/** The sum of a patient's lines before one of them; above all of them it is the balance. */
export const balanceBefore = (db: ReadDb, { patientId }: OpenedFile, before = Number.MAX_SAFE_INTEGER): Cents => reads(db).sumBefore.get({ patientId, before })?.total ?? 0
export const sumOnNoInvoice = (db: ReadDb, { patientId }: OpenedFile): Cents => reads(db).onNoInvoice.get({ patientId })?.total ?? 0

export const patientOfPayment = (db: ReadDb, id: Id): Id | undefined => reads(db).paymentOwner.get({ id })?.patientId
export const paymentById = (db: ReadDb, { patientId }: OpenedFile, id: Id): PaymentLine | undefined => {
  const row = reads(db).payment.get({ id, patientId })
  return row && toPayment(row)
}
export const paymentsOfFamily = (db: ReadDb, { values }: Scope, id: Id): Payment[] => reads(db).ofFamily.all({ ...values, id })
  .map(({ payment: { reason: _reason, takenBy: _by, familyPaymentId: _family, ...payment } }) => payment as Payment) // The CHECKs on kind and method hold the model's constants.
export const paymentsOfPatient = (db: ReadDb, { patientId }: OpenedFile): PaymentLine[] => reads(db).paymentsOfPatient.all({ patientId }).map((row) => toPayment(row))
export const paymentsOfInvoice = (db: ReadDb, { patientId }: OpenedFile, invoiceId: Id): PaymentLine[] =>
  reads(db).paymentsOfInvoice.all({ invoiceId, patientId }).map((row) => toPayment(row, row.applied)).filter((line) => line.appliedCents !== 0)
export const paymentsBetween = (db: ReadDb, { values }: Scope, span: { from: Instant; to: Instant; beforeAt: Instant; beforeId: Id; limit: number }): DayTotals['payments'] =>
  reads(db).paymentsBetween.all({ ...values, ...span }).map((row) => ({ ...toPayment(row), patient: row.patient as DayTotals['payments'][number]['patient'] })) // The CHECK on sex holds the model's constants.
export const totalsBetween = (db: ReadDb, from: Instant, to: Instant) => reads(db).byKind.all({ from, to })

export const creditSources = (db: ReadDb, { patientId }: OpenedFile): { paymentId: Id; remainingCents: Cents }[] => reads(db).creditSources.all({ patientId })
export const entryById = (db: ReadDb, { patientId }: OpenedFile, id: Id) => reads(db).entry.get({ id, patientId })
export const personName = (db: ReadDb, userId: Id): string => reads(db).person.get({ id: userId })?.name ?? ''

export function standingOf(db: ReadDb, payment: PaymentLine): PaymentStanding {
  const applied = reads(db).standing.all({ id: payment.id }).filter((one) => one.amountCents > 0)
  return { id: payment.id, applied, remainingCents: payment.refundableCents - applied.reduce((sum, one) => sum + one.amountCents, 0) }
}
export const paidOnInvoice = (db: ReadDb, invoiceId: Id): { paymentId: Id; amountCents: Cents }[] => reads(db).paidOn.all({ invoiceId })

export function insertPayment(db: WriteDb, payment: Payment, more: { takenBy: Id; reason: string | null; familyPaymentId: Id | null }): void {
  db.insert(payments).values({ ...payment, ...more }).run()
}

/** Adds the lines of a posting; the only way a ledger grows. */
export function post(db: WriteDb, posting: Posting, at: { patientId: Id; now: Instant; by: Id; newId: () => Id }): void {
  for (const entry of posting.entries) {
    db.insert(ledgerEntries).values({ ...entry, id: at.newId(), at: at.now, patientId: at.patientId, enteredBy: at.by }).run()
  }
  for (const allocation of posting.allocations satisfies Allocation[]) {
    db.insert(paymentAllocations).values({ ...allocation, id: at.newId() }).run()
  }
}

type LineRow = { entry: typeof ledgerEntries.$inferSelect; enteredByName: string; invoiceNumber: string | null; receiptNumber: string | null; method: string | null; reference: string | null }
function toLine(row: LineRow): Omit<LedgerLine, 'balanceCents'> {
  const { id, at, patientId, invoiceId, kind, amountCents, memo } = row.entry
  return {
    id, at, patientId, invoiceId, amountCents, memo, kind: kind as LedgerEntry['kind'], enteredByName: row.enteredByName, // The CHECKs on kind and
    invoiceNumber: row.invoiceNumber, receiptNumber: row.receiptNumber, method: row.method as LedgerLine['method'], reference: row.reference, // method hold the model's constants.
  }
}

type PaymentRow = { payment: typeof payments.$inferSelect; takenByName: string; refundedCents: number; prints: number }
function toPayment(row: PaymentRow, applied?: Cents): PaymentLine {
  const { reason: _reason, takenBy: _by, familyPaymentId: _family, ...payment } = row.payment
  const isPayment = payment.kind === 'payment'
  return {
    ...payment as Payment, // The CHECKs on kind and method hold the model's constants.
    takenByName: row.takenByName, prints: row.prints, appliedCents: applied ?? (isPayment ? payment.amountCents : -payment.amountCents),
    refundableCents: isPayment ? payment.amountCents - row.refundedCents : 0,
  }
}
