import type { PatientDocument } from '#shared/domains/patients/model.documents.ts'
import type { Drawer } from '#shared/domains/patients/rules.documents.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const drawers = ['desk', 'chart'] as const
const select = (drawer: Drawer, where: string): string => `select d.id, d.patient_id as patientId, d.coverage_id as coverageId, d.kind, d.title, d.mime, d.byte_size as byteSize, d.sha256, d.parts,
  (select count(*) from ${drawer}_document_parts p where p.document_id = d.id) = d.parts as isWhole, d.added_at as addedAt, s.given_name || ' ' || s.family_name as addedBy, d.in_error_at as inErrorAt, d.in_error_reason as inErrorReason
  from ${drawer}_documents d join user_accounts u on u.id = d.added_by join staff_members s on s.id = u.staff_id where ${where}`

/** Newest first, by the index; exported so that a test asks the plan. */
export const documentsSql = (drawer: Drawer): string => `${select(drawer, 'd.patient_id = :patientId and d.in_error_at is null')} order by d.added_at desc limit ${limits.page_rows}`

const of = <T>(make: (drawer: Drawer) => T): Record<Drawer, T> => ({ desk: make('desk'), chart: make('chart') })
const reads = prepared((db: ReadDb) => ({
  list: of((drawer) => db.$client.prepare(documentsSql(drawer))),
  one: of((drawer) => db.$client.prepare(select(drawer, 'd.id = :id and d.patient_id = :patientId'))),
  owner: of((drawer) => db.$client.prepare(`select patient_id from ${drawer}_documents where id = ?`).pluck()),
  part: of((drawer) => db.$client.prepare(`select p.bytes from ${drawer}_document_parts p join ${drawer}_documents d on d.id = p.document_id where p.document_id = :id and p.part = :part and d.patient_id = :patientId and d.in_error_at is null`).pluck()),
  bytes: of((drawer) => db.$client.prepare(`select bytes from ${drawer}_document_parts where document_id = ? order by part`).pluck()),
}))

type Stored = Omit<PatientDocument, 'isWhole'> & { isWhole: number }
const toDocument = (row: Stored): PatientDocument => ({ ...row, isWhole: row.isWhole === 1 })

/** Where a paper lies and whose it is: an id alone is looked for. */
export function placeOf(db: ReadDb, id: Id): { drawer: Drawer; patientId: Id } | undefined {
  for (const drawer of drawers) {
    const patientId = reads(db).owner[drawer].get(id) as Id | undefined // One column.
    if (patientId !== undefined) return { drawer, patientId }
  }
  return undefined
}

export const documentsOf = (db: ReadDb, { patientId }: OpenedFile, drawer: Drawer): PatientDocument[] => (reads(db).list[drawer].all({ patientId }) as Stored[]).map(toDocument) // The columns of the select.
export function documentById(db: ReadDb, { patientId }: OpenedFile, drawer: Drawer, id: Id): PatientDocument | undefined {
  const row = reads(db).one[drawer].get({ id, patientId }) as Stored | undefined // As above.
  return row && toDocument(row)
}
export const partOf = (db: ReadDb, { patientId }: OpenedFile, drawer: Drawer, id: Id, part: number): Buffer | undefined => reads(db).part[drawer].get({ id, part, patientId }) as Buffer | undefined // One column.

export const bytesOf = (db: ReadDb, drawer: Drawer, id: Id): IterableIterator<Buffer> => reads(db).bytes[drawer].iterate(id) as IterableIterator<Buffer> // One column.

interface NewDocument extends Pick<PatientDocument, 'id' | 'patientId' | 'coverageId' | 'kind' | 'title' | 'mime' | 'byteSize' | 'sha256' | 'parts' | 'addedAt'> { addedById: Id }

export function insertDocument(db: WriteDb, drawer: Drawer, row: NewDocument): void {
  db.$client.prepare(`insert into ${drawer}_documents (id, patient_id, coverage_id, kind, title, mime, byte_size, sha256, parts, added_at, added_by)
    values (:id, :patientId, :coverageId, :kind, :title, :mime, :byteSize, :sha256, :parts, :addedAt, :addedById)`).run(row)
}
export function insertPart(db: WriteDb, drawer: Drawer, id: Id, part: number, bytes: Uint8Array): void {
  db.$client.prepare(`insert into ${drawer}_document_parts (document_id, part, bytes) select ?, ?, ? where not exists (select 1 from ${drawer}_document_parts where document_id = ? and part = ?)`).run(id, part, Buffer.from(bytes), id, part)
}
export function writeTitle(db: WriteDb, drawer: Drawer, id: Id, title: string): void {
  db.$client.prepare(`update ${drawer}_documents set title = ? where id = ?`).run(title, id)
}
export function writeInError(db: WriteDb, drawer: Drawer, id: Id, { at, by, reason }: { at: Instant; by: Id; reason: string }): void {
  db.$client.prepare(`update ${drawer}_documents set in_error_at = ?, in_error_by = ?, in_error_reason = ? where id = ?`).run(at, by, reason, id)
}
