import type { CancelPrescriptionInput, NewPrescription, RecordPrintInput, SignPrescriptionsInput } from '#shared/domains/medications/contract.ts'
import type { Cancellation, KeptAlert, MedicationRequest, PrescriptionOrder, PrescriptionRow } from '#shared/domains/medications/model.ts'
import { findAlerts, unanswered, withReasons } from '#shared/domains/medications/rules.alerts.ts'
import { isChronic, orderProblems, suppliedDays } from '#shared/domains/medications/rules.order.ts'
import { directionsText, drugText, sentenceOf } from '#shared/domains/medications/rules.sentence.ts'
import { effectOnChart, mayPrint } from '#shared/domains/medications/rules.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { addDays, dateInZone } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { openChart, type OpenedChart } from '#main/core/access/opened.ts'
import type { WriteContext } from '#main/core/rpc/context.ts'
import { recordDisclosure } from '#main/domains/audit/service.ts'
import { allergiesFor, endPrescribed, isVisitOf, takenNow, takePrescribed } from '#main/domains/encounters/service.prescribed.ts'
import * as drafts from './repository.drafts.ts'
import * as repository from './repository.ts'

/** Signs all of them or none: what stands on the screen is what is signed. */
export function signPrescriptions(context: WriteContext, input: SignPrescriptionsInput): PrescriptionRow[] {
  context.audit({ entityId: input.prescriptions[0]?.id ?? '', itemIds: input.prescriptions.map(({ id }) => id) })
  const chart = openForPrescribing(context, input)
  return input.prescriptions.map((one) => signOne(context, chart, input.encounterId, one))
}

/** The chart to prescribe in, and the visit if there is one: of the same patient. */
export function openForPrescribing(context: WriteContext, { patientId, encounterId }: { patientId: Id; encounterId: Id | null }): OpenedChart {
  const chart = openChart(context, patientId, { absent: 'PATIENT_NOT_FOUND', toWrite: true })
  if (encounterId !== null && !isVisitOf(context, chart, encounterId)) throw refuse('VISIT_OF_OTHER_PATIENT')
  return chart
}

export function refuseInvalid(id: Id, order: PrescriptionOrder): void {
  const problems = orderProblems(order)
  if (problems.length > 0) throw refuse('ORDER_NOT_VALID', { id, problems })
}

function signOne(context: WriteContext, chart: OpenedChart, encounterId: Id | null, one: NewPrescription): PrescriptionRow {
  const { db, now, actor } = context
  const known = repository.requestById(db, chart, one.id)
  if (known) return known
  if (repository.patientOfRequest(db, one.id) !== undefined) throw refuse(CommonError.ID_USED)
  refuseInvalid(one.id, one.order)
  const before = requireRenewed(context, chart, one)
  const alerts = requireReasons(context, chart, one, before)
  const statementId = takePrescribed(context, chart, prescribedOf(context, one.order), before?.statementId ?? null)
  const request: MedicationRequest = {
    id: one.id, patientId: chart.patientId, encounterId, order: one.order, sentence: sentenceOf(one.order), renewsId: before?.id ?? null, statementId, signedAt: now, signedBy: actor.userId,
  }
  repository.insertRequest(db, request)
  for (const alert of alerts) repository.insertAlert(db, context.newId(), request, alert)
  settleDraft(context, chart, one)
  const signed = repository.requestById(db, chart, one.id)
  assert(signed, 'what was just signed is there')
  return signed
}

function prescribedOf({ now, zone }: WriteContext, order: PrescriptionOrder) {
  const { drug } = order
  const days = suppliedDays(order)
  return {
    concept: { system: drug.system, code: drug.code, label: drugText(drug) }, sig: directionsText({ ...order, days: isChronic(order) ? null : order.days }),
    endedOn: isChronic(order) || days === null ? null : addDays(dateInZone(now, zone), days),
  }
}

/** The prescription that this one goes on with. Two machines may both have renewed it on paper: then both stand. */
function requireRenewed(context: WriteContext, chart: OpenedChart, { id, renewsId }: NewPrescription): PrescriptionRow | undefined {
  if (renewsId === null) return undefined
  const before = repository.requestById(context.db, chart, renewsId)
  if (!before) throw refuse(CommonError.NOT_FOUND)
  if (before.isRenewed) {
    if (!context.isCarried) throw refuse('ALREADY_RENEWED', { id: renewsId })
    askToCheck(context, chart, id)
  }
  return before
}

/**
 * What speaks against it, with the reasons given. Without a reason against a severe one nothing is signed at a form; what was
 * signed on paper while newer facts were out of reach cannot be taken out of the patient's hand, so it stands and is told.
 */
function requireReasons(context: WriteContext, chart: OpenedChart, one: NewPrescription, before: PrescriptionRow | undefined): KeptAlert[] {
  const known = { allergies: allergiesFor(context, chart).allergies, current: takenNow(context, chart), continues: before?.statementId ?? null }
  const alerts = withReasons(findAlerts(one.order.drug.generic, known), one.overrides)
  const open = unanswered(alerts)
  if (open.length === 0) return alerts
  if (!context.isCarried) throw refuse('NEEDS_OVERRIDE', { id: one.id, alerts: open.map(({ kind, severity, subjectId, drugClass }) => ({ kind, severity, subjectId, drugClass })) })
  askToCheck(context, chart, one.id)
  return alerts
}

const askToCheck = (context: WriteContext, { patientId }: OpenedChart, id: Id): void => context.notice({ code: 'PRESCRIPTION_TO_CHECK', data: { id, patientId } })

/** A draft that somebody else has signed or taken away meanwhile: the form is told; what is on paper stands. */
function settleDraft(context: WriteContext, chart: OpenedChart, { draftId }: NewPrescription): void {
  if (draftId === null) return
  const draft = drafts.draftById(context.db, chart, draftId)
  if (!draft) throw refuse(CommonError.NOT_FOUND)
  if (draft.isSettled && !context.isCarried) throw refuse('DRAFT_SETTLED')
  if (!draft.isSettled) drafts.settleDraft(context.db, draftId, context.now, context.actor.userId)
}

/** A new row beside the prescription. Whoever comes second finds it cancelled, and that is what was wanted. */
export function cancelPrescription(context: WriteContext, { id, reason, note }: CancelPrescriptionInput): Cancellation {
  const { chart, row } = requirePrescription(context, id)
  if (row.cancellation) return row.cancellation
  const cancellation: Cancellation = { reason, note, cancelledAt: context.now }
  repository.insertCancellation(context.db, id, cancellation, context.actor.userId)
  const effect = effectOnChart(cancellation)
  if (effect !== 'none' && repository.liveOfStatement(context.db, chart, row.statementId).length === 0) endPrescribed(context, chart, row.statementId, effect)
  return cancellation
}

/** The paper leaves the clinic in the patient's hand; printed once more it says "Copy". */
export function recordPrint(context: WriteContext, { id, requestId, medium }: RecordPrintInput): { prints: number } {
  const { chart, row } = requirePrescription(context, requestId)
  if (repository.printExists(context.db, id)) return { prints: row.prints }
  if (!mayPrint(row) && !context.isCarried) throw refuse('PRESCRIPTION_CANCELLED')
  repository.insertPrint(context.db, { id, requestId, medium, printedAt: context.now, printedBy: context.actor.userId })
  recordDisclosure(context, {
    id, kind: medium === 'paper' ? 'print' : 'export', document: 'prescription', documentId: requestId, patientId: chart.patientId, recipient: null, purpose: null, rowCount: 1,
  })
  return { prints: row.prints + 1 }
}

function requirePrescription(context: WriteContext, id: Id): { chart: OpenedChart; row: PrescriptionRow } {
  context.audit({ entityId: id })
  const chart = openChart(context, repository.patientOfRequest(context.db, id), { toWrite: true })
  const row = repository.requestById(context.db, chart, id)
  assert(row, 'the prescription is of the patient whom it names')
  return { chart, row }
}
