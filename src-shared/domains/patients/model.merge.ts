import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { Candidate, PatientRow } from './model.ts'

/** Whose a row was when two charts became one; `after`: it came later. */
export const mergeSides = ['absorbed', 'survivor', 'after'] as const
export type MergeSide = (typeof mergeSides)[number]

/** What hangs on a chart, as people call it. */
export const heldKinds = ['appointments', 'visits', 'notes', 'facts', 'invoices', 'payments', 'insurance', 'contacts', 'documents', 'consents', 'prescriptions', 'tasks', 'other'] as const
export type HeldKind = (typeof heldKinds)[number]
export const Held = z.object({ kind: z.enum(heldKinds), count: z.int() })
export type Held = z.infer<typeof Held>

/** Two who look like one; the smaller id first. */
export const DuplicatePair = Candidate.pick({ score: true, likelihood: true, comparisons: true }).extend({ a: PatientRow, b: PatientRow })
export type DuplicatePair = z.infer<typeof DuplicatePair>

/** One of the two charts beside each other. */
export const ComparedChart = z.object({
  patient: PatientRow,
  /** By the names of the fields; only those that the caller may read. */
  fields: z.record(z.string(), z.string().nullable()),
  held: z.array(Held),
  registeredAt: Instant,
  lastSeenOn: PlainDate.nullable(),
  isMergeBlocked: z.boolean(),
})
export type ComparedChart = z.infer<typeof ComparedChart>

/** Why two charts are not made one. */
export const mergeObstacles = ['same-chart', 'merged-already', 'blocked', 'said-apart', 'restricted', 'two-accounts', 'dates'] as const
export type MergeObstacle = (typeof mergeObstacles)[number]

export const ChartComparison = z.object({
  a: ComparedChart, b: ComparedChart,
  score: z.number(), likelihood: z.enum(['likely', 'possible', 'unlikely']), comparisons: Candidate.shape.comparisons,
  obstacle: z.enum(mergeObstacles).nullable(),
})
export type ChartComparison = z.infer<typeof ChartComparison>

/** Why a merge is not taken back now: it was; a later one of the same chart stands on it; its chart is in another one by now. */
export const unmergeObstacles = ['undone', 'later-first', 'merged-away'] as const
export type UnmergeObstacle = (typeof unmergeObstacles)[number]

export const PatientMerge = z.object({
  id: Id,
  survivorId: Id,
  absorbed: PatientRow,
  mergedAt: Instant,
  mergedBy: z.string(),
  unmergedAt: Instant.nullable(),
  unmergedBy: z.string().nullable(),
  /** Undone: what had come while they were one, and stays here until somebody has looked whose it is. */
  cameAfter: z.array(Held),
})
export type PatientMerge = z.infer<typeof PatientMerge>
