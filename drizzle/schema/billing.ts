import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import {
  feeKinds, invoiceStatuses, ledgerKinds, paymentKinds, paymentMethods, printedDocuments, printMediums, voidReasons,
} from '#shared/domains/billing/model.ts'
import { feeEnds, missedKinds } from '#shared/domains/scheduling/model.missed.ts'
import { oneOf } from './columns.ts'
import { userAccounts } from './clinic.ts'
import { encounters } from './encounters.ts'
import { patients } from './patients.ts'
import { appointments } from './scheduling.ts'

const patient = () => text('patient_id').notNull().references(() => patients.id)
const user = (name: string) => text(name).notNull().references(() => userAccounts.id)

export const feeItems = sqliteTable('fee_items', {
  id: text().primaryKey(),
  code: text().notNull(),
  label: text().notNull(),
  kind: text().notNull(),
  priceCents: integer('price_cents').notNull(),
  /** What in a visit proposes it (rules.proposal.ts): 'established-moderate', 'loinc:1988-5', 'immunization'. */
  proposeWhen: text('propose_when'),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  updatedAt: text('updated_at').notNull(),
}, (t) => [
  check('fee_items_kind', oneOf(t.kind, feeKinds)),
  check('fee_items_price', sql`${t.priceCents} >= 0`),
  uniqueIndex('fee_items_by_code').on(t.code),
])

export const invoices = sqliteTable('invoices', {
  id: text().primaryKey(),
  /** From the series "invoice": gap-free, kept when void. */
  number: text().notNull(),
  patientId: patient(),
  encounterId: text('encounter_id').notNull().references(() => encounters.id),
  status: text().notNull(),
  issuedAt: text('issued_at').notNull(),
  issuedBy: user('issued_by'),
  dueOn: text('due_on').notNull(),
  /** The visit's diagnoses as they stood when it was billed. */
  diagnoses: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
  /** Set only when one visit is billed in two on purpose. */
  splitReason: text('split_reason'),
  voidedAt: text('voided_at'),
  voidedBy: text('voided_by').references(() => userAccounts.id),
  voidReason: text('void_reason'),
  /** Since when nothing is due. Set by a trigger from the sum of the ledger, so that open invoices are found by index; never read as money. */
  settledAt: text('settled_at'),
}, (t) => [
  check('invoices_status', oneOf(t.status, invoiceStatuses)),
  check('invoices_void_reason', oneOf(t.voidReason, voidReasons)),
  uniqueIndex('invoices_by_number').on(t.number),
  /** Four identical bills for one appointment cannot exist: one live invoice per visit unless split on purpose. */
  uniqueIndex('invoices_one_per_visit').on(t.encounterId).where(sql`${t.status} = 'issued' and ${t.splitReason} is null`),
  index('invoices_by_patient').on(t.patientId, t.issuedAt),
  index('invoices_by_encounter').on(t.encounterId),
  index('invoices_by_issued').on(t.issuedAt, t.id),
  index('invoices_open').on(t.issuedAt, t.id, t.status, t.settledAt).where(sql`${t.status} = 'issued' and ${t.settledAt} is null`),
])

export const charges = sqliteTable('charges', {
  id: text().primaryKey(),
  encounterId: text('encounter_id').notNull().references(() => encounters.id),
  patientId: patient(),
  feeItemId: text('fee_item_id').references(() => feeItems.id),
  code: text().notNull(),
  label: text().notNull(),
  quantity: integer().notNull(),
  unitPriceCents: integer('unit_price_cents').notNull(),
  amountCents: integer('amount_cents').notNull(),
  chargedAt: text('charged_at').notNull(),
  chargedBy: user('charged_by'),
  /** The live invoice that bills it; null while unbilled and again after a void. */
  invoiceId: text('invoice_id').references(() => invoices.id),
  /** Taken off before billing; the row stays. */
  removedAt: text('removed_at'),
  removedBy: text('removed_by').references(() => userAccounts.id),
}, (t) => [
  check('charges_amount', sql`${t.amountCents} = ${t.unitPriceCents} * ${t.quantity}`),
  index('charges_by_encounter').on(t.encounterId),
  index('charges_by_patient').on(t.patientId),
  index('charges_by_invoice').on(t.invoiceId).where(sql`${t.invoiceId} is not null`),
  index('charges_unbilled').on(t.encounterId).where(sql`${t.invoiceId} is null and ${t.removedAt} is null`),
])

/**
 * Visits nobody has charged yet. Triggers put a visit here when it is opened from an appointment and take it out with
 * its first charge, so that the work list finds a forgotten one at once however old it is.
 */
export const unchargedVisits = sqliteTable('uncharged_visits', {
  encounterId: text('encounter_id').primaryKey().references(() => encounters.id),
})

/** The lines as billed, kept for ever, also when the invoice is void and the charge is billed again. */
export const invoiceLines = sqliteTable('invoice_lines', {
  id: text().primaryKey(),
  invoiceId: text('invoice_id').notNull().references(() => invoices.id),
  chargeId: text('charge_id').notNull().references(() => charges.id),
  position: integer().notNull(),
  code: text().notNull(),
  label: text().notNull(),
  quantity: integer().notNull(),
  unitPriceCents: integer('unit_price_cents').notNull(),
  amountCents: integer('amount_cents').notNull(),
}, (t) => [index('invoice_lines_by_invoice').on(t.invoiceId, t.position), index('invoice_lines_by_charge').on(t.chargeId)])

export const payments = sqliteTable('payments', {
  id: text().primaryKey(),
  /** From the series "receipt". */
  receiptNumber: text('receipt_number').notNull(),
  patientId: patient(),
  kind: text().notNull(),
  method: text().notNull(),
  amountCents: integer('amount_cents').notNull(),
  reference: text(),
  reason: text(),
  takenAt: text('taken_at').notNull(),
  takenBy: user('taken_by'),
  refundOf: text('refund_of'),
  /** One payment for several of a family: a row and a receipt for each of them. */
  familyPaymentId: text('family_payment_id'),
}, (t) => [
  check('payments_kind', oneOf(t.kind, paymentKinds)),
  check('payments_method', oneOf(t.method, paymentMethods)),
  check('payments_amount', sql`${t.amountCents} > 0`),
  uniqueIndex('payments_by_receipt').on(t.receiptNumber),
  index('payments_by_patient').on(t.patientId, t.takenAt),
  index('payments_by_taken').on(t.takenAt),
  index('payments_by_refund_of').on(t.refundOf),
  index('payments_by_family').on(t.familyPaymentId).where(sql`${t.familyPaymentId} is not null`),
])

/** How a payment or refund is spread over invoices; signed like the ledger (payment negative). */
export const paymentAllocations = sqliteTable('payment_allocations', {
  id: text().primaryKey(),
  paymentId: text('payment_id').notNull().references(() => payments.id),
  invoiceId: text('invoice_id').notNull().references(() => invoices.id),
  amountCents: integer('amount_cents').notNull(),
}, (t) => [index('payment_allocations_by_payment').on(t.paymentId), index('payment_allocations_by_invoice').on(t.invoiceId)])

/** Append-only (triggers): a balance is always the sum of these. Owed is positive, received negative. */
export const ledgerEntries = sqliteTable('ledger_entries', {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull(),
  at: text().notNull(),
  patientId: patient(),
  invoiceId: text('invoice_id').references(() => invoices.id),
  paymentId: text('payment_id').references(() => payments.id),
  chargeId: text('charge_id').references(() => charges.id),
  kind: text().notNull(),
  amountCents: integer('amount_cents').notNull(),
  memo: text().notNull(),
  enteredBy: user('entered_by'),
}, (t) => [
  check('ledger_entries_kind', oneOf(t.kind, ledgerKinds)),
  uniqueIndex('ledger_entries_by_id').on(t.id),
  index('ledger_entries_by_patient').on(t.patientId, t.seq),
  /** Holds all that a sum needs, so that what is due is read from the index alone. */
  index('ledger_entries_by_invoice').on(t.invoiceId, t.seq, t.kind, t.amountCents),
  index('ledger_entries_by_time').on(t.at),
])

/** Each time a numbered page left the printer or became a PDF: the second one says "Copy". */
export const pagePrints = sqliteTable('page_prints', {
  id: text().primaryKey(),
  document: text().notNull(),
  /** The invoice or the payment. */
  documentId: text('document_id').notNull(),
  medium: text().notNull(),
  printedAt: text('printed_at').notNull(),
  printedBy: user('printed_by'),
}, (t) => [
  check('page_prints_document', oneOf(t.document, printedDocuments)),
  check('page_prints_medium', oneOf(t.medium, printMediums)),
  index('page_prints_by_document').on(t.documentId),
])

/** A count of the drawer against the ledger, kept as it was made (triggers). */
export const drawerCloses = sqliteTable('drawer_closes', {
  id: text().primaryKey(),
  /** One more than the close before it: two people who close the same drawer cannot both be right. */
  number: integer().notNull(),
  closedAt: text('closed_at').notNull(),
  closedBy: user('closed_by'),
  /** What the close before has left in the drawer. */
  floatCents: integer('float_cents').notNull(),
  cashInCents: integer('cash_in_cents').notNull(),
  cashOutCents: integer('cash_out_cents').notNull(),
  countedCents: integer('counted_cents').notNull(),
  leftCents: integer('left_cents').notNull(),
  reason: text(),
}, (t) => [
  check('drawer_closes_amounts', sql`${t.floatCents} >= 0 and ${t.cashInCents} >= 0 and ${t.cashOutCents} >= 0 and ${t.countedCents} >= 0`),
  check('drawer_closes_left', sql`${t.leftCents} between 0 and ${t.countedCents}`),
  check('drawer_closes_reason', sql`${t.reason} is not null or ${t.countedCents} = ${t.floatCents} + ${t.cashInCents} - ${t.cashOutCents}`),
  uniqueIndex('drawer_closes_by_number').on(t.number),
])

/** Which payments and refunds, of every method, a close has seen. */
export const drawerClosePayments = sqliteTable('drawer_close_payments', {
  paymentId: text('payment_id').primaryKey().references(() => payments.id),
  closeId: text('close_id').notNull().references(() => drawerCloses.id),
}, (t) => [index('drawer_close_payments_by_close').on(t.closeId)])

/** Money that no close has seen yet, so that what arrives late from another machine is in the next one, however old it is. Kept by triggers. */
export const undraweredPayments = sqliteTable('undrawered_payments', {
  paymentId: text('payment_id').primaryKey().references(() => payments.id),
})

/** A fee for a visit that did not take place. It stands on no invoice, so no insurer is ever asked for it; its money is in the ledger. */
export const missedFees = sqliteTable('missed_fees', {
  id: text().primaryKey(),
  patientId: patient(),
  appointmentId: text('appointment_id').notNull().references(() => appointments.id),
  kind: text().notNull(),
  amountCents: integer('amount_cents').notNull(),
  chargedAt: text('charged_at').notNull(),
  chargedBy: user('charged_by'),
  endedAs: text('ended_as'),
  endedAt: text('ended_at'),
  endedBy: text('ended_by').references(() => userAccounts.id),
  endReason: text('end_reason'),
}, (t) => [
  check('missed_fees_kind', oneOf(t.kind, missedKinds)),
  check('missed_fees_amount', sql`${t.amountCents} > 0`),
  check('missed_fees_ended', sql`${oneOf(t.endedAs, feeEnds)} and (${t.endedAs} is null) = (${t.endedAt} is null)`),
  index('missed_fees_by_patient').on(t.patientId, t.chargedAt),
  uniqueIndex('missed_fees_one_standing').on(t.appointmentId).where(sql`ended_at is null`),
])
