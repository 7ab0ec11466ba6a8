import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Cents, PositiveCents } from '../../kernel/money.ts'
import { PlainDate } from '../../kernel/time.ts'
import { command, query } from '../../rpc/define.ts'
import { ClinicalNote, SignInput } from '../encounters/model.ts'
import { drawer } from './contract.drawer.ts'
import { Charge, FeeItem, Invoice, MissedFee, Payment, paymentMethods, printedDocuments, printMediums, voidReasons } from './model.ts'
import {
  CheckoutItem, DayTotals, FamilyAccount, FamilyPayment, InvoiceDocument, PatientAccount, Proposal, ReceiptDocument, VisitToBill, WorkFilter, WorkList,
} from './model.views.ts'

const topics = ['billing'] as const
/** Lists also change when a visit, a patient or an appointment does. */
const listTopics = ['billing', 'encounters', 'scheduling', 'patients'] as const
const line = z.string().trim().min(1).max(limits.line_chars)
const page = { limit: z.int().min(1).max(limits.page_rows).default(limits.page_rows) }

const NewCharge = z.strictObject({ id: Id, feeItemId: Id, quantity: z.int().min(1).max(999) })
export type NewCharge = z.infer<typeof NewCharge>

export const FeeInput = z.strictObject(FeeItem.shape)
export type FeeInput = z.infer<typeof FeeInput>

export const SignAndChargeInput = SignInput.extend({ charges: z.array(NewCharge).max(limits.invoice_lines) })
export type SignAndChargeInput = z.infer<typeof SignAndChargeInput>

export const CreateInvoiceInput = z.strictObject({
  id: Id, encounterId: Id,
  /** Absent: everything of the visit that waits. */
  chargeIds: z.array(Id).max(limits.invoice_lines).optional(),
  splitReason: line.nullable().default(null),
  /** Money the patient has paid ahead (a copay at check-in) goes onto the invoice at once. */
  applyCredit: z.boolean().default(true),
})
export type CreateInvoiceInput = z.infer<typeof CreateInvoiceInput>

export const TakePaymentInput = z.strictObject({
  id: Id, patientId: Id,
  /** Null: paid ahead, it stays the patient's credit. */
  invoiceId: Id.nullable(),
  amountCents: PositiveCents, method: z.enum(paymentMethods),
  reference: z.string().trim().max(limits.name_chars).nullable().default(null),
})
export type TakePaymentInput = z.infer<typeof TakePaymentInput>

export const TakeFamilyPaymentInput = z.strictObject({
  id: Id,
  /** Any of the family; its whole account is paid on. */
  patientId: Id,
  amountCents: PositiveCents, method: z.enum(paymentMethods),
  reference: z.string().trim().max(limits.name_chars).nullable().default(null),
  /** More than is owed is taken only where somebody says for whom the rest is kept. */
  aheadForId: Id.nullable().default(null),
})
export type TakeFamilyPaymentInput = z.infer<typeof TakeFamilyPaymentInput>

export const RefundInput = z.strictObject({ id: Id, paymentId: Id, amountCents: PositiveCents, method: z.enum(paymentMethods), reason: line })
export type RefundInput = z.infer<typeof RefundInput>

export const WorkListInput = z.strictObject({ filter: WorkFilter.default('all'), after: z.string().max(100).nullable().default(null), ...page })
export type WorkListInput = z.infer<typeof WorkListInput>

/** What signing a note may be refused with; the encounters' own words. */
const signErrors = {
  NOTE_NOT_FOUND: z.undefined(), NOT_THE_AUTHOR: z.undefined(), NOTE_IS_SIGNED: z.undefined(), STALE: z.object({ noteId: Id, revision: z.int() }),
  CANNOT_SIGN: z.object({ problems: z.array(z.string()) }),
}
const noFee = { FEE_NOT_FOUND: z.undefined() }
const visitGone = { VISIT_NOT_FOUND: z.undefined() }
const codeTaken = { FEE_CODE_TAKEN: z.undefined() }
/** The id was used before for something else: nothing is done twice and nothing is mistaken for it. */
const idUsed = { ID_USED: z.undefined() }
const isVoid = { INVOICE_VOID: z.undefined() }
const aboveDue = { ABOVE_DUE: z.object({ dueCents: Cents }) }

export const billing = {
  listFees: query({ can: 'invoice.read', topics, input: z.strictObject({}), output: z.array(FeeItem) }),
  saveFee: command({ conflict: 'host-only', offline: false, can: 'fee.write', audit: 'fee.saved', topics, input: FeeInput, output: FeeItem, errors: codeTaken }),
  /** Puts the starter list into an empty fee schedule. */
  addStarterFees: command({
    conflict: 'host-only', offline: false, can: 'fee.write', audit: 'fee.starter-added', topics, input: z.strictObject({}), output: z.array(FeeItem), errors: { FEES_EXIST: z.undefined() },
  }),

  proposeCharges: query({ can: 'charge.write', topics: ['billing', 'encounters'], input: z.strictObject({ encounterId: Id }), output: Proposal, errors: visitGone }),
  chargesOfEncounter: query({ can: 'charge.read', topics, input: z.strictObject({ encounterId: Id }), output: z.array(Charge), errors: visitGone }),
  /** Signs the note and charges the visit in one transaction: neither happens without the other. */
  signAndCharge: command({
    conflict: 'append-only', can: 'note.sign', fresh: 'full', scope: 'clinical', audit: 'note.signed-and-charged', topics: listTopics, input: SignAndChargeInput,
    output: z.object({ note: ClinicalNote, charges: z.array(Charge) }),
    errors: { ...noFee, ...idUsed, ...visitGone, ...signErrors },
  }),
  addCharge: command({
    conflict: 'insert', can: 'charge.write', audit: 'charge.added', topics, input: NewCharge.extend({ encounterId: Id }), output: Charge,
    errors: { ...noFee, ...visitGone, ...idUsed },
  }),
  removeCharge: command({ conflict: 'from-state', can: 'charge.write', audit: 'charge.removed', topics, input: z.strictObject({ id: Id }), output: Charge, errors: { CHARGE_BILLED: z.undefined() } }),

  visit: query({ can: 'charge.read', audit: 'visit.opened', topics: listTopics, input: z.strictObject({ encounterId: Id }), output: VisitToBill, errors: visitGone }),
  createInvoice: command({
    conflict: 'host-numbered', can: 'invoice.create', audit: 'invoice.issued', topics, offline: false, input: CreateInvoiceInput, output: Invoice,
    errors: {
      ...visitGone, ...idUsed, NOTE_NOT_SIGNED: z.undefined(), NO_CHARGES: z.undefined(), CHARGE_BILLED: z.undefined(),
      INVOICE_EXISTS: z.undefined(), SPLIT_NEEDS_REASON: z.undefined(),
    },
  }),
  voidInvoice: command({
    conflict: 'ledger', offline: false, can: 'invoice.void', audit: 'invoice.voided', topics, secondPerson: { approve: 'money.approve' }, input: z.strictObject({ id: Id, reason: z.enum(voidReasons) }), output: Invoice, errors: isVoid,
  }),
  /** One person: no money leaves, the words stand on the printed invoice, and it is bounded by what is due. */
  discount: command({
    conflict: 'ledger', can: 'invoice.discount', audit: 'invoice.discounted', topics, input: z.strictObject({ id: Id, invoiceId: Id, amountCents: PositiveCents, reason: line }), output: Invoice,
    errors: { ...isVoid, ...aboveDue, ...idUsed },
  }),
  takePayment: command({
    conflict: 'ledger', can: 'payment.take', audit: 'payment.taken', topics, input: TakePaymentInput, output: Payment,
    errors: { ...isVoid, ...idUsed, PATIENT_NOT_FOUND: z.undefined(), WRONG_PATIENT: z.undefined() },
  }),
  /** One payment for all whose bills one party answers for: the oldest invoice first, a receipt for each patient. */
  takeFamilyPayment: command({
    conflict: 'ledger', can: 'payment.take', audit: 'payment.family-taken', topics, input: TakeFamilyPaymentInput, output: FamilyPayment,
    errors: { ...idUsed, ...aboveDue, PATIENT_NOT_FOUND: z.undefined(), WRONG_PATIENT: z.undefined() },
  }),
  applyCredit: command({
    conflict: 'ledger', can: 'payment.take', audit: 'credit.applied', topics, input: z.strictObject({ invoiceId: Id, amountCents: PositiveCents.nullable().default(null) }), output: Invoice,
    errors: { ...isVoid, NO_CREDIT: z.undefined() },
  }),
  refund: command({
    conflict: 'ledger', offline: false, can: 'payment.refund', audit: 'payment.refunded', topics, secondPerson: { approve: 'money.approve' }, input: RefundInput, output: Payment,
    errors: { ...idUsed, ABOVE_PAID: z.object({ refundableCents: Cents }) },
  }),

  invoice: query({ can: 'account.read', audit: 'invoice.opened', topics: ['billing', 'patients'], input: z.strictObject({ id: Id }), output: InvoiceDocument }),
  receipt: query({ can: 'account.read', audit: 'receipt.opened', topics: ['billing', 'patients'], input: z.strictObject({ paymentId: Id }), output: ReceiptDocument }),
  account: query({
    can: 'account.read', audit: 'account.opened', topics: ['billing', 'patients'], output: PatientAccount,
    input: z.strictObject({ patientId: Id, before: z.int().nullable().default(null), ...page }),
  }),
  /** Of everybody whose bills the same party answers for; whoever may not be known is in no line and in no sum. */
  familyAccount: query({ can: 'account.read', audit: 'account.opened', topics: ['billing', 'patients', 'access'], input: z.strictObject({ patientId: Id }), output: FamilyAccount }),
  workList: query({ can: 'invoice.read', topics: listTopics, input: WorkListInput, output: WorkList }),
  waitingCount: query({ can: 'invoice.read', topics: listTopics, input: z.strictObject({}), output: z.int() }),
  checkout: query({ can: 'invoice.read', topics: listTopics, input: z.strictObject({ date: PlainDate }), output: z.array(CheckoutItem) }),
  dayTotals: query({
    can: 'invoice.read', topics, output: DayTotals,
    input: z.strictObject({ date: PlainDate, after: z.string().max(100).nullable().default(null), ...page }),
  }),
  missedFees: query({ can: 'account.read', topics: ['billing', 'scheduling'], input: z.strictObject({ patientId: Id }), output: z.array(MissedFee).max(limits.page_rows) }),
  /** The visit was missed, and this once it costs nothing. */
  waiveMissedFee: command({
    conflict: 'ledger', can: 'invoice.discount', audit: 'missed-fee.waived', topics, input: z.strictObject({ id: Id, reason: line }), output: MissedFee, errors: { FEE_ENDED: z.undefined() },
  }),
  /** Says that a numbered page left the machine, so that the next one says "Copy". */
  recordPrint: command({
    conflict: 'insert', can: 'invoice.read', audit: 'page.printed', topics,
    input: z.strictObject({ id: Id, document: z.enum(printedDocuments), documentId: Id, medium: z.enum(printMediums) }), output: z.object({ prints: z.int() }),
  }),

  ...drawer,
}
