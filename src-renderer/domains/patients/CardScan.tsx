import { FileButton } from '@mantine/core'
import { useState } from 'react'
import type { Coverage } from '#shared/domains/patients/model.ts'
import { useMay } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Notice } from '#renderer/ui/states.tsx'
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
          <FileButton key={kind} onChange={(chosen) => void file(chosen, { kind, title: documentWords[kind], coverageId: id })} accept="application/pdf,image/jpeg,image/png">
            {({ onClick }) => <ActionButton variant="subtle" size="compact-xs" running={progress !== undefined} onClick={onClick}>Add card, {word}</ActionButton>}
          </FileButton>
        )
      })}
      {problem && <Notice tone="bad" title="Not kept.">{problem}</Notice>}
      {opened && <DocumentDialog document={opened} onClose={() => setOpenedId(undefined)} />}
    </span>
  )
}
