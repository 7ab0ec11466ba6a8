import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant } from '../../kernel/time.ts'

/** What the desk needs: at every machine. */
export const deskKinds = ['card-front', 'card-back', 'identity', 'consent'] as const
/** Part of the chart: only for those who may read it, and only on machines that hold charts. */
export const chartKinds = ['referral', 'outside-record', 'other'] as const
export const documentKinds = [...deskKinds, ...chartKinds] as const
export const DocumentKind = z.enum(documentKinds)
export type DocumentKind = (typeof documentKinds)[number]
export const documentTypes = ['application/pdf', 'image/jpeg', 'image/png'] as const
export type DocumentType = (typeof documentTypes)[number]

export const PatientDocument = z.object({
  id: Id,
  patientId: Id,
  /** Of a card: whose insurance it shows. */
  coverageId: Id.nullable(),
  kind: DocumentKind,
  title: z.string().trim().min(1).max(limits.name_chars),
  mime: z.enum(documentTypes),
  byteSize: z.int(),
  sha256: z.string(),
  parts: z.int(),
  /** All parts are here: until then it is on its way. */
  isWhole: z.boolean(),
  addedAt: Instant,
  addedBy: z.string(),
  inErrorAt: Instant.nullable(),
  inErrorReason: z.string().nullable(),
})
export type PatientDocument = z.infer<typeof PatientDocument>
