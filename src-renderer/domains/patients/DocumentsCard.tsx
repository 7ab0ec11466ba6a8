import { FileButton, Select } from '@mantine/core'
import { type DragEvent, useState } from 'react'
import { chartKinds, deskKinds, type DocumentKind, type PatientDocument } from '#shared/domains/patients/model.documents.ts'
import { useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { IconCamera, IconUpload } from '#renderer/ui/icons.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { CameraDialog } from './CameraDialog.tsx'
import styles from './Patient.module.css'
import { DocumentDialog } from './DocumentDialog.tsx'
import { useAddDocument } from './useAddDocument.ts'
import { documentWords } from './words.ts'

/** Papers of a patient: dropped here, scanned or chosen. What the desk may not see is not in the list. */
export function DocumentsCard({ patientId }: { patientId: string }) {
  const list = useApiQuery('patients.documents', { patientId })
  const mayWrite = useMay('patient.write')
  const [opened, setOpened] = useState<PatientDocument>()
  return (
    <Card title="Documents" note={list.data && list.data.length > 0 ? String(list.data.length) : undefined} flush>
      <QueryState query={list} what="The documents" />
      {list.data?.length === 0 && <p className={styles['none']}>No papers yet.</p>}
      <ul className={styles['rows']}>
        {list.data?.map((one) => <DocumentLine key={one.id} document={one} onOpen={() => setOpened(one)} />)}
      </ul>
      {mayWrite && <AddDocument patientId={patientId} />}
      {opened && <DocumentDialog document={opened} onClose={() => setOpened(undefined)} />}
    </Card>
  )
}

function DocumentLine({ document, onOpen }: { document: PatientDocument; onOpen: () => void }) {
  const zone = useZone()
  const today = useToday()
  return (
    <li>
      <button type="button" className={styles['rowButton']} onClick={onOpen}>
        <div className={styles['rowText']}>
          <b>{document.title}</b>
          <span>{dateTime(document.addedAt, zone, today)}, {document.addedBy}</span>
        </div>
        {!document.isWhole && <Tag tone="warn">not all here yet</Tag>}
        <Tag>{documentWords[document.kind]}</Tag>
      </button>
    </li>
  )
}

function AddDocument({ patientId }: { patientId: string }) {
  const mayChart = useMay('chart.read')
  const [kind, setKind] = useState<DocumentKind>('identity')
  const [isOver, setOver] = useState(false)
  const { file, progress, problem } = useAddDocument(patientId)
  const kinds = [...deskKinds, ...(mayChart ? chartKinds : [])]
  const [isFilming, setFilming] = useState(false)
  const take = (chosen: Blob | null | undefined) => void file(chosen, { kind, title: documentWords[kind] })
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <div className={styles['drop']} data-over={isOver || undefined} onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <Select label="Kind of paper" allowDeselect={false} data={kinds.map((value) => ({ value, label: documentWords[value] }))} value={kind} onChange={(value) => setKind((value ?? 'identity') as DocumentKind)} /> {/* One of the list's own values. */}
      <FileButton onChange={take} accept="application/pdf,image/jpeg,image/png,image/tiff,.tif,.tiff">
        {({ onClick }) => (
          <ActionButton icon={<IconUpload size={16} stroke={1.7} />} running={progress !== undefined} onClick={onClick}>
            Choose a file
          </ActionButton>
        )}
      </FileButton>
      <ActionButton icon={<IconCamera size={16} stroke={1.7} />} onClick={() => setFilming(true)}>Scan by camera</ActionButton>
      {isFilming && <CameraDialog title={documentWords[kind]} hint="The whole paper, flat and in good light" onTaken={take} onClose={() => setFilming(false)} />}
      <span className={styles['dropHint']} role="status">{progress ? `Part ${progress.done + 1} of ${progress.of}` : 'or drop it here: PDF, JPEG, PNG or TIFF, up to 8 MB'}</span>
      {problem && <Notice tone="bad" title="Not kept.">{problem}</Notice>}
    </div>
  )
}
