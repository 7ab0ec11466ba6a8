import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { action, command, query } from '../../rpc/define.ts'
import { DocumentKind, PatientDocument } from './model.documents.ts'

const topics = ['patients'] as const
const part = z.base64().max(Math.ceil(limits.document_part_bytes / 3) * 4)
const title = PatientDocument.shape.title
const errors = {
  /** Neither PDF nor JPEG nor PNG, whatever its name says. */
  DOCUMENT_NOT_READABLE: z.undefined(),
  DOCUMENT_TOO_LARGE: z.object({ bytesMax: z.int() }),
  /** What came is not what was announced; nothing of it is shown. */
  DOCUMENT_DAMAGED: z.undefined(),
}

export const AddDocumentInput = z.strictObject({
  id: Id, patientId: Id, coverageId: Id.nullable().default(null), kind: DocumentKind, title, byteSize: z.int().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** The first part, by whose first bytes the type is told. */
  data: part,
})
export type AddDocumentInput = z.infer<typeof AddDocumentInput>

/** Papers of a patient. They travel in parts, so that none holds up what else has to be said between the machines. */
export const documents = {
  /** Of the chart's kinds nothing for those who may not read the chart. */
  documents: query({ can: 'patient.details', topics, input: z.strictObject({ patientId: Id }), output: z.array(PatientDocument).max(limits.page_rows * 2) }),
  documentPart: query({ can: 'patient.details', audit: 'document.opened', topics, input: z.strictObject({ id: Id, part: z.int().min(0) }), output: z.object({ data: z.base64() }) }),
  addDocument: command({ conflict: 'insert', can: 'patient.write', audit: 'document.added', topics, input: AddDocumentInput, output: PatientDocument, errors }),
  addDocumentPart: command({ conflict: 'insert', can: 'patient.write', audit: 'document.part-added', topics, input: z.strictObject({ id: Id, part: z.int().min(1), data: part }), output: PatientDocument, errors }),
  /** On paper: it leaves the clinic, so it is a disclosure (45 CFR 164.528). `id`: of this print. */
  recordDocumentPrint: command({ conflict: 'insert', can: 'patient.details', audit: 'document.printed', topics: ['audit'], input: z.strictObject({ id: Id, documentId: Id }), output: z.null() }),
  /** To the bit, into a folder that the person chose, under a name that says nothing of anybody. `id`: of this disclosure. */
  saveDocument: action({
    can: 'patient.details', topics: ['audit'], input: z.strictObject({ id: Id, documentId: Id, folder: z.string().min(1).max(4_096) }), output: z.object({ name: z.string() }),
    errors: { FOLDER_NOT_WRITABLE: z.undefined(), DOCUMENT_DAMAGED: z.undefined() },
  }),
  renameDocument: command({ conflict: 'field-merge', can: 'patient.write', audit: 'document.renamed', topics, input: z.strictObject({ id: Id, title }), output: PatientDocument }),
  /** It is not shown any more, and kept with the reason. */
  markDocumentInError: command({ conflict: 'from-state', can: 'patient.write', audit: 'document.entered-in-error', topics, input: z.strictObject({ id: Id, reason: z.string().trim().min(1).max(limits.line_chars) }), output: z.null() }),
}
