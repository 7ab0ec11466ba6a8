import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const auditOutcomes = ['done', 'seen', 'refused'] as const

export const AuditEvent = z.object({
  seq: z.int(),
  at: Instant,
  action: z.string(),
  outcome: z.enum(auditOutcomes),
  actorId: Id.nullable(),
  actorName: z.string().nullable(),
  sessionId: Id.nullable(),
  door: z.string(),
  patientId: Id.nullable(),
  /** Enough to know the patient by: the log itself holds ids only. */
  patientName: z.string().nullable(),
  patientMrn: z.int().nullable(),
  entityId: z.string().nullable(),
  code: z.string().nullable(),
})
export type AuditEvent = z.infer<typeof AuditEvent>
