import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const auditOutcomes = ['done', 'seen', 'refused'] as const
export const disclosureKinds = ['print', 'export', 'share'] as const

export const AuditEvent = z.object({
  seq: z.int(),
  at: Instant,
  action: z.string(),
  outcome: z.enum(auditOutcomes),
  actorId: Id.nullable(),
  actorName: z.string().nullable(),
  /** The roles in effect then; those of today may be others. Null in events older than the chain. */
  roles: z.string().nullable(),
  sessionId: Id.nullable(),
  door: z.string(),
  patientId: Id.nullable(),
  /** Enough to know the patient by: the log itself holds ids only. */
  patientName: z.string().nullable(),
  patientMrn: z.int().nullable(),
  entityId: z.string().nullable(),
  code: z.string().nullable(),
  /** Why, as a code, where it had to be said (break-glass). */
  reason: z.string().nullable(),
  /** How many rows a list showed. */
  itemCount: z.int().nullable(),
})
export type AuditEvent = z.infer<typeof AuditEvent>

/** One person's looks at one chart. */
export const ChartAccess = z.object({
  actorId: Id.nullable(),
  actorName: z.string().nullable(),
  roles: z.string().nullable(),
  /** Opened, changed, printed, refused: how often each. */
  looks: z.int(),
  changes: z.int(),
  refusals: z.int(),
  /** Entries that needed a reason, because the person was not of the care team. */
  brokeGlass: z.int(),
  firstAt: Instant,
  lastAt: Instant,
})
export type ChartAccess = z.infer<typeof ChartAccess>

export const Disclosure = z.object({
  id: Id,
  at: Instant,
  kind: z.enum(disclosureKinds),
  /** What it was: "invoice", "receipt", "audit-log". */
  document: z.string(),
  documentId: z.string().nullable(),
  patientId: Id.nullable(),
  patientName: z.string().nullable(),
  patientMrn: z.int().nullable(),
  actorId: Id,
  actorName: z.string().nullable(),
  recipient: z.string().nullable(),
  purpose: z.string().nullable(),
  rowCount: z.int(),
})
export type Disclosure = z.infer<typeof Disclosure>

/**
 * The first thing that is wrong with the log, with the row's number.
 * - altered: the row is not what was written. missing, inserted, reordered: its neighbours give it away.
 * - truncated: rows at the end are gone (the log, or a signed anchor, once reached further).
 * - anchor: a signed anchor was changed, replaced or removed. anchor-file: anchors.log lacks what was written to it.
 */
export const findingKinds = ['altered', 'missing', 'inserted', 'reordered', 'truncated', 'anchor', 'anchor-file', 'no-chain'] as const
export const Finding = z.object({ kind: z.enum(findingKinds), seq: z.int() })
export type Finding = z.infer<typeof Finding>

export const Verification = z.object({
  at: Instant,
  /** `all`: every row. `tail`: the rows since the last signed anchor, at each start. */
  span: z.enum(['all', 'tail']),
  rows: z.int(),
  finding: Finding.nullable(),
})
export type Verification = z.infer<typeof Verification>

/** Where the log stood at a moment, signed; the fingerprint is short enough for paper. */
export const Anchor = z.object({ seq: z.int(), at: Instant, fingerprint: z.string() })
export type Anchor = z.infer<typeof Anchor>

/** How the log stands: when it was last looked through, and since when. */
export const LogState = z.object({
  events: z.int(),
  oldestAt: Instant.nullable(),
  /** Until when the oldest event is kept at least. */
  keptUntil: Instant.nullable(),
  /** The look at the events since the last anchor, at the start; null while it is under way. */
  tail: Verification.nullable(),
  /** The last time that all of it was verified. */
  full: Verification.extend({ byName: z.string().nullable() }).nullable(),
  anchor: Anchor.nullable(),
})
export type LogState = z.infer<typeof LogState>
