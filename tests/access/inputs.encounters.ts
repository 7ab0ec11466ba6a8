import { ofFile, othersNames, type Builder, type Entry } from './entry.ts'
import { Role } from '#shared/access/roles.ts'
import type { Caller } from './matrix.ts'
import { concept, words, type PatientFile } from './scene.file.ts'
import { PSYCHOTHERAPY, SENSITIVE } from './scene.notes.ts'
import type { Scene } from './scene.ts'

/** The caller's own draft about the patient of the team; who writes no notes is given the doctor's. */
const own = ({ files, notes }: Scene, caller: Caller) => (caller === Role.nurse ? notes.nurse : files.team.open)
const draft = (of: (scene: Scene, caller: Caller) => { noteId: string; encounterId: string }): Builder => (scene, caller) => {
  const { noteId, encounterId } = of(scene, caller)
  return { id: noteId, encounterId, revision: 1, ...words }
}
const copy = (of: (scene: Scene, caller: Caller) => string): Builder => (scene, caller) => ({ id: scene.newId(), noteId: of(scene, caller), ...words })
/** A note that is not there yet. */
const begun = ({ waiting }: PatientFile, { newId }: Scene) => ({ id: newId(), encounterId: waiting.encounterId, revision: 0, ...words })
const addendum = (of: (scene: Scene, caller: Caller) => string): Builder => (scene, caller) => ({ id: scene.newId(), noteId: of(scene, caller), text: 'Called back, better.' })
const kinds = ['own', 'team', 'other', 'restricted'] as const
const each = (build: (file: PatientFile, scene: Scene) => unknown) => Object.fromEntries(kinds.map((kind) => [kind, (scene: Scene) => build(scene.files[kind], scene)]))

const noteGone = { absent: 'NOTE_NOT_FOUND' }
/** Whoever is on no team and holds no broken glass reads no chart, their own included. */
export const reading = { denials: { own: 'NOT_ON_CARE_TEAM', team: 'NOT_ON_CARE_TEAM', sensitive: 'NOT_ON_CARE_TEAM', psychotherapy: 'NOT_ON_CARE_TEAM' }, hidden: { own: othersNames } }
/** Somebody else's sensitive words, and a psychotherapy note at all. */
const readingNotes = {
  denials: reading.denials,
  hidden: { own: othersNames, sensitive: () => [SENSITIVE], psychotherapy: ({ notes }: Scene) => [PSYCHOTHERAPY, notes.psychotherapy.noteId] },
}
const ofPatient = ofFile(({ patientId }) => ({ patientId }))
const ofTeam: Builder = ({ files }) => ({ patientId: files.team.patientId })
const fact = (of: keyof PatientFile['facts'], more: object = {}): Entry => ({ input: ofFile(({ facts }) => ({ id: facts[of], ...more })) })
const visit = { input: ofFile(({ patientId }) => ({ patientId })), ...reading }
const gone = { absent: 'PATIENT_NOT_FOUND' }

export const encountersInputs: Readonly<Record<string, Entry>> = {
  'encounters.openChart': { input: { ...ofPatient, sensitive: ofTeam, psychotherapy: ofTeam }, ...readingNotes },
  'encounters.encounter': {
    input: {
      ...ofFile(({ open }) => ({ id: open.encounterId })), sensitive: ({ notes }) => ({ id: notes.sensitive.signedEncounterId }),
      psychotherapy: ({ notes }) => ({ id: notes.psychotherapy.encounterId }),
    },
    ...readingNotes,
  },
  'encounters.listNotes': { input: { ...ofPatient, sensitive: ofTeam, psychotherapy: ofTeam }, ...readingNotes },
  'encounters.listObservations': { input: ofFile(({ patientId }) => ({ patientId, category: 'vital-signs' })), ...reading },
  'encounters.listVisits': visit,
  'encounters.listProblems': visit,
  'encounters.listMedications': visit,
  'encounters.listAllergies': visit,
  'encounters.listImmunizations': visit,
  'encounters.listProcedures': visit,
  'encounters.listReports': visit,
  'encounters.myDrafts': { input: () => ({}), hidden: { any: (scene, caller) => [scene.notes.colleague.noteId, caller === Role.nurse ? scene.files.team.open.noteId : scene.notes.nurse.noteId] } },
  'encounters.listDayFacts': {
    input: {
      any: ({ files }) => ({ date: files.team.date }), other: ({ files }) => ({ date: files.other.date }), restricted: ({ files }) => ({ date: files.restricted.date }),
      psychotherapy: ({ files }) => ({ date: files.team.date }),
    },
    hidden: {
      other: ({ files }) => [files.other.open.encounterId], restricted: ({ files }) => [files.restricted.open.encounterId],
      // The visit is one of the day; that something was written in it is not for others.
      psychotherapy: ({ notes }) => [`"encounterId":"${notes.psychotherapy.encounterId}","vitalsAt":null,"noteStatus":"draft"`],
    },
  },
  'encounters.open': { input: ofFile(({ arrived }) => ({ appointmentId: arrived.id })) },
  'encounters.recordVitals': { input: ofFile(({ open }) => ({ encounterId: open.encounterId, values: [{ kind: 'pulse', value: 72 }] })) },
  'encounters.correctVital': { input: ofFile(({ facts }, { newId }) => ({ id: newId(), observationId: facts.vital, value: 90 })) },
  'encounters.markObservationInError': fact('vital'),
  'encounters.saveDraft': {
    input: { ...each(begun), team: draft(own), colleague: draft(({ notes }) => notes.colleague), sensitive: draft(({ notes }) => notes.sensitive), psychotherapy: draft(({ notes }) => notes.psychotherapy) },
  },
  'encounters.keepCopy': {
    input: {
      ...each(({ open }, { newId }) => ({ id: newId(), noteId: open.noteId, ...words })), team: copy((scene, caller) => own(scene, caller).noteId), colleague: copy(({ notes }) => notes.colleague.noteId),
      psychotherapy: copy(({ notes }) => notes.psychotherapy.noteId),
    },
    ...noteGone,
  },
  'encounters.settleCopy': {
    input: {
      ...each(({ open }) => ({ id: open.copyId })), team: (scene, caller) => ({ id: own(scene, caller).copyId }), colleague: ({ notes }) => ({ id: notes.colleague.copyId }),
      psychotherapy: ({ notes }) => ({ id: notes.psychotherapy.copyId }),
    },
    denials: { psychotherapy: 'NOT_THE_AUTHOR' },
  },
  'encounters.sign': {
    input: {
      ...each(({ signable }) => ({ noteId: signable.noteId, revision: 1 })), sensitive: ({ notes }) => ({ noteId: notes.sensitive.noteId, revision: 1 }),
      psychotherapy: ({ notes }) => ({ noteId: notes.psychotherapy.noteId, revision: 1 }),
    },
    ...noteGone,
  },
  'encounters.addAddendum': {
    input: {
      ...each(({ billed }, { newId }) => ({ id: newId(), noteId: billed.noteId, text: 'Called back, better.' })), team: addendum(({ notes }, caller) => notes[caller === Role.nurse ? 'nurse' : 'doctor'].signedId),
      colleague: addendum(({ notes }) => notes.colleague.signedId), sensitive: addendum(({ notes }) => notes.sensitive.signedId), psychotherapy: addendum(({ notes }) => notes.psychotherapy.noteId),
    },
    ...noteGone,
  },
  'encounters.addDiagnosis': { input: ofFile(({ open }, { newId }) => ({ id: newId(), encounterId: open.encounterId, concept: concept('Cough') })) },
  'encounters.removeDiagnosis': { input: ofFile(({ open }) => ({ id: open.diagnosisId })) },
  'encounters.rankDiagnosis': { input: ofFile(({ open }) => ({ id: open.diagnosisId, rank: 1 })) },
  'encounters.addProblem': { input: ofFile(({ patientId }, { newId }) => ({ id: newId(), patientId, concept: concept('Asthma') })), ...gone },
  'encounters.resolveProblem': fact('activeProblem', { resolvedOn: '2026-11-17' }),
  'encounters.reopenProblem': fact('resolvedProblem'),
  'encounters.markProblemInError': fact('activeProblem'),
  'encounters.addAllergy': { input: ofFile(({ patientId }, { newId }) => ({ id: newId(), patientId, concept: concept('Latex'), reaction: null, severity: 'mild' })), ...gone },
  'encounters.markAllergyInError': fact('allergy'),
  'encounters.recordNoKnownAllergies': {
    input: { ...ofFile(({ blankPatientId }, { newId }) => ({ id: newId(), patientId: blankPatientId })), own: ({ files, newId }) => ({ id: newId(), patientId: files.own.patientId }) }, ...gone,
  },
  'encounters.addMedication': { input: ofFile(({ patientId }, { newId }) => ({ id: newId(), patientId, concept: concept('Metformin 500 mg'), sig: null })), ...gone },
  'encounters.stopMedication': fact('takenMedication', { endedOn: '2026-11-17' }),
  'encounters.resumeMedication': fact('stoppedMedication'),
  'encounters.markMedicationInError': fact('takenMedication'),
}
