import fs from 'node:fs'
import path from 'node:path'
import type { DocumentType } from '#shared/domains/patients/model.documents.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { ActionContext, WriteContext } from '#main/core/rpc/context.ts'
import { recordDisclosure } from '#main/domains/audit/service.ts'
import { bytesOf } from './repository.documents.ts'
import { openDocument, shown } from './service.documents.ts'

// Papers that leave the clinic: printed, or saved to a file. Each is in the list of disclosures.

export function recordDocumentPrint(context: WriteContext, { id, documentId }: { id: Id; documentId: Id }): null {
  const { file } = openDocument(context, documentId)
  disclose(context, id, documentId, file.patientId, 'print')
  return null
}

function disclose(context: WriteContext, id: Id, documentId: Id, patientId: Id, kind: 'print' | 'export'): void {
  recordDisclosure(context, { id, kind, document: 'document', documentId, patientId, recipient: null, purpose: null, rowCount: 1 })
}

const endings: Readonly<Record<DocumentType, string>> = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' }

/** Written beside its name first, so that a file that is there is whole; the log has it before anybody can take it along. */
export function saveDocument({ core, read, transact }: ActionContext, { id, documentId, folder }: { id: Id; documentId: Id; folder: string }): { name: string } {
  const { bytes, mime } = read((context) => {
    const { drawer, file } = openDocument(context, documentId)
    const document = shown(context, file, drawer, documentId)
    if (!document.isWhole || document.inErrorAt !== null) throw refuse('DOCUMENT_DAMAGED')
    return { mime: document.mime, bytes: Buffer.concat([...bytesOf(context.db, drawer, documentId)]) }
  })
  const target = freeName(folder, core.platform.now(), endings[mime])
  const beside = `${target}.partial`
  try {
    writable(() => fs.writeFileSync(beside, bytes, { flag: 'wx', mode: 0o600 }))
    transact('document.saved', (context) => disclose(context, id, documentId, openDocument(context, documentId).file.patientId, 'export'))
    writable(() => fs.renameSync(beside, target))
  } finally {
    fs.rmSync(beside, { force: true })
  }
  return { name: path.basename(target) }
}

/** "cairn-document-20261117-150000.pdf": when, and nothing about whom. */
function freeName(folder: string, now: string, ending: string): string {
  if (!path.isAbsolute(folder) || !fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw refuse('FOLDER_NOT_WRITABLE')
  const name = `cairn-document-${now.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`
  for (let copy = 1; ; copy += 1) {
    const file = path.join(folder, `${copy === 1 ? name : `${name}-${copy}`}.${ending}`)
    if (!fs.existsSync(file) && !fs.existsSync(`${file}.partial`)) return file
  }
}

function writable<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === undefined) throw error
    throw refuse(code === 'ENOSPC' || code === 'EDQUOT' ? CommonError.DISK_FULL : 'FOLDER_NOT_WRITABLE')
  }
}
