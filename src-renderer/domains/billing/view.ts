import type { InvoiceDocument, LedgerLine, PaymentLine, WorkItem } from '#shared/domains/billing/model.views.ts'
import { voidReasons } from '#shared/domains/billing/model.ts'
import { addDays, type PlainDate } from '#shared/kernel/time.ts'
import { date, money, receipt as receiptText } from '#renderer/ui/format.ts'
import { methodWords, voidReasonWords } from './words.ts'

export interface Shown { kind: 'visit' | 'invoice'; id: string }

/** Only what is ready is billed together with others; the rest needs a look. */
export const isReady = (item: WorkItem): boolean => item.kind === 'visit' && item.checks.length === 0

/** "Card ending 4471, ref. 774 019": how a payment was made, without the amount. */
export function methodLine(payment: Pick<PaymentLine, 'method' | 'reference'>): string {
  return [methodWords[payment.method], payment.reference && `ref. ${payment.reference}`].filter(Boolean).join(', ')
}

/** The words of a ledger line; what is data (a fee's label, a reason) stands as it was written. */
export function ledgerWhat(line: LedgerLine): string {
  const receipt = line.receiptNumber ? `receipt ${receiptText(line.receiptNumber)}` : undefined
  const method = line.method ? methodWords[line.method] : undefined
  switch (line.kind) {
    case 'charge': return line.memo
    case 'adjustment': return line.memo
    case 'payment': return [method, line.reference && `ref. ${line.reference}`, receipt, line.enteredByName].filter(Boolean).join(', ')
    case 'credit': return [line.amountCents < 0 ? 'Paid ahead, put on this invoice' : 'Moved to the patient’s credit', receipt].filter(Boolean).join(', ')
    case 'refund': return [`Given back: ${line.memo}`, method, receipt, line.enteredByName].filter(Boolean).join(', ')
    case 'void': return [voidReasons.some((reason) => reason === line.memo) ? voidReasonWords[line.memo as keyof typeof voidReasonWords] : line.memo, line.enteredByName].join(', ') // One of the reasons just compared with.
  }
}

/** What the payment will do, said before it happens. */
export function paymentOutcome(amountCents: number | undefined, dueCents: number, dueOn: PlainDate): { lead: string; strong?: string; rest?: string } {
  if (amountCents === undefined || amountCents <= 0) return { lead: 'Enter what the patient pays.' }
  if (amountCents < dueCents) return { lead: 'Partial payment.', strong: money(dueCents - amountCents), rest: `stays due on ${date(dueOn)}.` }
  if (amountCents === dueCents) return { lead: 'Pays the invoice in full.' }
  if (dueCents <= 0) return { lead: 'Paid ahead.', strong: money(amountCents), rest: 'stays as the patient’s credit.' }
  return { lead: 'Pays the invoice in full.', strong: money(amountCents - dueCents), rest: 'more stays as the patient’s credit.' }
}

/** The payment that can be given back from, newest first. */
export const refundable = (payments: readonly PaymentLine[]): PaymentLine[] => payments.filter((payment) => payment.refundableCents > 0).toReversed()

export const responsibleWords = (document: Pick<InvoiceDocument, 'patient'>): string => (document.patient.responsible.isPatient ? 'self' : document.patient.responsible.name)

/** Days shown by the two arrows of the payments screen never lead past today. */
export const dayAfter = (day: PlainDate, days: number, today: PlainDate): PlainDate => {
  const next = addDays(day, days)
  return next > today ? today : next
}
