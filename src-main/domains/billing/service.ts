import type { NewCharge, SignAndChargeInput } from '#shared/domains/billing/contract.ts'
import type { Charge, FeeItem } from '#shared/domains/billing/model.ts'
import type { Proposal, VisitToBill } from '#shared/domains/billing/model.views.ts'
import { proposeFor } from '#shared/domains/billing/rules.proposal.ts'
import { checksOf } from '#shared/domains/billing/rules.ts'
import { starterFees } from '#shared/domains/billing/rules.starter.ts'
import type { ClinicalNote } from '#shared/domains/encounters/model.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { openFile, type OpenedFile } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { signNote } from '#main/domains/encounters/service.notes.ts'
import * as ledger from './repository.ledger.ts'
import * as lists from './repository.lists.ts'
import * as repository from './repository.ts'
import * as visits from './repository.visit.ts'
import { billedTo, seesDiagnoses, summaryOf, todayOf } from './service.views.ts'

export const listFees = ({ db }: ReadContext): FeeItem[] => repository.listFees(db)

/** Adds a fee or changes it; charges keep the code, words and price they were made with. */
export function saveFee(context: WriteContext, fee: FeeItem): FeeItem {
  const holder = repository.feeByCode(context.db, fee.code)
  if (holder && holder.id !== fee.id) throw refuse('FEE_CODE_TAKEN')
  repository.saveFee(context.db, fee, context.now)
  context.audit({ entityId: fee.id })
  return fee
}

export function addStarterFees(context: WriteContext): FeeItem[] {
  if (repository.listFees(context.db).length > 0) throw refuse('FEES_EXIST')
  return starterFees.map((fee) => saveFee(context, { ...fee, id: context.newId(), isActive: true }))
}

export function proposeCharges(context: ReadContext, encounterId: Id): Proposal {
  const { file, visit } = requireVisit(context, encounterId)
  const content = visits.visitContent(context.db, file, visit, dateInZone(visit.startedAt, context.zone))
  return proposeFor(content, repository.listFees(context.db))
}

export function chargesOfEncounter(context: ReadContext, encounterId: Id): Charge[] {
  return repository.chargesOfEncounter(context.db, requireVisit(context, encounterId).file, encounterId)
}

/** Signing and charging stand or fall together: a signed visit without its charges would be money nobody asks for. */
export function signAndCharge(context: WriteContext, input: SignAndChargeInput): { note: ClinicalNote; charges: Charge[] } {
  const note = signNote(context, { noteId: input.noteId, revision: input.revision, textHash: input.textHash })
  const charges = input.charges.map((wanted) => insertCharge(context, note.encounterId, wanted))
  context.audit({ patientId: note.patientId, entityId: note.id })
  return { note, charges }
}

export function addCharge(context: WriteContext, { encounterId, ...wanted }: NewCharge & { encounterId: Id }): Charge {
  const charge = insertCharge(context, encounterId, wanted)
  context.audit({ patientId: charge.patientId, entityId: charge.id })
  return charge
}

/** Taken off before it is billed; afterwards the invoice has to be voided. */
export function removeCharge(context: WriteContext, id: Id): Charge {
  context.audit({ entityId: id })
  const found = repository.chargeById(context.db, openFile(context, repository.patientOfCharge(context.db, id)), id)
  assert(found, 'the charge is of the patient whom it names')
  const { isRemoved, ...charge } = found
  if (charge.invoiceId !== null) throw refuse('CHARGE_BILLED')
  if (!isRemoved) repository.removeCharge(context.db, id, context.now, context.actor.userId)
  return charge
}

/** A visit that waits for its bill, with what its checks rest on. */
export function visitToBill(context: ReadContext, encounterId: Id): VisitToBill {
  const { db } = context
  const { file, visit } = requireVisit(context, encounterId)
  const waiting = lists.visitFacts(db, file, encounterId)
  const today = todayOf(context)
  const { patient } = billedTo(context, file, today)
  assert(waiting, 'a visit has a patient')
  const { patientId: _patient, startedAt: _started, ...shown } = visit
  return {
    patient, visit: shown,
    checks: checksOf(waiting.facts),
    charges: repository.chargesOfEncounter(db, file, encounterId).filter((charge) => charge.invoiceId === null),
    diagnoses: seesDiagnoses(context) ? visits.diagnosesOfVisit(db, file, encounterId) : [],
    invoices: lists.billsOfEncounter(db, file, encounterId).map((bill) => summaryOf(bill, today)),
    creditCents: 0 - ledger.sumOnNoInvoice(db, file),
  }
}

function requireVisit(context: ReadContext | WriteContext, encounterId: Id): { file: OpenedFile; visit: visits.VisitRow } {
  context.audit({ entityId: encounterId })
  const file = openFile(context, visits.patientOfVisit(context.db, encounterId), { absent: 'VISIT_NOT_FOUND' })
  const visit = visits.visitById(context.db, file, encounterId)
  assert(visit, 'the visit is of the patient whom it names')
  return { file, visit }
}

function insertCharge(context: WriteContext, encounterId: Id, wanted: NewCharge): Charge {
  const { file, visit } = requireVisit(context, encounterId)
  const fee = repository.feeById(context.db, wanted.feeItemId)
  if (!fee?.isActive) throw refuse('FEE_NOT_FOUND')
  const holder = repository.patientOfCharge(context.db, wanted.id)
  if (holder !== undefined && holder !== file.patientId) throw refuse('ID_USED')
  const before = repository.chargeById(context.db, file, wanted.id)
  if (before) return sameCharge(before, encounterId, wanted)
  const charge: Charge = {
    id: wanted.id, encounterId, patientId: visit.patientId, feeItemId: fee.id, code: fee.code, label: fee.label, quantity: wanted.quantity,
    unitPriceCents: fee.priceCents, amountCents: fee.priceCents * wanted.quantity, chargedAt: context.now, invoiceId: null,
  }
  repository.insertCharge(context.db, charge, context.actor.userId)
  return charge
}

/** The same request twice (a key pressed twice, a message sent again) is one charge. */
function sameCharge({ isRemoved, ...charge }: Charge & { isRemoved: boolean }, encounterId: Id, wanted: NewCharge): Charge {
  const isSame = !isRemoved && charge.encounterId === encounterId && charge.feeItemId === wanted.feeItemId && charge.quantity === wanted.quantity
  if (!isSame) throw refuse('ID_USED')
  return charge
}
