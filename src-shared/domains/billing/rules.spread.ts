import { assert } from '../../kernel/assert.ts'
import type { Id } from '../../kernel/ids.ts'
import { sumCents, type Cents } from '../../kernel/money.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Posting } from './rules.ledger.ts'

/** A bill of somebody in the family that waits for money. */
export interface OpenBill { invoiceId: Id; patientId: Id; number: string; issuedAt: Instant; dueCents: Cents }
export interface Share { patientId: Id; bills: { invoiceId: Id; amountCents: Cents }[]; sumCents: Cents }
export interface Spread { shares: Share[]; /** What nobody owes. */ restCents: Cents }

/** The longest open bill first, whoever's it is, each in full before the next; of one instant by their numbers. Shares and rest sum to the amount, to the cent. */
export function spreadPayment(amountCents: Cents, open: readonly OpenBill[]): Spread {
  assert(Number.isSafeInteger(amountCents) && amountCents > 0, 'a payment is above zero')
  const shares = new Map<Id, Share>()
  let restCents = amountCents
  const inOrder = open.toSorted((a, b) => (a.issuedAt === b.issuedAt ? a.number.localeCompare(b.number) : a.issuedAt < b.issuedAt ? -1 : 1))
  for (const { invoiceId, patientId, dueCents } of inOrder) {
    const part = Math.min(restCents, Math.max(0, dueCents))
    if (part <= 0) continue
    restCents -= part
    const share = shares.get(patientId) ?? { patientId, bills: [], sumCents: 0 }
    shares.set(patientId, { patientId, bills: [...share.bills, { invoiceId, amountCents: part }], sumCents: share.sumCents + part })
  }
  return { shares: [...shares.values()], restCents }
}

/** The rest is kept for one of the family, who may owe nothing. */
export function withAhead(shares: readonly Share[], patientId: Id, restCents: Cents): Share[] {
  const known = shares.find((share) => share.patientId === patientId) ?? { patientId, bills: [], sumCents: 0 }
  return [...shares.filter((share) => share.patientId !== patientId), { ...known, sumCents: known.sumCents + restCents }]
}

/** One patient's part: onto each of the bills, what is above them is that patient's credit. */
export function postShare(paymentId: Id, share: Share): Posting {
  const onBills = sumCents(share.bills.map((bill) => bill.amountCents))
  const line = (invoiceId: Id | null, amountCents: Cents) => ({ kind: 'payment' as const, invoiceId, paymentId, chargeId: null, amountCents: 0 - amountCents, memo: '' })
  return {
    entries: [...share.bills.map((bill) => line(bill.invoiceId, bill.amountCents)), ...(share.sumCents > onBills ? [line(null, share.sumCents - onBills)] : [])],
    allocations: share.bills.map((bill) => ({ paymentId, invoiceId: bill.invoiceId, amountCents: 0 - bill.amountCents })),
  }
}
