import type { OverridePageInput, PrescriptionPageInput } from '#shared/domains/medications/contract.ts'
import type { PrescriptionRow } from '#shared/domains/medications/model.ts'
import type { OverrideRow, PrintedPrescription } from '#shared/domains/medications/model.views.ts'
import { mayPrint } from '#shared/domains/medications/rules.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { openChart, openMinimum } from '#main/core/access/opened.ts'
import type { ReadContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.ts'

/** Also for the pharmacy, which belongs to no care team. */
export const listPrescriptions = (context: ReadContext, { patientId, before, limit }: PrescriptionPageInput): PrescriptionRow[] =>
  repository.requestsPage(context.db, openMinimum(context, patientId), before, limit)

export const listRenewable = (context: ReadContext, patientId: Id): PrescriptionRow[] =>
  repository.renewable(context.db, openMinimum(context, patientId), dateInZone(context.now, context.zone))

/** The sheets in the order in which they were asked for; those of another patient and cancelled ones are not printed. */
export function printedPages(context: ReadContext, { patientId, ids }: { patientId: Id; ids: readonly Id[] }): PrintedPrescription[] {
  const chart = openChart(context, patientId)
  const patient = repository.printedPatient(context.db, chart)
  assert(patient, 'an opened chart has a patient')
  const rows = ids.length === 0 ? repository.unprinted(context.db, chart) : ids.flatMap((id) => repository.requestById(context.db, chart, id) ?? [])
  return rows.filter(mayPrint).map((prescription) => ({ prescription, patient }))
}

export function listOverrides(context: ReadContext, { before, limit }: OverridePageInput): OverrideRow[] {
  const rows = repository.overridesPage(context.db, context.scope, before, limit)
  context.audit({ itemIds: [...new Set(rows.map(({ patient }) => patient.id))] })
  return rows
}
