import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Cents } from '../../kernel/money.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { feeEnds, missedKinds } from '../scheduling/model.missed.ts'

export const invoiceStatuses = ['issued', 'void'] as const
/** 'credit' moves money between an invoice and the patient's credit: always in pairs that sum to zero. */
export const ledgerKinds = ['charge', 'adjustment', 'payment', 'credit', 'refund', 'void'] as const
export const paymentMethods = ['cash', 'card', 'check', 'other'] as const
export const paymentKinds = ['payment', 'refund'] as const
export const voidReasons = ['wrong-patient', 'wrong-charges', 'duplicate', 'courtesy', 'other'] as const
export const printedDocuments = ['invoice', 'receipt'] as const
export const printMediums = ['paper', 'pdf'] as const
export const feeKinds = ['visit', 'procedure', 'lab', 'vaccine', 'supply', 'other'] as const

/** The clinic's own codes and labels; Cairn ships no CPT text (AMA licence). */
export const FeeItem = z.object({
  id: Id,
  code: z.string().trim().min(1).max(20),
  label: z.string().trim().min(1).max(limits.line_chars),
  kind: z.enum(feeKinds),
  priceCents: Cents.min(0),
  /** What in a visit proposes it: one of `visitLevels`, 'immunization', or 'loinc:' and a test's code. */
  proposeWhen: z.string().trim().max(40).nullable(),
  isActive: z.boolean(),
})
export type FeeItem = z.infer<typeof FeeItem>

export const Charge = z.object({
  id: Id,
  encounterId: Id,
  patientId: Id,
  feeItemId: Id.nullable(),
  code: z.string(),
  label: z.string(),
  quantity: z.int().min(1).max(999),
  unitPriceCents: Cents.min(0),
  amountCents: Cents.min(0),
  chargedAt: Instant,
  /** Null until it stands on an invoice. */
  invoiceId: Id.nullable(),
})
export type Charge = z.infer<typeof Charge>

export const Invoice = z.object({
  id: Id,
  number: z.string(),
  patientId: Id,
  encounterId: Id,
  status: z.enum(invoiceStatuses),
  issuedAt: Instant,
  dueOn: PlainDate,
  splitReason: z.string().max(limits.line_chars).nullable(),
  voidedAt: Instant.nullable(),
  voidReason: z.enum(voidReasons).nullable(),
})
export type Invoice = z.infer<typeof Invoice>

/** One line of money: amounts owed are positive, money received or taken off is negative. Never changed, only added to. */
export const LedgerEntry = z.object({
  id: Id,
  at: Instant,
  patientId: Id,
  invoiceId: Id.nullable(),
  kind: z.enum(ledgerKinds),
  amountCents: Cents,
  memo: z.string().max(limits.line_chars),
})
export type LedgerEntry = z.infer<typeof LedgerEntry>

export const Payment = z.object({
  id: Id,
  receiptNumber: z.string(),
  patientId: Id,
  kind: z.enum(paymentKinds),
  method: z.enum(paymentMethods),
  amountCents: Cents.min(1),
  reference: z.string().max(limits.name_chars).nullable(),
  takenAt: Instant,
  refundOf: Id.nullable(),
})
export type Payment = z.infer<typeof Payment>

/** Asked for a visit that did not take place. It stands on no invoice, and no insurer is ever asked for it. */
export const MissedFee = z.object({
  id: Id,
  patientId: Id,
  appointmentId: Id,
  kind: z.enum(missedKinds),
  amountCents: Cents.min(1),
  chargedAt: Instant,
  /** Null while it is owed or paid. */
  endedAs: z.enum(feeEnds).nullable(),
  endedAt: Instant.nullable(),
  endReason: z.string().nullable(),
})
export type MissedFee = z.infer<typeof MissedFee>
