import type { FeeItem, LedgerEntry, Payment } from '#shared/domains/billing/model.ts'
import type { MissedKind } from '#shared/domains/scheduling/model.missed.ts'
import { voidReasons } from '#shared/domains/billing/model.ts'
import type { BillingCheck, InvoiceState } from '#shared/domains/billing/model.views.ts'
import type { ErrorTexts } from '#renderer/rpc/error-text.ts'
import { money } from '#renderer/ui/format.ts'

export const checkWords: Record<BillingCheck, string> = {
  'note-not-signed': 'Note not signed', 'no-charges': 'No charges', 'no-diagnosis': 'No diagnosis', 'no-member-number': 'No member number', 'billed-before': 'Late charge',
}

/** What to do about each check, for the detail beside the list. */
export const checkAdvice: Record<BillingCheck, string> = {
  'note-not-signed': 'The provider has to sign the note first: it may still change what was done.',
  'no-charges': 'Nothing has been charged for this visit. Add a charge, or “No charge visit” if it was free.',
  'no-diagnosis': 'The visit has no diagnosis. Ask the provider, or bill without it.',
  'no-member-number': 'The insurance has no member number. Add it, or bill the patient.',
  'billed-before': 'This visit has an invoice already. Say why it is billed a second time.',
}

export const stateWords: Record<InvoiceState, string> = { open: 'Open', 'partly-paid': 'Partly paid', overdue: 'Overdue', paid: 'Paid', void: 'Void' }

export const methodWords: Record<Payment['method'], string> = { cash: 'Cash', card: 'Card', check: 'Check', other: 'Other' }

/** What the field beside the method asks for; cash has nothing to refer to. */
export const referenceLabels: Record<Payment['method'], string | undefined> = { cash: undefined, card: 'Terminal reference', check: 'Check number', other: 'Reference' }

export const kindWords: Record<LedgerEntry['kind'], string> = {
  charge: 'Charge', adjustment: 'Adjustment', payment: 'Payment', credit: 'Credit', refund: 'Refund', void: 'Void',
}

export const voidReasonWords: Record<(typeof voidReasons)[number], string> = {
  'wrong-patient': 'Billed to the wrong patient', 'wrong-charges': 'The charges are wrong', duplicate: 'Billed twice', courtesy: 'Courtesy of the clinic', other: 'Another reason',
}
export const voidChoices = voidReasons.map((value) => ({ value, label: voidReasonWords[value] }))

export const feeKindWords: Record<FeeItem['kind'], string> = {
  visit: 'Visit', procedure: 'Procedure', lab: 'Lab', vaccine: 'Vaccine', supply: 'Supply', other: 'Other',
}

/** What happened, why, what next. The codes are the contract's. */
export const errorTexts: ErrorTexts = {
  FEE_ENDED: 'Not waived: this fee was waived or taken back in the meantime.',
  FEE_CODE_TAKEN: 'Not saved: another fee has this code. Give it a code of its own.',
  FEES_EXIST: 'Not added: the fee schedule has fees already.',
  FEE_NOT_FOUND: 'Not charged: this fee is not offered any more. Pick another one.',
  VISIT_NOT_FOUND: 'This visit is not here any more. Look at the list again.',
  CHARGE_BILLED: 'Not done: this charge is on an invoice already. Void the invoice to change it.',
  NO_CHARGES: 'Not billed: the visit has no charge that waits for a bill.',
  INVOICE_EXISTS: 'Not billed: the visit has an invoice already. To bill the rest apart, say why.',
  SPLIT_NEEDS_REASON: 'Not billed: billing a part of the visit needs a reason.',
  INVOICE_VOID: 'Not done: this invoice has been voided.',
  ABOVE_DUE: (data) => `Not done: only ${centsIn(data, 'dueCents')} is due.`,
  ABOVE_PAID: (data) => `Not refunded: at most ${centsIn(data, 'refundableCents')} of this payment can be given back.`,
  NO_CREDIT: 'Nothing was moved: the patient has no credit, or the invoice is paid.',
  LEFT_ABOVE_COUNT: 'Not closed: more is left in the drawer than was counted.',
  DIFFERENCE_NEEDS_REASON: (data) => `Not closed: the count differs by ${centsIn(data, 'differenceCents')}. Say why.`,
  DRAWER_CHANGED: 'Not closed: the money in this drawer has changed. Look at the figures and count again.',
  DRAWER_CLOSED_MEANWHILE: (data) => `Not closed: ${textIn(data, 'closedByName')} has closed the drawer meanwhile. What was taken after that is shown now.`,
  WRONG_PATIENT: 'Not taken: this invoice belongs to another patient.',
}

const valueIn = (data: unknown, key: string): unknown => (typeof data === 'object' && data !== null && key in data ? Reflect.get(data, key) : undefined)

function centsIn(data: unknown, key: string): string {
  const value = valueIn(data, key)
  return typeof value === 'number' ? money(value) : 'less'
}

function textIn(data: unknown, key: string): string {
  const value = valueIn(data, key)
  return typeof value === 'string' ? value : 'Somebody'
}

export const missedWords: Record<MissedKind, string> = { 'no-show': 'No-show', 'late-cancel': 'Late cancellation' }
