import type { Id } from '../../kernel/ids.ts'
import { asText } from '../../kernel/series.ts'
import { addDays, type PlainDate } from '../../kernel/time.ts'
import type { BillingCheck } from './model.views.ts'

/** Days a patient has to pay; the clinic's invoices say so in words with the date. */
const DAYS_TO_PAY = 30

export const dueDateOf = (issuedOn: PlainDate): PlainDate => addDays(issuedOn, DAYS_TO_PAY)

export const invoiceNumber = (prefix: string, taken: number): string => (prefix ? `${prefix}-${taken}` : String(taken))
/** "R-1001", "R-B-1" of a host that took over from one that is gone; "~1001" until the host has given the real one. */
export const receiptNumber = (taken: number, letter = ''): string => asText(taken, letter ? `R-${letter}-` : 'R-')

/** What is known of a visit when somebody asks whether it can be billed. */
export interface VisitFacts {
  /** The provider's; a nurse's draft beside it does not hold the bill up. */
  hasSignedNote: boolean
  chargeCount: number
  diagnosisCount: number
  /** Live insurance without a member number: the payer cannot find the patient. */
  lacksMemberNumber: boolean
  liveInvoices: number
}

export function checksOf(facts: VisitFacts): BillingCheck[] {
  const checks: [BillingCheck, boolean][] = [
    ['note-not-signed', !facts.hasSignedNote],
    ['no-charges', facts.chargeCount === 0],
    ['no-diagnosis', facts.diagnosisCount === 0],
    ['no-member-number', facts.lacksMemberNumber],
    ['billed-before', facts.liveInvoices > 0],
  ]
  return checks.filter(([, found]) => found).map(([check]) => check)
}

/** An unsigned note may still change what was done, so nothing is billed on it; the rest is for a person to judge. */
export const stopsBilling = (check: BillingCheck): boolean => check === 'note-not-signed' || check === 'no-charges'

export type BillRefusal = 'NOTE_NOT_SIGNED' | 'NO_CHARGES' | 'CHARGE_BILLED' | 'INVOICE_EXISTS' | 'SPLIT_NEEDS_REASON'

export interface BillRequest {
  checks: readonly BillingCheck[]
  unbilled: readonly Id[]
  /** Undefined: everything that waits. */
  chosen: readonly Id[] | undefined
  splitReason: string | null
}

/** One visit, one invoice, unless it is split on purpose and somebody says why. */
export function whyNotBill({ checks, unbilled, chosen, splitReason }: BillRequest): BillRefusal | undefined {
  if (chosen?.some((id) => !unbilled.includes(id))) return 'CHARGE_BILLED'
  if (checks.includes('note-not-signed')) return 'NOTE_NOT_SIGNED'
  if (checks.includes('billed-before') && !splitReason) return 'INVOICE_EXISTS'
  if (unbilled.length === 0 || chosen?.length === 0) return 'NO_CHARGES'
  if (chosen && new Set(chosen).size < unbilled.length && !splitReason) return 'SPLIT_NEEDS_REASON'
  return undefined
}
