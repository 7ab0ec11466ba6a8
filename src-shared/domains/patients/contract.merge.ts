import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { command, query } from '../../rpc/define.ts'
import { ChartComparison, DuplicatePair, mergeObstacles, PatientMerge, unmergeObstacles } from './model.merge.ts'
import { DuplicateReason, Patient } from './model.ts'
import { editableFields } from './rules.ts'

const topics = ['patients'] as const
/** A merge moves rows of every domain. */
const everything = ['patients', 'scheduling', 'encounters', 'notes', 'billing', 'access'] as const

export const DuplicateCursor = z.strictObject({ score: z.int(), aId: Id, bId: Id })
export type DuplicateCursor = z.infer<typeof DuplicateCursor>

export const MergeInput = z.strictObject({
  id: Id, survivorId: Id, absorbedId: Id,
  /** The fields of the survivor that take the absorbed chart's value. */
  take: z.array(z.enum(editableFields)).max(editableFields.length).default([]),
})
export type MergeInput = z.infer<typeof MergeInput>

/** Two charts of one person: found, looked at side by side, made one, and made two again. */
export const merging = {
  /** Likeliest first. Of somebody whom the caller may not know no pair is named. */
  duplicates: query({
    can: 'patient.merge', audit: 'patient.compared', topics: ['patients', 'duplicates'], output: z.object({ pairs: z.array(DuplicatePair), next: DuplicateCursor.nullable() }),
    input: z.strictObject({ after: DuplicateCursor.nullable().default(null), limit: z.int().min(1).max(limits.page_rows).default(limits.page_rows) }),
  }),
  /** At most a page full: beyond that there is enough to do. */
  countDuplicates: query({ can: 'patient.merge', topics: ['patients', 'duplicates'], input: z.strictObject({}), output: z.int().max(limits.page_rows) }),
  compareCharts: query({ can: 'patient.merge', audit: 'patient.compared', topics: everything, input: z.strictObject({ aId: Id, bId: Id }), output: ChartComparison }),
  /** The merges of a chart that goes on, newest first. */
  merges: query({ can: 'patient.merge', topics: everything, input: z.strictObject({ patientId: Id }), output: z.array(PatientMerge).max(limits.page_rows) }),
  keepApart: command({
    conflict: 'insert', can: 'patient.merge', audit: 'patient.kept-apart', topics, output: z.null(),
    input: z.strictObject({ aId: Id, bId: Id, reason: z.enum([DuplicateReason.otherPerson, DuplicateReason.twinOrRelative]) }),
  }),
  setMergeBlock: command({
    conflict: 'host-only', offline: false, can: 'patient.merge', audit: 'patient.merge-block-set', topics, output: z.null(), input: z.strictObject({ patientId: Id, isBlocked: z.boolean() }),
  }),
  merge: command({
    conflict: 'host-only', offline: false, can: 'patient.merge', audit: 'patient.merged', topics: everything, input: MergeInput, output: Patient,
    errors: { MERGE_NOT_POSSIBLE: z.object({ why: z.enum(mergeObstacles) }) },
  }),
  /** Both as they were. What came meanwhile stays with the one that went on, and is listed with the merge. */
  unmerge: command({
    conflict: 'host-only', offline: false, can: 'patient.merge', audit: 'patient.unmerged', topics: everything, output: PatientMerge,
    /** `isOtherPerson`: they were never one; the pair is not shown again. */
    input: z.strictObject({ id: Id, isOtherPerson: z.boolean().default(false) }),
    errors: { UNMERGE_NOT_POSSIBLE: z.object({ why: z.enum(unmergeObstacles) }) },
  }),
}
