import { FileButton } from '@mantine/core'
import { useState } from 'react'
import type { Coverage } from '#shared/domains/patients/model.ts'
import { useMay } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { IconCamera } from '#renderer/ui/icons.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { CameraDialog } from './CameraDialog.tsx'
import { DocumentDialog } from './DocumentDialog.tsx'
import styles from './Patient.module.css'
import { useAddDocument } from './useAddDocument.ts'
import { documentWords } from './words.ts'

const sides = ['card-front', 'card-back'] as const

/** Both sides of the card of one insurance: looked at, or added from a scan or a picture. */
export function CardScan({ coverage: { id, patientId } }: { coverage: Coverage }) {
  const mayWrite = useMay('patient.write')
  const list = useApiQuery('patients.documents', { patientId })
  const { file, progress, problem } = useAddDocument(patientId)
  const [filming, setFilming] = useState<(typeof sides)[number]>()
  const [openedId, setOpenedId] = useState<string>()
  const cards = list.data?.filter((one) => one.coverageId === id) ?? []
  const opened = cards.find((one) => one.id === openedId)
  return (
    <span className={styles['cardScan']}>
      {sides.map((kind) => {
        const card = cards.find((one) => one.kind === kind)
        const word = kind === 'card-front' ? 'front' : 'back'
        if (card) return <ActionButton key={kind} variant="subtle" size="compact-xs" onClick={() => setOpenedId(card.id)}>Card, {word}</ActionButton>
        return mayWrite && (
          <span key={kind} className={styles['cardSide']}>
            <FileButton onChange={(chosen) => void file(chosen, { kind, title: documentWords[kind], coverageId: id })} accept="application/pdf,image/jpeg,image/png,image/tiff,.tif,.tiff">
              {({ onClick }) => <ActionButton variant="subtle" size="compact-xs" running={progress !== undefined} onClick={onClick}>Add card, {word}</ActionButton>}
            </FileButton>
            <IconButton size="small" label={`Scan card, ${word}, by camera`} onClick={() => setFilming(kind)}><IconCamera size={15} stroke={1.7} /></IconButton>
          </span>
        )
      })}
      {filming && <CameraDialog title={documentWords[filming]} hint="The card, as large as it fits" onTaken={(picture) => void file(picture, { kind: filming, title: documentWords[filming], coverageId: id })} onClose={() => setFilming(undefined)} />}
      {problem && <Notice tone="bad" title="Not kept.">{problem}</Notice>}
      {opened && <DocumentDialog document={opened} onClose={() => setOpenedId(undefined)} />}
    </span>
  )
}
