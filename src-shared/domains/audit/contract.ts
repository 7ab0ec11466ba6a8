import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { PlainDate } from '../../kernel/time.ts'
import { action, query, stream } from '../../rpc/define.ts'
import { AuditEvent, auditOutcomes, ChartAccess, Disclosure, LogState, Verification } from './model.ts'

const filter = {
  actorId: Id.nullable().default(null),
  patientId: Id.nullable().default(null),
  /** One name ("chart.opened") of those in `actions`. */
  action: z.string().max(80).nullable().default(null),
  outcome: z.enum(auditOutcomes).nullable().default(null),
  /** Days on the clinic's calendar, both inclusive. */
  from: PlainDate.nullable().default(null),
  to: PlainDate.nullable().default(null),
  /** A word: the searches that contained it. The log keeps no words, but it can tell whether one is among them. */
  searched: z.string().trim().max(limits.search_chars).nullable().default(null),
}
export const AuditFilter = z.strictObject(filter)
export type AuditFilter = z.infer<typeof AuditFilter>

const paged = {
  /** Newest first; the page after this event. */
  before: z.int().nullable().default(null),
  limit: z.int().min(1).max(limits.page_rows).default(limits.page_rows),
}
export const AuditListInput = z.strictObject({ ...filter, ...paged })
export type AuditListInput = z.infer<typeof AuditListInput>

const { actorId: _whose, ...ownFilter } = filter
export const AuditMineInput = z.strictObject({ ...ownFilter, ...paged })
export type AuditMineInput = z.infer<typeof AuditMineInput>

export const AuditPage = z.object({ events: z.array(AuditEvent), next: z.int().nullable() })
export type AuditPage = z.infer<typeof AuditPage>

export const VerifyEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), done: z.int(), total: z.int() }),
  z.object({ kind: z.literal('done'), verification: Verification }),
])
export type VerifyEvent = z.infer<typeof VerifyEvent>

const line = z.string().trim().min(1).max(limits.line_chars)
export const ExportInput = z.strictObject({
  /** Of the disclosure that it is recorded as. */
  id: Id,
  /** An existing folder that the person chose; the export makes one of its own in it. */
  folder: z.string().min(1).max(4_096),
  ...filter,
  recipient: line,
  purpose: line,
})
export type ExportInput = z.infer<typeof ExportInput>

export const ExportEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), rows: z.int() }),
  /** `name`: of the new folder. */
  z.object({ kind: z.literal('done'), name: z.string(), rows: z.int(), fingerprint: z.string() }),
])
export type ExportEvent = z.infer<typeof ExportEvent>

export const DisclosuresInput = z.strictObject({
  patientId: Id.nullable().default(null),
  /** Newest first; the page after this one. */
  before: z.strictObject({ at: z.string().max(40), id: Id }).nullable().default(null),
  limit: z.int().min(1).max(limits.page_rows).default(limits.page_rows),
})
export type DisclosuresInput = z.infer<typeof DisclosuresInput>

/** Whatever changes adds a line to the log. */
const everything = ['audit', 'clinic', 'staff', 'session', 'patients', 'scheduling', 'encounters', 'billing', 'codes', 'migration', 'approvals', 'devices'] as const
const none = z.strictObject({})

export const audit = {
  /** Looking into the log is an event of its own. */
  list: query({ can: 'audit.read', scope: 'host', topics: everything, audit: 'audit.read', input: AuditListInput, output: AuditPage }),
  /** The names that occur, to choose from. */
  actions: query({ can: 'audit.read', scope: 'host', topics: ['audit'], input: none, output: z.array(z.string()) }),
  /** Everybody's own acts, and nobody else's. */
  mine: query({ can: 'signed-in', scope: 'host', topics: everything, audit: 'audit.own-read', input: AuditMineInput, output: AuditPage }),
  /** Who opened, changed or was refused this chart, how often and when last. */
  chartAccess: query({
    can: 'audit.read', scope: 'host', topics: everything, audit: 'audit.chart-access', input: z.strictObject({ patientId: Id }), output: z.array(ChartAccess),
  }),
  state: action({ can: 'audit.read', scope: 'host', input: none, output: LogState }),
  /** Walks the whole chain and names the first thing that is wrong; can be stopped. */
  verify: stream({ can: 'audit.read', scope: 'host', topics: ['audit'], input: none, output: VerifyEvent }),
  /** The log in a folder, with what is needed to check it anywhere. It leaves the clinic, so it is a disclosure. */
  export: stream({
    can: 'audit.export', fresh: 'recent', scope: 'host', topics: ['audit'], input: ExportInput, output: ExportEvent,
    errors: {
      /** No folder, or nothing may be written there. */
      FOLDER_NOT_WRITABLE: z.undefined(),
      /** No event has these filters together. */
      NOTHING_TO_EXPORT: z.undefined(),
      ID_USED: z.undefined(),
    },
  }),
  /** What left the clinic on paper or as a file (45 CFR 164.528). */
  disclosures: query({
    can: 'audit.read', scope: 'host', topics: ['audit', 'billing'], audit: 'disclosures.read',
    input: DisclosuresInput, output: z.object({ rows: z.array(Disclosure), next: DisclosuresInput.shape.before }),
  }),
}
