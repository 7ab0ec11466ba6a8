import type { TakeFamilyPaymentInput } from '#shared/domains/billing/contract.ts'
import type { Payment } from '#shared/domains/billing/model.ts'
import type { FamilyAccount, FamilyLine, FamilyPayment } from '#shared/domains/billing/model.views.ts'
import { postShare, spreadPayment, withAhead, type OpenBill, type Share } from '#shared/domains/billing/rules.spread.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { sumCents, type Cents } from '#shared/kernel/money.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { openFile, type OpenedFile } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { accountGroup } from '#main/domains/patients/service.family.ts'
import * as ledger from './repository.ledger.ts'
import * as lists from './repository.lists.ts'
import { post } from './service.invoices.ts'
import { insertPayment } from './service.payments.ts'
import { billedTo, summaryOf, todayOf } from './service.views.ts'

// Everybody whose bills one party answers for. Each account stays the patient's own; what is shown together, and paid in
// one, is read and posted patient by patient, only of those whom the caller may know.

export function familyAccount(context: ReadContext, patientId: Id): FamilyAccount {
  const file = openFile(context, patientId)
  const today = todayOf(context)
  const group = accountGroup(context, file).map((id) => openFile(context, id))
  const responsibleId = group.find((one) => one.patientId !== file.patientId && billedTo(context, file, today).responsibleId === one.patientId)?.patientId
  const members = group.map((one) => lineOf(context, one, today, one.patientId === responsibleId))
  context.audit({ patientId: file.patientId, itemIds: group.map((one) => one.patientId) })
  const { responsible, addressLines } = billedTo(context, file, today).patient
  return { responsible, addressLines, members, balanceCents: sumCents(members.map((one) => one.balanceCents)), dueCents: sumCents(members.map((one) => one.dueCents)) }
}

function lineOf(context: ReadContext, file: OpenedFile, today: PlainDate, isResponsible: boolean): FamilyLine {
  const { db } = context
  const { addressLines: _lines, responsible: _who, ...patient } = billedTo(context, file, today).patient
  const open = lists.openBillsOfPatient(db, file)
  const oldest = open.at(-1)
  return {
    patient, isResponsible, balanceCents: ledger.balanceBefore(db, file), dueCents: sumCents(open.map((bill) => bill.dueCents)), creditCents: 0 - ledger.sumOnNoInvoice(db, file),
    oldest: oldest ? summaryOf(oldest, today) : null,
  }
}

/** Taken once for each id. More than is owed is refused with what is owed, unless somebody says for whom the rest is kept. */
export function takeFamilyPayment(context: WriteContext, input: TakeFamilyPaymentInput): FamilyPayment {
  const file = openFile(context, input.patientId, { absent: 'PATIENT_NOT_FOUND' })
  const group = new Map(accountGroup(context, file).map((id) => [id, openFile(context, id)]))
  context.audit({ patientId: file.patientId, entityId: input.id, itemIds: [...group.keys()] })
  const known = ledger.paymentsOfFamily(context.db, context.scope, input.id)
  if (known.length > 0) return samePayment(known, input, group)
  const open = [...group.values()].flatMap((one) => openBills(context, one))
  const { shares, restCents } = spreadPayment(input.amountCents, open)
  const aheadForId = keeperOf(context, input, file, restCents, sumCents(open.map((bill) => bill.dueCents)))
  if (aheadForId !== null && !group.has(aheadForId)) throw refuse('WRONG_PATIENT')
  const all = aheadForId === null || restCents === 0 ? shares : withAhead(shares, aheadForId, restCents)
  return { id: input.id, amountCents: input.amountCents, aheadCents: restCents, payments: all.map((share) => take(context, input, share)) }
}

/** Money that was taken on another machine is in the till: what nobody owes any more is the credit of whoever was named, and somebody looks at it. */
function keeperOf(context: WriteContext, { aheadForId }: TakeFamilyPaymentInput, { patientId }: OpenedFile, restCents: Cents, dueCents: Cents): Id | null {
  if (restCents === 0 || aheadForId !== null) return aheadForId
  if (!context.isCarried) throw refuse('ABOVE_DUE', { dueCents })
  context.notice({ code: 'ABOVE_DUE', data: { dueCents } })
  return patientId
}

const openBills = ({ db }: WriteContext, file: OpenedFile): OpenBill[] =>
  lists.openBillsOfPatient(db, file).map(({ invoice, dueCents }) => ({ invoiceId: invoice.id, patientId: file.patientId, number: invoice.number, issuedAt: invoice.issuedAt, dueCents }))

function take(context: WriteContext, { id, method, reference }: TakeFamilyPaymentInput, share: Share): Payment {
  const payment = insertPayment(context, { id: context.newId(), patientId: share.patientId, kind: 'payment', method, amountCents: share.sumCents, reference, refundOf: null }, { familyPaymentId: id })
  post(context, share.patientId, postShare(payment.id, share))
  return payment
}

function samePayment(known: readonly Payment[], { id, amountCents, method }: TakeFamilyPaymentInput, group: ReadonlyMap<Id, OpenedFile>): FamilyPayment {
  const isSame = sumCents(known.map((one) => one.amountCents)) === amountCents && known.every((one) => one.method === method && group.has(one.patientId))
  if (!isSame) throw refuse('ID_USED')
  return { id, amountCents, payments: [...known], aheadCents: 0 }
}
