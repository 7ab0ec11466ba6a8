import type { AllergyList } from '#shared/domains/encounters/model.chart.ts'
import type { Concept, MedicationStatement } from '#shared/domains/encounters/model.ts'
import { sameConcept } from '#shared/domains/encounters/rules.ts'
import { dateInZone, type PlainDate } from '#shared/kernel/time.ts'
import type { OpenedChart } from '#main/core/access/opened.ts'
import type { WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.facts.ts'
import { patientOfEncounter } from './repository.ts'
import { allergyListOf } from './service.facts.ts'
import { markOf } from './service.ts'

/** What prescribing asks of a chart, and what a signature changes in it: one list of what the patient takes, whoever wrote it. */

export interface Prescribed { concept: Concept; sig: string; endedOn: PlainDate | null }

export const allergiesFor = ({ db }: WriteContext, chart: OpenedChart): AllergyList => allergyListOf(db, chart)
export const takenNow = (context: WriteContext, chart: OpenedChart): MedicationStatement[] => repository.currentMedications(context.db, chart, today(context))
export const isVisitOf = ({ db }: WriteContext, { patientId }: OpenedChart, encounterId: string): boolean => patientOfEncounter(db, encounterId) === patientId

/** The entry that a prescription stands behind: the same drug taken alike goes on, anything else begins today. */
export function takePrescribed(context: WriteContext, chart: OpenedChart, prescribed: Prescribed, continues: string | null): string {
  const current = takenNow(context, chart)
  const before = current.find(({ id }) => id === continues)
  const same = [...(before ? [before] : []), ...current].find((one) => sameConcept(one.concept, prescribed.concept))
  if (same && (same.sig === null || same.sig === prescribed.sig)) {
    if (same.endedOn !== prescribed.endedOn) repository.setMedicationEnd(context.db, same.id, prescribed.endedOn)
    return same.id
  }
  // Taken otherwise from now on: the old entry says until when it was so.
  if (before) repository.setMedicationEnd(context.db, before.id, today(context))
  const id = context.newId()
  repository.insertMedication(context.db, { id, patientId: chart.patientId, ...prescribed, startedOn: today(context), recordedAt: context.now }, context.actor.userId)
  return id
}

/** The prescription behind it was cancelled, and no other one stands behind it. */
export function endPrescribed(context: WriteContext, chart: OpenedChart, statementId: string, how: 'in-error' | 'stopped'): void {
  const found = repository.medicationById(context.db, chart, statementId)
  if (!found || found.enteredInErrorAt !== null) return
  if (how === 'in-error') repository.markMedication(context.db, statementId, markOf(context))
  else if (found.row.endedOn === null || found.row.endedOn > today(context)) repository.setMedicationEnd(context.db, statementId, today(context))
}

const today = ({ now, zone }: WriteContext): PlainDate => dateInZone(now, zone)
