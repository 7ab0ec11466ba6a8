import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { Cents } from '../../kernel/money.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { PatientSummary } from '../patients/model.ts'
import { Charge, Invoice, LedgerEntry, Payment } from './model.ts'

/** What stands in the way of billing a visit. The first two stop it, the others are a person's decision. */
const billingChecks = ['note-not-signed', 'no-charges', 'no-diagnosis', 'no-member-number', 'billed-before'] as const
export const BillingCheck = z.enum(billingChecks)
export type BillingCheck = z.infer<typeof BillingCheck>

const invoiceStates = ['open', 'partly-paid', 'overdue', 'paid', 'void'] as const
export const InvoiceState = z.enum(invoiceStates)
export type InvoiceState = z.infer<typeof InvoiceState>

/** Derived from the ledger each time; owed is positive. */
export const Totals = z.object({ chargesCents: Cents, adjustmentsCents: Cents, paidCents: Cents, dueCents: Cents })
export type Totals = z.infer<typeof Totals>

export const InvoiceSummary = z.object({ id: Id, number: z.string(), state: InvoiceState, issuedAt: Instant, dueOn: PlainDate, chargesCents: Cents, dueCents: Cents })
export type InvoiceSummary = z.infer<typeof InvoiceSummary>

/** Billed: today's. Owing: every invoice that waits for money, whenever it was issued. */
const workFilters = ['all', 'ready', 'to-fix', 'billed', 'owing'] as const
export const WorkFilter = z.enum(workFilters)
export type WorkFilter = z.infer<typeof WorkFilter>

/** One line of the work list: a visit that waits for its bill, or a bill that waits for its money. */
export const WorkItem = z.object({
  /** The visit's id for a visit that waits, the invoice's for a bill. */
  id: Id,
  kind: z.enum(['visit', 'invoice']),
  encounterId: Id,
  patient: PatientSummary,
  providerName: z.string().nullable(),
  visitedAt: Instant,
  chargesCents: Cents,
  checks: z.array(BillingCheck),
  invoice: InvoiceSummary.nullable(),
})
export type WorkItem = z.infer<typeof WorkItem>

export const WorkList = z.object({
  items: z.array(WorkItem),
  counts: z.object({ all: z.int(), ready: z.int(), toFix: z.int(), billed: z.int(), owing: z.int() }),
  /** Of everything the filter holds, not only of this page: charges, or money due under `owing`. */
  sumCents: Cents,
  next: z.string().nullable(),
})
export type WorkList = z.infer<typeof WorkList>

/** A ledger line with what a person needs to recognise it. `balanceCents` is the running sum of its list. */
export const LedgerLine = LedgerEntry.extend({
  balanceCents: Cents,
  enteredByName: z.string(),
  invoiceNumber: z.string().nullable(),
  receiptNumber: z.string().nullable(),
  method: Payment.shape.method.nullable(),
  reference: z.string().nullable(),
})
export type LedgerLine = z.infer<typeof LedgerLine>

export const PaymentLine = Payment.extend({
  takenByName: z.string(),
  /** Signed like the ledger: how much of it stands on the invoice it is listed under, or all of it. */
  appliedCents: Cents,
  refundableCents: Cents,
  prints: z.int(),
})
export type PaymentLine = z.infer<typeof PaymentLine>

/** The head of a printed page: who it is about and who answers for the bill. */
export const BilledPatient = PatientSummary.extend({
  addressLines: z.array(z.string()),
  responsible: z.object({ name: z.string(), isPatient: z.boolean() }),
})
export type BilledPatient = z.infer<typeof BilledPatient>

export const Visit = z.object({
  encounterId: Id,
  appointmentId: Id.nullable(),
  visitedAt: Instant,
  provider: z.object({ name: z.string(), npi: z.string().nullable() }).nullable(),
})
export type Visit = z.infer<typeof Visit>

export const InvoiceLine = z.object({
  id: Id, chargeId: Id, code: z.string(), label: z.string(), quantity: z.int(), unitPriceCents: Cents, amountCents: Cents,
})
export type InvoiceLine = z.infer<typeof InvoiceLine>

/** One invoice as the screen and the printed page show it. */
export const InvoiceDocument = z.object({
  invoice: Invoice,
  state: InvoiceState,
  patient: BilledPatient,
  visit: Visit,
  lines: z.array(InvoiceLine),
  /** Empty for those who see no clinical fact. */
  diagnoses: z.array(z.string()),
  totals: Totals,
  ledger: z.array(LedgerLine),
  payments: z.array(PaymentLine),
  /** The patient's money that stands on no invoice. */
  creditCents: Cents,
  issuedByName: z.string(),
  prints: z.int(),
})
export type InvoiceDocument = z.infer<typeof InvoiceDocument>

/** A visit that waits for its bill, with everything its checks were made of. */
export const VisitToBill = z.object({
  patient: BilledPatient,
  visit: Visit,
  checks: z.array(BillingCheck),
  charges: z.array(Charge),
  diagnoses: z.array(z.string()),
  invoices: z.array(InvoiceSummary),
  creditCents: Cents,
})
export type VisitToBill = z.infer<typeof VisitToBill>

export const ReceiptDocument = z.object({
  payment: PaymentLine,
  /** The receipt that a refund gives back. */
  refundOfReceipt: z.string().nullable(),
  patient: BilledPatient,
  applied: z.array(z.object({ invoiceId: Id, number: z.string(), amountCents: Cents, dueCents: Cents, dueOn: PlainDate, state: InvoiceState })),
  /** The part of it that stands on no invoice now. */
  creditCents: Cents,
})
export type ReceiptDocument = z.infer<typeof ReceiptDocument>

export const PatientAccount = z.object({
  patient: BilledPatient,
  balanceCents: Cents,
  dueCents: Cents,
  creditCents: Cents,
  /** Charged but not on an invoice yet; no part of the balance. */
  unbilledCents: Cents,
  invoices: z.array(InvoiceSummary),
  payments: z.array(PaymentLine),
  /** Newest first; lines that only move money between invoice and credit are left out, the balance does not feel them. */
  statement: z.array(LedgerLine),
  next: z.int().nullable(),
})
export type PatientAccount = z.infer<typeof PatientAccount>

/** What one of a family owes. */
export const FamilyLine = z.object({
  patient: PatientSummary,
  balanceCents: Cents,
  dueCents: Cents,
  creditCents: Cents,
  /** The invoice that waits longest. */
  oldest: InvoiceSummary.nullable(),
  /** This one answers for the others. */
  isResponsible: z.boolean(),
})
export type FamilyLine = z.infer<typeof FamilyLine>

export const FamilyAccount = z.object({
  responsible: BilledPatient.shape.responsible,
  addressLines: z.array(z.string()),
  members: z.array(FamilyLine),
  balanceCents: Cents,
  dueCents: Cents,
})
export type FamilyAccount = z.infer<typeof FamilyAccount>

/** One payment as it was spread: a payment with its own receipt for each patient. */
export const FamilyPayment = z.object({ id: Id, amountCents: Cents, payments: z.array(Payment), /** Kept as credit. */ aheadCents: Cents })
export type FamilyPayment = z.infer<typeof FamilyPayment>

export const CheckoutItem = z.object({
  appointmentId: Id,
  encounterId: Id.nullable(),
  startsAt: Instant,
  status: z.string(),
  providerName: z.string(),
  patient: PatientSummary,
  unbilledCents: Cents,
  checks: z.array(BillingCheck),
  dueCents: Cents,
  creditCents: Cents,
  /** Live invoices of this visit first, then older ones that are still open. */
  invoices: z.array(InvoiceSummary),
})
export type CheckoutItem = z.infer<typeof CheckoutItem>

export const MethodTotal = z.object({ method: Payment.shape.method, takenCents: Cents, refundedCents: Cents, count: z.int() })
export type MethodTotal = z.infer<typeof MethodTotal>
export const DayTotals = z.object({
  date: PlainDate,
  chargesCents: Cents,
  adjustmentsCents: Cents,
  voidedCents: Cents,
  takenCents: Cents,
  refundedCents: Cents,
  byMethod: z.array(MethodTotal),
  payments: z.array(PaymentLine.extend({ patient: PatientSummary })),
  next: z.string().nullable(),
})
export type DayTotals = z.infer<typeof DayTotals>

/** What the rule proposes for a visit, each line with a fee of the clinic. */
export const Proposal = z.object({
  lines: z.array(z.object({ feeItemId: Id, code: z.string(), label: z.string(), unitPriceCents: Cents, quantity: z.int(), amountCents: Cents })),
  /** One sentence: why this level. */
  reason: z.string(),
  level: z.enum(['minimal', 'low', 'moderate']),
  isNewPatient: z.boolean(),
  /** Things done for which the fee schedule has no line. */
  withoutFee: z.array(z.string()),
})
export type Proposal = z.infer<typeof Proposal>
