import type { RefundInput, TakePaymentInput } from '#shared/domains/billing/contract.ts'
import type { Invoice, Payment } from '#shared/domains/billing/model.ts'
import type { PatientAccount, PaymentLine, ReceiptDocument } from '#shared/domains/billing/model.views.ts'
import { postPayment, postRefund, refundableCents, totalsOf, withBalance } from '#shared/domains/billing/rules.ledger.ts'
import { receiptNumber } from '#shared/domains/billing/rules.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { sumCents } from '#shared/kernel/money.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { openFile } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { receiptLetter, takeNumber } from '#main/domains/clinic/service.ts'
import * as ledger from './repository.ledger.ts'
import * as lists from './repository.lists.ts'
import { post, requireInvoice } from './service.invoices.ts'
import { billedTo, summaryOf, todayOf } from './service.views.ts'

/** Takes money once for each id: pressed twice or sent again, it answers with the first receipt. */
export function takePayment(context: WriteContext, input: TakePaymentInput): Payment {
  const { db } = context
  context.audit({ patientId: input.patientId, entityId: input.id })
  const file = openFile(context, input.patientId, { absent: 'PATIENT_NOT_FOUND' })
  const { patientId } = file
  const holder = ledger.patientOfPayment(db, input.id)
  if (holder !== undefined && holder !== patientId) throw refuse('ID_USED')
  const before = ledger.paymentById(db, file, input.id)
  if (before) return samePayment(before, { ...input, patientId, kind: 'payment', refundOf: null })
  const invoice = input.invoiceId === null ? null : invoiceToPay(context, input.invoiceId, patientId)
  const payment = insertPayment(context, { ...input, patientId, kind: 'payment', refundOf: null })
  const due = invoice && { id: invoice.id, dueCents: totalsOf(ledger.ledgerOfInvoice(db, file, invoice.id)).dueCents }
  post(context, patientId, postPayment(payment, due))
  context.audit({ patientId, entityId: payment.id })
  return payment
}

/** Money that was taken on another machine is in the till: where the invoice was voided meanwhile it is the patient's credit. */
function invoiceToPay(context: WriteContext, id: Id, patientId: Id): Invoice | null {
  const { invoice } = requireInvoice(context, id)
  if (invoice.patientId !== patientId) throw refuse('WRONG_PATIENT')
  if (invoice.status !== 'void') return invoice
  if (!context.isCarried) throw refuse('INVOICE_VOID')
  context.notice({ code: 'INVOICE_VOID', data: { invoiceId: id } })
  return null
}

export function refund(context: WriteContext, input: RefundInput): Payment {
  const { db } = context
  const file = openFile(context, ledger.patientOfPayment(db, input.paymentId))
  context.audit({ entityId: input.id })
  const payment = ledger.paymentById(db, file, input.paymentId)
  if (!payment || payment.kind !== 'payment') throw refuse(CommonError.NOT_FOUND)
  const wanted = { id: input.id, patientId: payment.patientId, amountCents: input.amountCents, method: input.method, reference: null, kind: 'refund', refundOf: payment.id } as const
  const holder = ledger.patientOfPayment(db, input.id)
  if (holder !== undefined && holder !== file.patientId) throw refuse('ID_USED')
  const before = ledger.paymentById(db, file, input.id)
  if (before) return samePayment(before, wanted)
  const standing = ledger.standingOf(db, payment)
  if (input.amountCents > refundableCents(standing)) throw refuse('ABOVE_PAID', { refundableCents: refundableCents(standing) })
  const given = insertPayment(context, wanted, { reason: input.reason })
  post(context, payment.patientId, postRefund({ id: given.id, amountCents: given.amountCents, memo: input.reason }, standing))
  return given
}

export function receipt(context: ReadContext, paymentId: Id): ReceiptDocument {
  const { db } = context
  const file = openFile(context, ledger.patientOfPayment(db, paymentId))
  context.audit({ entityId: paymentId })
  const payment = ledger.paymentById(db, file, paymentId)
  const today = todayOf(context)
  const { patient } = billedTo(context, file, today)
  assert(payment, 'a receipt has a payment')
  const standing = ledger.standingOf(db, payment)
  const bills = new Map(lists.billsOfPatient(db, file).map((bill) => [bill.invoice.id, bill]))
  return {
    payment, patient, creditCents: payment.kind === 'payment' ? standing.remainingCents : 0,
    refundOfReceipt: payment.refundOf ? ledger.paymentById(db, file, payment.refundOf)?.receiptNumber ?? null : null,
    applied: standing.applied.flatMap(({ invoiceId, amountCents }) => {
      const bill = bills.get(invoiceId)
      return bill ? [{ invoiceId, number: bill.invoice.number, amountCents, dueCents: bill.dueCents, dueOn: bill.invoice.dueOn, state: summaryOf(bill, today).state }] : []
    }),
  }
}

export function account(context: ReadContext, input: { patientId: Id; before: number | null; limit: number }): PatientAccount {
  const { db } = context
  const file = openFile(context, input.patientId)
  const today = todayOf(context)
  const { patient } = billedTo(context, file, today)
  const page = ledger.statementPage(db, file, input.before ?? Number.MAX_SAFE_INTEGER, input.limit)
  const oldest = page.at(-1)
  const opening = oldest ? ledger.balanceBefore(db, file, oldest.seq) : 0
  const statement = withBalance(page.toReversed(), opening).toReversed().map(({ seq: _seq, ...line }) => line)
  const bills = lists.billsOfPatient(db, file)
  const open = lists.openBillsOfPatient(db, file)
  const onNoInvoice = ledger.sumOnNoInvoice(db, file)
  return {
    patient, statement,
    balanceCents: ledger.balanceBefore(db, file),
    // What is owed for missed visits is due as well.
    dueCents: sumCents([...open.map((bill) => bill.dueCents), Math.max(0, onNoInvoice)]),
    creditCents: Math.max(0, 0 - onNoInvoice),
    unbilledCents: lists.unbilledOfPatient(db, file),
    invoices: bills.map((bill) => summaryOf(bill, today)),
    payments: ledger.paymentsOfPatient(db, file),
    next: page.length === input.limit ? oldest?.seq ?? null : null,
  }
}

type Wanted = Pick<Payment, 'id' | 'patientId' | 'kind' | 'method' | 'amountCents' | 'reference' | 'refundOf'>

/** With the next receipt number. */
export function insertPayment(context: WriteContext, wanted: Wanted, more: { reason?: string; familyPaymentId?: Id } = {}): Payment {
  const { id, patientId, kind, method, amountCents, reference, refundOf } = wanted
  const payment: Payment = { id, patientId, kind, method, amountCents, reference, refundOf, receiptNumber: receiptNumber(takeNumber(context, 'receipt'), receiptLetter(context)), takenAt: context.now }
  ledger.insertPayment(context.db, payment, { takenBy: context.actor.userId, reason: null, familyPaymentId: null, ...more })
  return payment
}

function samePayment(before: PaymentLine, wanted: Wanted): Payment {
  const keys = ['patientId', 'kind', 'method', 'amountCents', 'refundOf'] as const
  if (keys.some((key) => before[key] !== wanted[key])) throw refuse('ID_USED')
  const { takenByName: _by, appliedCents: _applied, refundableCents: _refundable, prints: _prints, ...payment } = before
  return payment
}
