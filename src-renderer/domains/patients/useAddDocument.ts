import { useState } from 'react'
import type { DocumentKind } from '#shared/domains/patients/model.documents.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { partsInBase64, readDocument, sha256Of } from './document-file.ts'

interface About { kind: DocumentKind; title: string; coverageId?: string | null }

/** Files a scan or a file with a patient, part by part; says how far it is and what went wrong. */
export function useAddDocument(patientId: string) {
  const add = useCommand('patients.addDocument')
  const addPart = useCommand('patients.addDocumentPart')
  const [progress, setProgress] = useState<{ done: number; of: number }>()
  const [problem, setProblem] = useState<string>()
  const send = async (bytes: Uint8Array<ArrayBuffer>, about: Required<About>): Promise<void> => {
    const [first = '', ...rest] = partsInBase64(bytes)
    const id = newId()
    setProgress({ done: 0, of: rest.length + 1 })
    await add.run({ id, patientId, ...about, byteSize: bytes.length, sha256: await sha256Of(bytes), data: first })
    for (const [at, data] of rest.entries()) {
      setProgress({ done: at + 1, of: rest.length + 1 })
      await addPart.run({ id, part: at + 1, data })
    }
  }
  const file = async (chosen: Blob | null | undefined, { kind, title, coverageId = null }: About): Promise<void> => {
    if (!chosen || progress) return
    setProblem(undefined)
    try {
      const pages = await readDocument(chosen)
      for (const [at, bytes] of pages.entries()) await send(bytes, { kind, title: at === 0 ? title : `${title}, page ${at + 1}`, coverageId })
    } catch (error) {
      setProblem(errorText(error instanceof Refusal ? error : new Refusal('DOCUMENT_NOT_READABLE')))
    } finally {
      setProgress(undefined)
    }
  }
  return { file, progress, problem }
}
