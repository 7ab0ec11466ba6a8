import type { Entry } from './catalogue.ts'
import type { Caller } from './matrix.ts'
import { concept, words, type Scene } from './scene.ts'

const ofPatient = { input: (scene: Scene) => ({ patientId: scene.patientId }) }

/** The caller's own draft, and one of somebody else's; who writes no notes is given the doctor's. */
const own = (scene: Scene, caller: Caller) => scene.open.drafts[caller === 'nurse' ? 'nurse' : 'doctor']
const others = (scene: Scene, caller: Caller) => scene.open.drafts[caller === 'nurse' ? 'doctor' : 'nurse']
const draft = (of: typeof own) => (scene: Scene, caller: Caller) => ({ id: of(scene, caller).noteId, encounterId: scene.open.encounterId, revision: of(scene, caller).revision, ...words })
const copy = (of: typeof own) => (scene: Scene, caller: Caller) => ({ id: scene.newId(), noteId: of(scene, caller).noteId, ...words })
const settled = (of: typeof own) => (scene: Scene, caller: Caller) => ({ id: of(scene, caller).copyId })
const othersDrafts = (scene: Scene, caller: Caller): string[] => [others(scene, caller).noteId]

export const encountersInputs: Readonly<Record<string, Entry>> = {
  'encounters.openChart': ofPatient,
  'encounters.encounter': { input: (scene) => ({ id: scene.open.encounterId }) },
  'encounters.listNotes': ofPatient,
  'encounters.listObservations': { input: (scene) => ({ patientId: scene.patientId, category: 'vital-signs' }) },
  'encounters.listVisits': ofPatient,
  'encounters.listProblems': ofPatient,
  'encounters.listMedications': ofPatient,
  'encounters.listAllergies': ofPatient,
  'encounters.listImmunizations': ofPatient,
  'encounters.listProcedures': ofPatient,
  'encounters.listReports': ofPatient,
  'encounters.myDrafts': { input: () => ({}), foreign: othersDrafts },
  'encounters.listDayFacts': { input: () => ({ date: '2026-11-17' }) },
  'encounters.open': { input: (scene) => ({ id: scene.newId(), appointmentId: scene.arrived.id }) },
  'encounters.recordVitals': { input: (scene) => ({ encounterId: scene.open.encounterId, values: [{ kind: 'pulse', value: 72 }] }) },
  'encounters.correctVital': { input: (scene) => ({ id: scene.newId(), observationId: scene.facts.vital, value: 90 }) },
  'encounters.markObservationInError': { input: (scene) => ({ id: scene.facts.vital }) },
  'encounters.saveDraft': { input: { own: draft(own), other: draft(others) }, denial: 'NOT_THE_AUTHOR' },
  'encounters.keepCopy': { input: { own: copy(own), other: copy(others) }, denial: 'NOT_THE_AUTHOR' },
  'encounters.settleCopy': { input: { own: settled(own), other: settled(others) }, denial: 'NOT_THE_AUTHOR' },
  'encounters.sign': { input: (scene) => ({ noteId: scene.signable.noteId, revision: 1 }) },
  'encounters.addAddendum': { input: (scene) => ({ id: scene.newId(), noteId: scene.billed.noteId, text: 'Called back, better.' }) },
  'encounters.addDiagnosis': { input: (scene) => ({ id: scene.newId(), encounterId: scene.open.encounterId, concept: concept('Cough') }) },
  'encounters.removeDiagnosis': { input: (scene) => ({ id: scene.open.diagnosisId }) },
  'encounters.rankDiagnosis': { input: (scene) => ({ id: scene.open.diagnosisId, rank: 1 }) },
  'encounters.addProblem': { input: (scene) => ({ id: scene.newId(), patientId: scene.patientId, concept: concept('Asthma') }) },
  'encounters.resolveProblem': { input: (scene) => ({ id: scene.facts.activeProblem, resolvedOn: '2026-11-17' }) },
  'encounters.reopenProblem': { input: (scene) => ({ id: scene.facts.resolvedProblem }) },
  'encounters.markProblemInError': { input: (scene) => ({ id: scene.facts.activeProblem }) },
  'encounters.addAllergy': { input: (scene) => ({ id: scene.newId(), patientId: scene.patientId, concept: concept('Latex'), reaction: null, severity: 'mild' }) },
  'encounters.markAllergyInError': { input: (scene) => ({ id: scene.facts.allergy }) },
  'encounters.recordNoKnownAllergies': { input: (scene) => ({ id: scene.newId(), patientId: scene.blankPatientId }) },
  'encounters.addMedication': { input: (scene) => ({ id: scene.newId(), patientId: scene.patientId, concept: concept('Metformin 500 mg'), sig: null }) },
  'encounters.stopMedication': { input: (scene) => ({ id: scene.facts.takenMedication, endedOn: '2026-11-17' }) },
  'encounters.resumeMedication': { input: (scene) => ({ id: scene.facts.stoppedMedication }) },
  'encounters.markMedicationInError': { input: (scene) => ({ id: scene.facts.takenMedication }) },
}
