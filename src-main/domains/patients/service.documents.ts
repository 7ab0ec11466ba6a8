import { createHash } from 'node:crypto'
import { can } from '#shared/access/permissions.ts'
import type { AddDocumentInput } from '#shared/domains/patients/contract.documents.ts'
import type { PatientDocument } from '#shared/domains/patients/model.documents.ts'
import { documentTypeOf, drawerOf, partsOf, type Drawer } from '#shared/domains/patients/rules.documents.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { CommonError, refuse, Refusal } from '#shared/rpc/errors.ts'
import { openChart, openFile, type OpenedFile } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.documents.ts'
import { patientOfCoverage } from './repository.ts'

type Context = ReadContext | WriteContext

export function documentsOf(context: ReadContext, patientId: Id): PatientDocument[] {
  const { db, actor } = context
  const file = openFile(context, patientId)
  const mayReadChart = can(actor, 'chart.read') && isChartOpen(context, patientId)
  return [...repository.documentsOf(db, file, 'desk'), ...(mayReadChart ? repository.documentsOf(db, file, 'chart') : [])].toSorted((a, b) => (a.addedAt < b.addedAt ? 1 : -1))
}

/** A list leaves out what the caller may not see; a paper that is asked for is refused. */
function isChartOpen(context: ReadContext, patientId: Id): boolean {
  try {
    openChart({ ...context, audit: () => undefined }, patientId)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

export function documentPart(context: ReadContext, { id, part }: { id: Id; part: number }): { data: string } {
  const { drawer, file } = openDocument(context, id)
  const bytes = repository.partOf(context.db, file, drawer, id, part)
  if (!bytes) throw refuse(CommonError.NOT_FOUND)
  return { data: bytes.toString('base64') }
}

/** The same paper sent twice is one: the id is the form's. */
export function addDocument(context: WriteContext, input: AddDocumentInput): PatientDocument {
  const { db, now, actor } = context
  const drawer = drawerOf(input.kind)
  const file = openDrawer(context, input.patientId, drawer, { toWrite: true })
  context.audit({ entityId: input.id })
  const known = repository.documentById(db, file, drawer, input.id)
  if (known) return known
  if (input.byteSize > limits.document_bytes) throw refuse('DOCUMENT_TOO_LARGE', { bytesMax: limits.document_bytes })
  // A card shows an insurance of this patient and of nobody else.
  if (input.coverageId !== null && patientOfCoverage(db, input.coverageId) !== file.patientId) throw refuse(CommonError.NOT_FOUND)
  const bytes = Buffer.from(input.data, 'base64')
  const mime = documentTypeOf(bytes)
  if (mime === null) throw refuse('DOCUMENT_NOT_READABLE')
  const { data: _data, ...row } = input
  repository.insertDocument(db, drawer, { ...row, patientId: file.patientId, mime, parts: partsOf(input.byteSize, limits.document_part_bytes), addedAt: now, addedById: actor.userId })
  repository.insertPart(db, drawer, input.id, 0, bytes)
  return checked(context, file, drawer, input.id)
}

export function addDocumentPart(context: WriteContext, { id, part, data }: { id: Id; part: number; data: string }): PatientDocument {
  const { drawer, file } = openDocument(context, id, { toWrite: true })
  const known = shown(context, file, drawer, id)
  if (known.isWhole) return known
  if (part >= known.parts) throw refuse('DOCUMENT_DAMAGED')
  repository.insertPart(context.db, drawer, id, part, Buffer.from(data, 'base64'))
  return checked(context, file, drawer, id)
}

/** With its last part it has to be what was announced, to the bit. */
function checked(context: WriteContext, file: OpenedFile, drawer: Drawer, id: Id): PatientDocument {
  const document = shown(context, file, drawer, id)
  if (document.isWhole && !isAsAnnounced(context, drawer, document)) throw refuse('DOCUMENT_DAMAGED')
  return document
}

function isAsAnnounced({ db }: WriteContext, drawer: Drawer, { id, sha256, byteSize }: PatientDocument): boolean {
  const hash = createHash('sha256')
  let length = 0
  for (const bytes of repository.bytesOf(db, drawer, id)) {
    hash.update(bytes)
    length += bytes.length
  }
  return length === byteSize && hash.digest('hex') === sha256
}

export function renameDocument(context: WriteContext, { id, title }: { id: Id; title: string }): PatientDocument {
  const { drawer, file } = openDocument(context, id, { toWrite: true })
  repository.writeTitle(context.db, drawer, id, title)
  return shown(context, file, drawer, id)
}

export function markDocumentInError(context: WriteContext, { id, reason }: { id: Id; reason: string }): null {
  const { drawer, file } = openDocument(context, id, { toWrite: true })
  if (shown(context, file, drawer, id).inErrorAt === null) repository.writeInError(context.db, drawer, id, { at: context.now, by: context.actor.userId, reason })
  return null
}

/** Whether a signed paper that is named is this patient's. */
export function isConsentPaper({ db }: Context, file: OpenedFile, id: Id): boolean {
  const document = repository.documentById(db, file, 'desk', id)
  return document?.kind === 'consent' && document.inErrorAt === null
}

export function shown({ db }: Pick<Context, 'db'>, file: OpenedFile, drawer: Drawer, id: Id): PatientDocument {
  const document = repository.documentById(db, file, drawer, id)
  assert(document, 'a paper is of the patient whom it names')
  return document
}

export function openDocument(context: Context, id: Id, options: { toWrite?: boolean } = {}): { drawer: Drawer; file: OpenedFile } {
  const place = repository.placeOf(context.db, id)
  const file = openDrawer(context, place?.patientId, place?.drawer ?? 'desk', options)
  assert(place, 'a paper that is nowhere has no patient to open')
  context.audit({ entityId: id })
  return { drawer: place.drawer, file }
}

/** A paper of the chart is read and filed by those who may read the chart. */
function openDrawer(context: Context, patientId: Id | undefined, drawer: Drawer, options: { toWrite?: boolean }): OpenedFile {
  if (drawer === 'desk') return openFile(context, patientId, options)
  if (!can(context.actor, 'chart.read')) throw refuse(CommonError.FORBIDDEN)
  return openChart(context, patientId, options)
}
