import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { query } from '../../rpc/define.ts'
import { AuditEvent } from './model.ts'

export const AuditListInput = z.strictObject({
  actorId: Id.nullable().default(null),
  patientId: Id.nullable().default(null),
  /** One name ("chart.opened") of those in `actions`. */
  action: z.string().max(80).nullable().default(null),
  /** Newest first; the page after this event. */
  before: z.int().nullable().default(null),
  limit: z.int().min(1).max(limits.page_rows).default(limits.page_rows),
})
export type AuditListInput = z.infer<typeof AuditListInput>

export const AuditPage = z.object({ events: z.array(AuditEvent), next: z.int().nullable() })
export type AuditPage = z.infer<typeof AuditPage>

/** Whatever changes adds a line to the log. */
const everything = ['audit', 'clinic', 'staff', 'session', 'patients', 'scheduling', 'encounters', 'billing', 'codes', 'migration', 'approvals', 'devices'] as const

export const audit = {
  /** Looking into the log is an event of its own. */
  list: query({ can: 'audit.read', scope: 'host', topics: everything, audit: 'audit.read', input: AuditListInput, output: AuditPage }),
  /** The names that occur, to choose from. */
  actions: query({ can: 'audit.read', scope: 'host', topics: ['audit'], input: z.strictObject({}), output: z.array(z.string()) }),
}
