import type { CreateInvoiceInput } from '#shared/domains/billing/contract.ts'
import type { Invoice } from '#shared/domains/billing/model.ts'
import type { InvoiceDocument } from '#shared/domains/billing/model.views.ts'
import { postCredit, postDiscount, postInvoice, postVoid, stateOf, totalsOf, withBalance, type Posting } from '#shared/domains/billing/rules.ledger.ts'
import { checksOf, dueDateOf, invoiceNumber, whyNotBill } from '#shared/domains/billing/rules.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { sumCents, type Cents } from '#shared/kernel/money.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { openFile, type OpenedFile } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { recordDisclosure } from '#main/domains/audit/service.ts'
import { invoicePrefix, takeNumber } from '#main/domains/clinic/service.ts'
import * as ledger from './repository.ledger.ts'
import * as lists from './repository.lists.ts'
import * as repository from './repository.ts'
import * as visits from './repository.visit.ts'
import { billedTo, seesDiagnoses, todayOf } from './service.views.ts'

/**
 * Bills a visit: takes the next number, freezes the lines, posts the charges and, unless told not to, puts the
 * patient's credit onto it. The same id again answers with the same invoice.
 */
export function createInvoice(context: WriteContext, input: CreateInvoiceInput): Invoice {
  const { db } = context
  context.audit({ entityId: input.id })
  const known = repository.patientOfInvoice(db, input.id)
  const before = known === undefined ? undefined : repository.invoiceById(db, openFile(context, known), input.id)
  if (before) return sameInvoice(before, input)
  const file = openFile(context, visits.patientOfVisit(db, input.encounterId), { absent: 'VISIT_NOT_FOUND' })
  const { patientId } = file
  const waiting = lists.visitFacts(db, file, input.encounterId)
  assert(waiting, 'the visit is of the patient whom it names')

  const unbilled = repository.chargesOfEncounter(db, file, input.encounterId).filter((charge) => charge.invoiceId === null)
  const code = whyNotBill({ checks: checksOf(waiting.facts), unbilled: unbilled.map((charge) => charge.id), chosen: input.chargeIds, splitReason: input.splitReason })
  if (code) throw refuse(code)

  const charges = input.chargeIds ? unbilled.filter((charge) => input.chargeIds?.includes(charge.id)) : unbilled
  const invoice: Invoice = {
    id: input.id, number: invoiceNumber(invoicePrefix(context), takeNumber(context, 'invoice')), patientId, encounterId: input.encounterId,
    status: 'issued', issuedAt: context.now, dueOn: dueDateOf(todayOf(context)), splitReason: input.splitReason, voidedAt: null, voidReason: null,
  }
  repository.insertInvoice(db, invoice, { issuedBy: context.actor.userId, diagnoses: visits.diagnosesOfVisit(db, file, input.encounterId), charges, newId: context.newId })
  post(context, patientId, postInvoice(invoice.id, charges))
  if (input.applyCredit) post(context, patientId, creditPosting(context, file, invoice, sumCents(charges.map((charge) => charge.amountCents))))
  return invoice
}

/** Takes the invoice out of the account; its number is kept, its charges wait again, money on it becomes credit. */
export function voidInvoice(context: WriteContext, { id, reason }: { id: Id; reason: NonNullable<Invoice['voidReason']> }): Invoice {
  const { file, invoice } = requireLive(context, id)
  post(context, invoice.patientId, postVoid(id, ledger.ledgerOfInvoice(context.db, file, id), ledger.paidOnInvoice(context.db, id), reason))
  repository.markVoid(context.db, id, { at: context.now, by: context.actor.userId, reason })
  return { ...invoice, status: 'void', voidedAt: context.now, voidReason: reason }
}

export function discount(context: WriteContext, input: { id: Id; invoiceId: Id; amountCents: Cents; reason: string }): Invoice {
  const { file, invoice } = requireLive(context, input.invoiceId)
  const known = ledger.entryById(context.db, file, input.id)
  if (known) {
    if (known.invoiceId !== input.invoiceId || known.amountCents !== -input.amountCents) throw refuse('ID_USED')
    return invoice
  }
  const { dueCents } = totalsOf(ledger.ledgerOfInvoice(context.db, file, input.invoiceId))
  if (input.amountCents > dueCents) throw refuse('ABOVE_DUE', { dueCents })
  post({ ...context, newId: () => input.id }, invoice.patientId, postDiscount(invoice.id, input.amountCents, input.reason))
  return invoice
}

export function applyCredit(context: WriteContext, input: { invoiceId: Id; amountCents: Cents | null }): Invoice {
  const { file, invoice } = requireLive(context, input.invoiceId)
  const { dueCents } = totalsOf(ledger.ledgerOfInvoice(context.db, file, invoice.id))
  const posting = creditPosting(context, file, invoice, dueCents, input.amountCents ?? undefined)
  if (posting.entries.length === 0) throw refuse('NO_CREDIT')
  post(context, invoice.patientId, posting)
  return invoice
}

export function invoiceDocument(context: ReadContext, id: Id): InvoiceDocument {
  const { db } = context
  context.audit({ entityId: id })
  const file = openFile(context, repository.patientOfInvoice(db, id))
  const found = repository.invoiceById(db, file, id)
  assert(found, 'the invoice is of the patient whom it names')
  const { diagnoses, issuedBy, ...invoice } = found
  const visit = visits.visitById(db, file, invoice.encounterId)
  const { patient } = billedTo(context, file, todayOf(context))
  assert(visit, 'an invoice has a visit')
  const { patientId: _patient, startedAt: _started, ...shownVisit } = visit
  const entries = ledger.ledgerOfInvoice(db, file, id)
  const totals = totalsOf(entries)
  return {
    invoice, patient, visit: shownVisit, totals,
    state: stateOf(invoice, totals, todayOf(context)),
    lines: repository.linesOfInvoice(db, file, id),
    diagnoses: seesDiagnoses(context) ? [...diagnoses] : [],
    ledger: withBalance(entries, 0),
    payments: ledger.paymentsOfInvoice(db, file, id),
    creditCents: 0 - ledger.sumOnNoInvoice(db, file),
    issuedByName: ledger.personName(db, issuedBy),
    prints: repository.printsOf(db, id),
  }
}

export function recordPrint(context: WriteContext, print: { id: Id; document: 'invoice' | 'receipt'; documentId: Id; medium: 'paper' | 'pdf' }): { prints: number } {
  context.audit({ entityId: print.documentId })
  const { patientId } = openFile(context, print.document === 'invoice' ? repository.patientOfInvoice(context.db, print.documentId) : ledger.patientOfPayment(context.db, print.documentId))
  if (!repository.printExists(context.db, print.id)) repository.insertPrint(context.db, { ...print, printedAt: context.now, printedBy: context.actor.userId })
  // A bill and a receipt are handed to the patient; whoever else gets one is named where that is asked.
  recordDisclosure(context, {
    id: print.id, kind: print.medium === 'paper' ? 'print' : 'export', document: print.document, documentId: print.documentId, patientId,
    recipient: null, purpose: null, rowCount: 1,
  })
  return { prints: repository.printsOf(context.db, print.documentId) }
}

/** An invoice that money may still move on. */
export function requireLive(context: WriteContext, id: Id): { file: OpenedFile; invoice: Invoice } {
  const found = requireInvoice(context, id)
  if (found.invoice.status === 'void') throw refuse('INVOICE_VOID')
  return found
}

export function requireInvoice(context: WriteContext, id: Id): { file: OpenedFile; invoice: Invoice } {
  context.audit({ entityId: id })
  const file = openFile(context, repository.patientOfInvoice(context.db, id))
  const found = repository.invoiceById(context.db, file, id)
  assert(found, 'the invoice is of the patient whom it names')
  const { diagnoses: _diagnoses, issuedBy: _by, ...invoice } = found
  return { file, invoice }
}

export function post(context: WriteContext, patientId: Id, posting: Posting): void {
  ledger.post(context.db, posting, { patientId, now: context.now, by: context.actor.userId, newId: context.newId })
}

function creditPosting(context: WriteContext, file: OpenedFile, invoice: Invoice, dueCents: Cents, atMost?: Cents): Posting {
  // A fee for a missed visit is paid by what was paid ahead before an invoice is.
  const creditCents = 0 - ledger.sumOnNoInvoice(context.db, file)
  const sources = creditCents > 0 ? ledger.creditSources(context.db, file) : []
  return postCredit({ id: invoice.id, dueCents }, sources, Math.min(creditCents, atMost ?? creditCents))
}

function sameInvoice(before: Invoice & { diagnoses: readonly string[]; issuedBy: Id }, input: CreateInvoiceInput): Invoice {
  const { diagnoses: _diagnoses, issuedBy: _by, ...invoice } = before
  if (invoice.encounterId !== input.encounterId) throw refuse('ID_USED')
  return invoice
}
