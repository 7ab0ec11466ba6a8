import type { encounters } from '#shared/domains/encounters/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import * as chart from './service.chart.ts'
import * as facts from './service.facts.ts'
import * as notes from './service.notes.ts'
import * as service from './service.ts'

export const encountersProcedures: Handlers<typeof encounters> = {
  openChart: (context, input) => chart.openChart(context, input.patientId),
  encounter: (context, input) => chart.openVisit(context, input.id),
  listNotes: (context, input) => chart.listNotes(context, input),
  listObservations: (context, input) => chart.listObservations(context, input),
  listVisits: (context, input) => chart.listVisits(context, input),
  listProblems: (context, input) => chart.listProblems(context, input.patientId),
  listMedications: (context, input) => chart.listMedications(context, input.patientId),
  listAllergies: (context, input) => chart.listAllergies(context, input.patientId),
  listImmunizations: (context, input) => chart.listImmunizations(context, input),
  listProcedures: (context, input) => chart.listProcedures(context, input),
  listReports: (context, input) => chart.listReports(context, input),
  myDrafts: (context) => chart.myDrafts(context),
  listDayFacts: (context, input) => chart.listDayFacts(context, input.date),
  open: (context, input) => service.openEncounter(context, input),
  recordVitals: (context, input) => service.recordVitals(context, input),
  correctVital: (context, input) => service.correctVital(context, input),
  markObservationInError: (context, input) => service.markObservationInError(context, input.id),
  saveDraft: (context, input) => notes.saveDraft(context, input),
  keepCopy: (context, input) => notes.keepCopy(context, input),
  settleCopy: (context, input) => notes.settleCopy(context, input.id),
  sign: (context, input) => notes.signNote(context, input),
  addAddendum: (context, input) => notes.addAddendum(context, input),
  addDiagnosis: (context, input) => notes.addDiagnosis(context, input),
  removeDiagnosis: (context, input) => notes.removeDiagnosis(context, input.id),
  rankDiagnosis: (context, input) => notes.rankDiagnosis(context, input),
  addProblem: (context, input) => facts.addProblem(context, input),
  resolveProblem: (context, input) => facts.resolveProblem(context, input),
  reopenProblem: (context, input) => facts.reopenProblem(context, input.id),
  markProblemInError: (context, input) => facts.markProblemInError(context, input.id),
  addAllergy: (context, input) => facts.addAllergy(context, input),
  markAllergyInError: (context, input) => facts.markAllergyInError(context, input.id),
  recordNoKnownAllergies: (context, input) => facts.recordNoKnownAllergies(context, input),
  addMedication: (context, input) => facts.addMedication(context, input),
  stopMedication: (context, input) => facts.stopMedication(context, input),
  resumeMedication: (context, input) => facts.resumeMedication(context, input.id),
  markMedicationInError: (context, input) => facts.markMedicationInError(context, input.id),
}
