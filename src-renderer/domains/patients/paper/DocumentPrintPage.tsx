import { useEffect, useMemo, useState } from 'react'
import type { PatientDocument } from '#shared/domains/patients/model.documents.ts'
import type { Patient } from '#shared/domains/patients/model.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useActor, useNow } from '#renderer/app/actor.tsx'
import { useRouteParam } from '#renderer/app/navigation.ts'
import { PrintPreview } from '#renderer/app/print/PrintPreview.tsx'
import type { PrintDocument } from '#renderer/app/print/Sheets.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { date, listName, mrn, time } from '#renderer/ui/format.ts'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import styles from '../Patient.module.css'
import { Unreadable } from './PdfView.tsx'
import type { OpenPdf } from './pdf-reader.ts'
import { useDocumentBytes } from './useDocumentBytes.ts'
import { usePdf } from './usePdf.ts'

/** A paper of a patient on sheets of the clinic's own, a page on each. */
export function DocumentPrintPage() {
  const [patientId, documentId] = [useRouteParam('patientId'), useRouteParam('documentId')]
  const patient = useApiQuery('patients.get', { id: patientId })
  const documents = useApiQuery('patients.documents', { patientId })
  const found = documents.data?.find((one) => one.id === documentId)
  if (!patient.data || !documents.data) return <QueryState query={patient.isPending ? patient : documents} what="The document" />
  if (!found?.isWhole) return <EmptyState title="This paper is not here">It was taken away, or not all of it has come yet.</EmptyState>
  return <Pages document={found} patient={patient.data.patient} />
}

interface PagesProps { document: PatientDocument; patient: Patient }

function Pages(props: PagesProps) {
  const bytes = useDocumentBytes(props.document)
  if (!bytes.data) return <QueryState query={bytes} what="The paper" />
  return props.document.mime === 'application/pdf' ? <PdfPages {...props} bytes={bytes.data} /> : <PicturePage {...props} bytes={bytes.data} />
}

function PdfPages({ bytes, ...props }: PagesProps & { bytes: Uint8Array }) {
  const state = usePdf(bytes)
  const pictures = usePagePictures(state.kind === 'open' ? state.pdf : undefined)
  if (state.kind === 'unreadable' || pictures === 'unreadable') return <Unreadable />
  return pictures === undefined ? <p role="status">Drawing the pages…</p> : <Preview {...props} pictures={pictures} />
}

/** The dots of a good printer on the width of a sheet. */
const PRINTED_WIDTH = 1_700

/** One after the other, so that one page's memory is free before the next one's is taken. */
function usePagePictures(pdf: OpenPdf | undefined): readonly string[] | 'unreadable' | undefined {
  const [pictures, setPictures] = useState<readonly string[] | 'unreadable'>()
  useEffect(() => {
    if (!pdf) return undefined
    let isCurrent = true
    const made: string[] = []
    const drawAll = async (): Promise<void> => {
      const canvas = document.createElement('canvas')
      for (let page = 1; page <= pdf.pages && isCurrent; page += 1) {
        await pdf.draw(page, canvas, PRINTED_WIDTH)
        const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9))
        if (blob) made.push(URL.createObjectURL(blob))
      }
      if (isCurrent) setPictures(made)
    }
    void drawAll().catch(() => isCurrent && setPictures('unreadable'))
    return () => {
      isCurrent = false
      for (const address of made) URL.revokeObjectURL(address)
    }
  }, [pdf])
  return pictures
}

function PicturePage({ bytes, ...props }: PagesProps & { bytes: Uint8Array<ArrayBuffer> }) {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type: props.document.mime }))
    queueMicrotask(() => setAddress(made))
    return () => URL.revokeObjectURL(made)
  }, [bytes, props.document.mime])
  return address === undefined ? null : <Preview {...props} pictures={[address]} />
}

function Preview({ document, patient, pictures }: PagesProps & { pictures: readonly string[] }) {
  const { clinic, name } = useActor()
  const now = useNow()
  const record = useCommand('patients.recordDocumentPrint')
  const page = useMemo((): PrintDocument => ({
    clinic, title: document.title, subtitle: `Filed ${date(dateInZone(document.addedAt, clinic.timeZone))}`, foot: `${listName(patient)} · MRN ${mrn(patient.mrn)}`,
    printed: `Printed ${date(dateInZone(now, clinic.timeZone))} ${time(now, clinic.timeZone)} by ${name}`,
    blocks: pictures.map((address, at) => ({ key: String(at), node: <img className={styles['printedPage']} src={address} alt={`Page ${at + 1}`} /> })),
  }), [clinic, document, patient, pictures, now, name])
  return <PrintPreview documents={[page]} fileName={`Document ${mrn(patient.mrn)}`} onPrinted={() => void record.run({ id: newId(), documentId: document.id }).catch(() => undefined)} />
}
