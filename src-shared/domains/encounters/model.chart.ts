import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { Patient, PatientSummary } from '../patients/model.ts'
import { appointmentStatuses } from '../scheduling/model.ts'
import {
  Addendum, Allergy, ClinicalNote, Concept, Diagnosis, Encounter, encounterStatuses, MedicationStatement, NoteSections, noteSensitivities, noteStatuses, Observation, Problem,
} from './model.ts'
import { VitalTrend } from './model.vitals.ts'

/** What the screens of a chart read, put together by the core so that a screen asks once. */

export const StaffName = z.object({ id: Id, title: z.string().nullable(), givenName: z.string(), familyName: z.string() })
export type StaffName = z.infer<typeof StaffName>

export const ChartPatient = PatientSummary.extend({ deceasedOn: Patient.shape.deceasedOn, hasPhoto: z.boolean() })
export type ChartPatient = z.infer<typeof ChartPatient>

/** "No known allergies" was asked; an empty list was not. */
const allergyStates = ['listed', 'none-known', 'not-asked'] as const
export const AllergyList = z.object({ state: z.enum(allergyStates), allergies: z.array(Allergy) })
export type AllergyList = z.infer<typeof AllergyList>

export const MeasuredObservation = Observation.extend({ recordedAt: Instant, recordedBy: StaffName.nullable(), enteredInErrorAt: Instant.nullable() })
export type MeasuredObservation = z.infer<typeof MeasuredObservation>

/** Today's visit as the banner shows it. */
export const CurrentVisit = z.object({
  appointmentId: Id,
  appointmentVersion: z.int(),
  status: z.enum(appointmentStatuses),
  startsAt: Instant,
  arrivedAt: Instant.nullable(),
  roomedAt: Instant.nullable(),
  startedAt: Instant.nullable(),
  roomName: z.string().nullable(),
  reason: z.string().nullable(),
  providerId: Id,
  encounterId: Id.nullable(),
})
export type CurrentVisit = z.infer<typeof CurrentVisit>

export const VisitRow = Encounter.pick({ id: true, startedAt: true, finishedAt: true, reason: true }).extend({
  status: z.enum(encounterStatuses),
  place: z.string().nullable(),
  provider: StaffName.nullable(),
})
export type VisitRow = z.infer<typeof VisitRow>

/** A note in a list: its first words, not its text. */
export const NoteRow = z.object({
  id: Id,
  encounterId: Id,
  status: z.enum(noteStatuses),
  reason: z.string().nullable(),
  visitAt: Instant,
  excerpt: z.string(),
  author: StaffName,
  savedAt: Instant,
  signedAt: Instant.nullable(),
  sensitivity: z.enum(noteSensitivities),
  /** The words are not for whoever asks. */
  isHidden: z.boolean(),
})
export type NoteRow = z.infer<typeof NoteRow>

export const ImmunizationRow = z.object({ id: Id, concept: Concept, givenAt: Instant, lot: z.string().nullable(), site: z.string().nullable() })
export type ImmunizationRow = z.infer<typeof ImmunizationRow>
export const ProcedureRow = z.object({ id: Id, concept: Concept, performedAt: Instant })
export type ProcedureRow = z.infer<typeof ProcedureRow>
export const ReportRow = z.object({ id: Id, concept: Concept, issuedAt: Instant, conclusion: z.string().nullable(), results: z.array(Observation) })
export type ReportRow = z.infer<typeof ReportRow>

/** The whole summary in one round trip. Lists hold their first page; the tabs ask for more. */
export const Chart = z.object({
  patient: ChartPatient,
  today: PlainDate,
  visit: CurrentVisit.nullable(),
  allergies: AllergyList,
  problems: z.array(Problem),
  medications: z.array(MedicationStatement),
  vitals: z.array(VitalTrend),
  vitalsBy: StaffName.nullable(),
  lastVisit: VisitRow.extend({ note: NoteRow.nullable() }).nullable(),
  results: z.array(Observation),
  notes: z.array(NoteRow),
  visits: z.array(VisitRow),
  /** Notes of this patient that the person who asks has begun and not signed. */
  drafts: z.array(NoteRow),
  /** The end of the break-glass through which it is read; null for the care team. */
  glassUntil: Instant.nullable(),
})
export type Chart = z.infer<typeof Chart>

export const NoteAddendum = Addendum.extend({ author: StaffName })
export type NoteAddendum = z.infer<typeof NoteAddendum>

/** A draft's text from a window that had an older revision: kept until its author decides. */
export const DraftCopy = NoteSections.extend({ id: Id, noteId: Id, savedAt: Instant })
export type DraftCopy = z.infer<typeof DraftCopy>

export const NoteDetail = ClinicalNote.extend({ author: StaffName, signer: StaffName.nullable(), addenda: z.array(NoteAddendum), copies: z.array(DraftCopy) })
export type NoteDetail = z.infer<typeof NoteDetail>

/** One visit with all that was recorded in it, and what the note's author needs beside it. */
export const Visit = z.object({
  encounter: Encounter,
  visit: CurrentVisit.nullable(),
  provider: StaffName.nullable(),
  patient: ChartPatient,
  today: PlainDate,
  allergies: AllergyList,
  problems: z.array(Problem),
  medications: z.array(MedicationStatement),
  /** Also those marked as entered in error, so that a signed note still shows what it was signed with. */
  observations: z.array(MeasuredObservation),
  diagnoses: z.array(Diagnosis),
  notes: z.array(NoteDetail),
  glassUntil: Instant.nullable(),
})
export type Visit = z.infer<typeof Visit>

export const DraftRow = NoteRow.extend({ patient: PatientSummary })
export type DraftRow = z.infer<typeof DraftRow>

/** What the day's boards add to an appointment for people who may see the chart. */
export const DayFact = z.object({ appointmentId: Id, encounterId: Id, vitalsAt: Instant.nullable(), noteStatus: z.enum(noteStatuses).nullable() })
export type DayFact = z.infer<typeof DayFact>

/** A page begins after the last row seen, named by its time and id: rows of one visit share their time. */
export const PageInput = z.strictObject({ patientId: Id, before: z.strictObject({ at: Instant, id: Id }).nullable().default(null), limit: z.int().min(1).max(limits.page_rows).default(50) })
export type PageInput = z.infer<typeof PageInput>
