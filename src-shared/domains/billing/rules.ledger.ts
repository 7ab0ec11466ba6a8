import { assert } from '../../kernel/assert.ts'
import type { Id } from '../../kernel/ids.ts'
import { sumCents, type Cents } from '../../kernel/money.ts'
import type { PlainDate } from '../../kernel/time.ts'
import type { LedgerEntry } from './model.ts'
import type { InvoiceState, Totals } from './model.views.ts'

/*
 * The money rules. Each builder answers with a posting: the lines to add to the ledger and how a payment is spread.
 * Nothing here changes a line; what is wrong is countered by more lines. Owed is positive, received is negative.
 */
export type EntryDraft = Pick<LedgerEntry, 'kind' | 'amountCents' | 'memo' | 'invoiceId'> & { paymentId: Id | null; chargeId: Id | null }
export interface Allocation { paymentId: Id; invoiceId: Id; amountCents: Cents }
export interface Posting { entries: EntryDraft[]; allocations: Allocation[] }

type Line = Pick<LedgerEntry, 'kind' | 'amountCents'>

export const balanceOf = (entries: readonly Line[]): Cents => sumCents(entries.map((entry) => entry.amountCents))

/** Charges, what was taken off, what was paid and what is due, of one invoice's lines; the first three always sum to the fourth. */
export function totalsOf(entries: readonly Line[]): Totals {
  const of = (...kinds: readonly Line['kind'][]) => sumCents(entries.filter((entry) => kinds.includes(entry.kind)).map((entry) => entry.amountCents))
  return { chargesCents: of('charge'), adjustmentsCents: of('adjustment', 'void'), paidCents: of('payment', 'credit', 'refund'), dueCents: balanceOf(entries) }
}

/** The patient's own money: paid, standing on no invoice, and not owed for a missed visit. Below zero: such a fee is due. */
export const creditOf = (entries: readonly (Line & { invoiceId: Id | null })[]): Cents =>
  0 - balanceOf(entries.filter((entry) => entry.invoiceId === null))

export function withBalance<E extends Line>(entries: readonly E[], opening: Cents): (E & { balanceCents: Cents })[] {
  let balanceCents = opening
  return entries.map((entry) => {
    balanceCents += entry.amountCents
    return { ...entry, balanceCents }
  })
}

export function stateOf(invoice: { status: 'issued' | 'void'; dueOn: PlainDate }, totals: Pick<Totals, 'paidCents' | 'dueCents'>, today: PlainDate): InvoiceState {
  if (invoice.status === 'void') return 'void'
  if (totals.dueCents <= 0) return 'paid'
  if (invoice.dueOn < today) return 'overdue'
  return totals.paidCents < 0 ? 'partly-paid' : 'open'
}

export function postInvoice(invoiceId: Id, charges: readonly { id: Id; code: string; label: string; amountCents: Cents }[]): Posting {
  return {
    entries: charges.map((charge) => entry({ kind: 'charge', invoiceId, chargeId: charge.id, amountCents: charge.amountCents, memo: `${charge.code} ${charge.label}` })),
    allocations: [],
  }
}

/** Pays the invoice up to what is due; the rest is the patient's credit. */
export function postPayment(payment: { id: Id; amountCents: Cents }, invoice: { id: Id; dueCents: Cents } | null): Posting {
  assert(payment.amountCents > 0, 'a payment is above zero')
  const toInvoice = invoice ? Math.min(payment.amountCents, Math.max(0, invoice.dueCents)) : 0
  const toCredit = payment.amountCents - toInvoice
  return {
    entries: [
      ...(invoice && toInvoice > 0 ? [entry({ kind: 'payment', invoiceId: invoice.id, paymentId: payment.id, amountCents: -toInvoice })] : []),
      ...(toCredit > 0 ? [entry({ kind: 'payment', paymentId: payment.id, amountCents: -toCredit })] : []),
    ],
    allocations: invoice && toInvoice > 0 ? [{ paymentId: payment.id, invoiceId: invoice.id, amountCents: -toInvoice }] : [],
  }
}

/** Moves credit onto an invoice, oldest payment first, never more than is due. */
export function postCredit(invoice: { id: Id; dueCents: Cents }, sources: readonly { paymentId: Id; remainingCents: Cents }[], atMost = Number.MAX_SAFE_INTEGER): Posting {
  const posting: Posting = { entries: [], allocations: [] }
  let open = Math.min(Math.max(0, invoice.dueCents), atMost)
  for (const source of sources) {
    const amount = Math.min(open, source.remainingCents)
    if (amount <= 0) continue
    open -= amount
    posting.entries.push(
      entry({ kind: 'credit', paymentId: source.paymentId, amountCents: amount }),
      entry({ kind: 'credit', paymentId: source.paymentId, invoiceId: invoice.id, amountCents: -amount }),
    )
    posting.allocations.push({ paymentId: source.paymentId, invoiceId: invoice.id, amountCents: -amount })
  }
  return posting
}

/** What is known of a payment when part of it is given back. `applied` is positive: money of it that stands on invoices. */
export interface PaymentStanding { id: Id; remainingCents: Cents; applied: readonly { invoiceId: Id; amountCents: Cents }[] }

export const refundableCents = (payment: PaymentStanding): Cents => payment.remainingCents + sumCents(payment.applied.map((one) => one.amountCents))

/** Gives money back: first what stands on no invoice, then off the invoices it paid, which become due again. */
export function postRefund(refund: { id: Id; amountCents: Cents; memo: string }, payment: PaymentStanding): Posting {
  assert(refund.amountCents > 0 && refund.amountCents <= refundableCents(payment), 'a refund is at most what is left of the payment')
  const posting: Posting = { entries: [], allocations: [] }
  let open = refund.amountCents
  const take = (invoiceId: Id | null, available: Cents) => {
    const amount = Math.min(open, available)
    if (amount <= 0) return
    open -= amount
    posting.entries.push(entry({ kind: 'refund', paymentId: refund.id, invoiceId, amountCents: amount, memo: refund.memo }))
    if (invoiceId) posting.allocations.push({ paymentId: refund.id, invoiceId, amountCents: amount })
  }
  take(null, payment.remainingCents)
  for (const one of payment.applied) take(one.invoiceId, one.amountCents)
  return posting
}

/** A fee for a visit that did not take place: on no invoice, so that what the patient pays ahead pays it, and no claim ever carries it. */
export const postMissedFee = (amountCents: Cents, memo: string): Posting => ({ entries: [entry({ kind: 'charge', amountCents, memo })], allocations: [] })

/** Counters it: 'void' where the visit was not missed after all, 'adjustment' where somebody has waived it. */
export const postFeeEnd = (amountCents: Cents, kind: 'void' | 'adjustment', memo: string): Posting => ({ entries: [entry({ kind, amountCents: -amountCents, memo })], allocations: [] })

export function postDiscount(invoiceId: Id, amountCents: Cents, memo: string): Posting {
  assert(amountCents > 0, 'a discount is above zero')
  return { entries: [entry({ kind: 'adjustment', invoiceId, amountCents: -amountCents, memo })], allocations: [] }
}

/**
 * Takes an invoice out of the account: its charges and discounts are countered, and money on it becomes the patient's
 * credit. Afterwards its lines sum to zero. `paid` is positive, by payment.
 */
export function postVoid(invoiceId: Id, entries: readonly Line[], paid: readonly { paymentId: Id; amountCents: Cents }[], memo: string): Posting {
  const { chargesCents, adjustmentsCents } = totalsOf(entries)
  const moved = paid.filter((one) => one.amountCents > 0)
  return {
    entries: [
      entry({ kind: 'void', invoiceId, amountCents: -(chargesCents + adjustmentsCents), memo }),
      ...moved.flatMap((one) => [
        entry({ kind: 'credit', invoiceId, paymentId: one.paymentId, amountCents: one.amountCents }),
        entry({ kind: 'credit', paymentId: one.paymentId, amountCents: -one.amountCents }),
      ]),
    ],
    allocations: moved.map((one) => ({ paymentId: one.paymentId, invoiceId, amountCents: one.amountCents })),
  }
}

function entry(given: Pick<EntryDraft, 'kind' | 'amountCents'> & Partial<EntryDraft>): EntryDraft {
  // 0 - x and -x differ for zero: a ledger holds no minus zero.
  return { invoiceId: null, paymentId: null, chargeId: null, memo: '', ...given, amountCents: given.amountCents + 0 }
}
