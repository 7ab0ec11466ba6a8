import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'

/** FHIR R4 Encounter.status, the part a clinic walks through. */
export const encounterStatuses = ['in-progress', 'finished', 'cancelled'] as const
export const noteStatuses = ['draft', 'signed'] as const
/**
 * Sensitive: the author reads it, the rest of the team knows that it is there. Psychotherapy (45 CFR 164.501): kept apart
 * from the record and encrypted to its author; for everybody else it is not there.
 */
export const noteSensitivities = ['normal', 'sensitive', 'psychotherapy'] as const
export type NoteSensitivity = (typeof noteSensitivities)[number]
/** Who can open the key of a psychotherapy note. */
export const noteKeyRecipients = ['author', 'recovery'] as const
export type NoteKeyRecipient = (typeof noteKeyRecipients)[number]
export const problemStatuses = ['active', 'resolved'] as const
export const allergySeverities = ['mild', 'moderate', 'severe', 'unknown'] as const
export const observationCategories = ['vital-signs', 'laboratory', 'social-history', 'survey', 'other'] as const
export const codeSystems = ['icd10cm', 'snomed', 'rxnorm', 'loinc', 'cvx', 'hcpcs', 'local'] as const

const text = z.string().max(limits.text_chars)
const section = z.string().max(limits.note_section_chars)

/** A concept as it was recorded: the code of its system when there is one, always the words. */
export const Concept = z.strictObject({ system: z.enum(codeSystems).nullable(), code: z.string().max(40).nullable(), label: z.string().min(1).max(limits.line_chars * 2) })
export type Concept = z.infer<typeof Concept>

export const Encounter = z.object({
  id: Id,
  patientId: Id,
  appointmentId: Id.nullable(),
  providerId: Id.nullable(),
  status: z.enum(encounterStatuses),
  reason: z.string().max(limits.line_chars).nullable(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
})
export type Encounter = z.infer<typeof Encounter>

export const NoteSections = z.object({ subjective: section, objective: section, assessment: section, plan: section })
export type NoteSections = z.infer<typeof NoteSections>

export const noteSections = ['subjective', 'objective', 'assessment', 'plan'] as const
export type NoteSection = (typeof noteSections)[number]

/** Where the author's cursor stood at the last save, so that another window goes on at the same letter. */
export const NoteCursor = z.strictObject({ section: z.enum(noteSections), offset: z.int().min(0) })
export type NoteCursor = z.infer<typeof NoteCursor>

export const TextHash = z.string().regex(/^[0-9a-f]{64}$/)

export const ClinicalNote = NoteSections.extend({
  id: Id,
  encounterId: Id,
  patientId: Id,
  authorId: Id,
  status: z.enum(noteStatuses),
  /** Counts the saves of the draft; the caller names the one it started from. */
  revision: z.int(),
  /** Names the words that stand here, whichever machine counts its saves how. */
  textHash: TextHash,
  savedAt: Instant,
  cursor: NoteCursor.nullable(),
  signedAt: Instant.nullable(),
  signedBy: Id.nullable(),
  sensitivity: z.enum(noteSensitivities),
  /** The text is not for whoever asks: the sections are empty. */
  isHidden: z.boolean(),
})
export type ClinicalNote = z.infer<typeof ClinicalNote>

/** `textHash`: the words that are signed. A signature that arrives late is for these or for none. */
export const SignInput = z.strictObject({ noteId: Id, revision: z.int(), textHash: TextHash.nullable().default(null) })
export type SignInput = z.infer<typeof SignInput>

export const Addendum = z.object({ id: Id, noteId: Id, authorId: Id, text: text.min(1), addedAt: Instant })
export type Addendum = z.infer<typeof Addendum>

export const Diagnosis = z.object({ id: Id, encounterId: Id, patientId: Id, concept: Concept, rank: z.int() })
export type Diagnosis = z.infer<typeof Diagnosis>

export const Problem = z.object({ id: Id, patientId: Id, concept: Concept, status: z.enum(problemStatuses), onsetOn: PlainDate.nullable(), resolvedOn: PlainDate.nullable(), recordedAt: Instant })
export type Problem = z.infer<typeof Problem>

export const Allergy = z.object({ id: Id, patientId: Id, concept: Concept, reaction: z.string().max(limits.line_chars).nullable(), severity: z.enum(allergySeverities), recordedAt: Instant })
export type Allergy = z.infer<typeof Allergy>

export const MedicationStatement = z.object({ id: Id, patientId: Id, concept: Concept, sig: z.string().max(limits.line_chars).nullable(), startedOn: PlainDate.nullable(), endedOn: PlainDate.nullable(), recordedAt: Instant })
export type MedicationStatement = z.infer<typeof MedicationStatement>

/** A measurement: LOINC code, a number in a UCUM unit, or words. */
export const Observation = z.object({
  id: Id,
  patientId: Id,
  encounterId: Id.nullable(),
  category: z.enum(observationCategories),
  code: z.string().max(20),
  label: z.string().max(limits.line_chars),
  value: z.number().nullable(),
  unit: z.string().max(40).nullable(),
  valueText: z.string().max(limits.text_chars).nullable(),
  observedAt: Instant,
})
export type Observation = z.infer<typeof Observation>
