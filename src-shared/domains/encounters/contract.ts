import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { PlainDate } from '../../kernel/time.ts'
import { command, query } from '../../rpc/define.ts'
import {
  Addendum, Allergy, allergySeverities, ClinicalNote, Concept, Diagnosis, Encounter, MedicationStatement, NoteCursor, NoteSections, noteSensitivities, Observation, observationCategories, Problem, SignInput, TextHash,
} from './model.ts'
import { AllergyList, Chart, DayFact, DraftCopy, DraftRow, ImmunizationRow, MeasuredObservation, NoteRow, PageInput, ProcedureRow, ReportRow, Visit, VisitRow } from './model.chart.ts'
import { vitalKinds, VitalValue } from './model.vitals.ts'
import { SignProblem } from './rules.ts'

const scope = 'clinical' as const
const topics = ['encounters'] as const
/** A draft is saved each second: only what shows its words asks again, not every open day and flow board. */
const drafting = ['notes'] as const
/** Whatever of a chart is looked at is the same look: one event for a session and patient. */
const read = { can: 'chart.open', scope, topics, audit: 'chart.opened' } as const
/** Each day's own work with charts. */
const daily = { can: 'chart.read', scope } as const
const line = z.string().trim().max(limits.line_chars).nullable()
const ofPatient = { id: Id, patientId: Id }
/** Nothing of that id, or nothing that this person may touch. */
const listed = { ALREADY_LISTED: z.object({ id: Id }) }
const patientErrors = { PATIENT_NOT_FOUND: z.undefined() }
const inError = { ALREADY_IN_ERROR: z.undefined() }
/** Somebody else has ended it on another day. */
const resolvedErrors = { ...inError, ALREADY_RESOLVED: z.object({ resolvedOn: PlainDate.nullable() }) }
const stoppedErrors = { ...inError, ALREADY_STOPPED: z.object({ endedOn: PlainDate }) }
const implausible = { VALUE_NOT_PLAUSIBLE: z.object({ kind: z.enum(vitalKinds), problem: z.string() }) }

const sealErrors = {
  /** This session holds no key for psychotherapy notes: signing in once more gives it. */
  NO_NOTE_KEY: z.undefined(),
}

const ofNote = z.object({ noteId: Id, encounterId: Id })
const noteErrors = {
  ...sealErrors,
  NOTE_NOT_FOUND: z.undefined(),
  /** Only its author changes a draft. */
  NOT_THE_AUTHOR: z.undefined(),
  /** It is signed: what comes later is an addendum. */
  NOTE_IS_SIGNED: z.undefined(),
  /** Another window saved a newer draft. `noteId` and `revision` are the ones that stand. */
  STALE: z.object({ noteId: Id, revision: z.int() }),
  /** Written on two machines that did not know of each other: both texts are kept, and their author puts them together. */
  NOTE_TWO_VERSIONS: ofNote,
  /** Another machine signed it meanwhile: what was written here is kept beside it and becomes an addendum. */
  NOTE_SIGNED_MEANWHILE: ofNote,
}

/** `parent`: the `textHash` of what the text was written on; null for the first save of a note. */
export const SaveDraftInput = z.strictObject({ id: Id, encounterId: Id, revision: z.int().min(0), parent: TextHash.nullable().default(null), ...NoteSections.shape, cursor: NoteCursor.nullable().default(null), sensitivity: z.enum(noteSensitivities).default('normal') })
export type SaveDraftInput = z.infer<typeof SaveDraftInput>

export const RecordVitalsInput = z.strictObject({ encounterId: Id, values: z.array(VitalValue).min(1).max(vitalKinds.length) })
export type RecordVitalsInput = z.infer<typeof RecordVitalsInput>

export const AddProblemInput = z.strictObject({ ...ofPatient, concept: Concept, onsetOn: PlainDate.nullable().default(null) })
export type AddProblemInput = z.infer<typeof AddProblemInput>

export const AddAllergyInput = z.strictObject({ ...ofPatient, concept: Concept, reaction: line, severity: z.enum(allergySeverities) })
export type AddAllergyInput = z.infer<typeof AddAllergyInput>

export const AddMedicationInput = z.strictObject({ ...ofPatient, concept: Concept, sig: line, startedOn: PlainDate.nullable().default(null) })
export type AddMedicationInput = z.infer<typeof AddMedicationInput>

export const AddDiagnosisInput = z.strictObject({ id: Id, encounterId: Id, concept: Concept, alsoProblem: z.boolean().default(false) })
export type AddDiagnosisInput = z.infer<typeof AddDiagnosisInput>

export const ListObservationsInput = PageInput.extend({ category: z.enum(observationCategories), code: z.string().max(20).nullable().default(null) })
export type ListObservationsInput = z.infer<typeof ListObservationsInput>

const visitErrors = {
  /** Cancelled or missed: nobody was seen. */
  VISIT_NOT_OPEN: z.undefined(),
}
const finishedErrors = { VISIT_FINISHED: z.undefined() }

export const encounters = {
  /** The whole summary; looking at it is an event of its own in the activity log. */
  openChart: query({ ...read, topics: ['encounters', 'patients', 'scheduling'], input: z.strictObject({ patientId: Id }), output: Chart }),
  encounter: query({ ...read, topics: ['encounters', 'notes', 'patients', 'scheduling'], input: z.strictObject({ id: Id }), output: Visit }),
  listNotes: query({ ...read, topics: ['encounters', 'notes'], input: PageInput, output: z.array(NoteRow) }),
  listObservations: query({ ...read, input: ListObservationsInput, output: z.array(MeasuredObservation) }),
  listVisits: query({ ...read, input: PageInput, output: z.array(VisitRow) }),
  listProblems: query({ ...read, can: 'chart.minimum', input: z.strictObject({ patientId: Id }), output: z.array(Problem) }),
  listMedications: query({ ...read, input: z.strictObject({ patientId: Id }), output: z.array(MedicationStatement) }),
  listAllergies: query({ ...read, can: 'chart.minimum', input: z.strictObject({ patientId: Id }), output: AllergyList }),
  listImmunizations: query({ ...read, input: PageInput, output: z.array(ImmunizationRow) }),
  listProcedures: query({ ...read, input: PageInput, output: z.array(ProcedureRow) }),
  listReports: query({ ...read, input: PageInput, output: z.array(ReportRow) }),
  /** My notes that wait for a signature, oldest first. */
  myDrafts: query({ ...daily, audit: 'note.drafts-listed', topics: ['encounters', 'notes'], input: z.strictObject({}), output: z.array(DraftRow) }),
  listDayFacts: query({ ...daily, audit: 'chart.day-facts', topics: ['encounters', 'scheduling'], input: z.strictObject({ date: PlainDate }), output: z.array(DayFact) }),

  /** Opens the visit of an appointment, or gives the one that is open already. A doctor who opens it has begun it. */
  open: command({
    conflict: 'insert', can: 'vitals.write', scope, audit: 'encounter.opened', topics: ['encounters', 'scheduling'],
    input: z.strictObject({ appointmentId: Id }), output: Encounter, errors: visitErrors,
  }),
  recordVitals: command({ conflict: 'insert', can: 'vitals.write', scope, audit: 'vitals.recorded', topics, input: RecordVitalsInput, output: z.array(Observation), errors: implausible }),
  /** The value that should have been: a new row, and the old one is marked as entered in error. */
  correctVital: command({
    conflict: 'from-state', can: 'vitals.write', scope, audit: 'vitals.corrected', topics, input: z.strictObject({ id: Id, observationId: Id, value: VitalValue.shape.value }), output: Observation,
    errors: { ...implausible, ...inError, NOT_A_VITAL: z.undefined() },
  }),
  markObservationInError: command({ conflict: 'from-state', can: 'vitals.write', scope, audit: 'observation.in-error', topics, input: z.strictObject({ id: Id }), output: Observation, errors: inError }),

  saveDraft: command({ conflict: 'append-only', can: 'note.write', scope, audit: 'note.saved', topics: drafting, input: SaveDraftInput, output: ClinicalNote, errors: noteErrors }),
  /** Keeps the text of a window that was behind, until its author has decided (`settleCopy`). */
  keepCopy: command({
    conflict: 'append-only', can: 'note.write', scope, audit: 'note.copy-kept', topics: drafting, input: z.strictObject({ id: Id, noteId: Id, ...NoteSections.shape }), output: DraftCopy, errors: noteErrors,
  }),
  settleCopy: command({ conflict: 'append-only', can: 'note.write', scope, audit: 'note.copy-settled', topics: drafting, input: z.strictObject({ id: Id }), output: z.null(), errors: noteErrors }),
  sign: command({
    conflict: 'append-only', can: 'note.sign', fresh: 'full', scope, audit: 'note.signed', topics: ['encounters', 'scheduling'], input: SignInput, output: ClinicalNote,
    errors: { ...noteErrors, CANNOT_SIGN: z.object({ problems: z.array(z.enum(SignProblem)) }) },
  }),
  addAddendum: command({
    conflict: 'append-only', can: 'note.write', scope, audit: 'note.addendum', topics, input: z.strictObject({ id: Id, noteId: Id, text: z.string().trim().min(1).max(limits.text_chars) }), output: Addendum,
    errors: { NOTE_NOT_FOUND: z.undefined(), NOTE_NOT_SIGNED: z.undefined(), NOT_THE_AUTHOR: z.undefined(), ...sealErrors },
  }),

  addDiagnosis: command({ conflict: 'insert', can: 'note.sign', scope, audit: 'diagnosis.added', topics, input: AddDiagnosisInput, output: Diagnosis, errors: { ...listed, ...finishedErrors } }),
  removeDiagnosis: command({ conflict: 'from-state', can: 'note.sign', scope, audit: 'diagnosis.removed', topics, input: z.strictObject({ id: Id }), output: Diagnosis, errors: { ...inError, ...finishedErrors } }),
  /** The first diagnosis is the main one. */
  rankDiagnosis: command({
    conflict: 'from-state', can: 'note.sign', scope, audit: 'diagnosis.ranked', topics, input: z.strictObject({ id: Id, rank: z.int().min(1).max(50) }), output: z.array(Diagnosis),
    errors: { ...inError, ...finishedErrors },
  }),

  addProblem: command({ conflict: 'insert', can: 'problem.write', scope, audit: 'problem.added', topics, input: AddProblemInput, output: Problem, errors: { ...listed, ...patientErrors } }),
  resolveProblem: command({ conflict: 'from-state', can: 'problem.write', scope, audit: 'problem.resolved', topics, input: z.strictObject({ id: Id, resolvedOn: PlainDate }), output: Problem, errors: resolvedErrors }),
  reopenProblem: command({ conflict: 'from-state', can: 'problem.write', scope, audit: 'problem.reopened', topics, input: z.strictObject({ id: Id }), output: Problem, errors: inError }),
  markProblemInError: command({ conflict: 'from-state', can: 'problem.write', scope, audit: 'problem.in-error', topics, input: z.strictObject({ id: Id }), output: Problem, errors: inError }),

  addAllergy: command({ conflict: 'insert', can: 'allergy.write', scope, audit: 'allergy.added', topics, input: AddAllergyInput, output: Allergy, errors: { ...listed, ...patientErrors } }),
  markAllergyInError: command({ conflict: 'from-state', can: 'allergy.write', scope, audit: 'allergy.in-error', topics, input: z.strictObject({ id: Id }), output: Allergy, errors: inError }),
  recordNoKnownAllergies: command({
    conflict: 'insert', can: 'allergy.write', scope, audit: 'allergy.none-known', topics, input: z.strictObject(ofPatient), output: AllergyList,
    errors: { ...patientErrors, ALLERGIES_LISTED: z.undefined() },
  }),

  addMedication: command({ conflict: 'insert', can: 'medication.write', scope, audit: 'medication.added', topics, input: AddMedicationInput, output: MedicationStatement, errors: { ...listed, ...patientErrors } }),
  stopMedication: command({ conflict: 'from-state', can: 'medication.write', scope, audit: 'medication.stopped', topics, input: z.strictObject({ id: Id, endedOn: PlainDate }), output: MedicationStatement, errors: stoppedErrors }),
  /** Takes a stop back (undo). */
  resumeMedication: command({ conflict: 'from-state', can: 'medication.write', scope, audit: 'medication.resumed', topics, input: z.strictObject({ id: Id }), output: MedicationStatement, errors: inError }),
  markMedicationInError: command({ conflict: 'from-state', can: 'medication.write', scope, audit: 'medication.in-error', topics, input: z.strictObject({ id: Id }), output: MedicationStatement, errors: inError }),
}

