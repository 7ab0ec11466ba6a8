import { Children, type ReactNode } from 'react'
import type { NoteRow } from '#shared/domains/encounters/model.chart.ts'
import type { MedicationStatement, Problem } from '#shared/domains/encounters/model.ts'
import { dateInZone, type PlainDate } from '#shared/kernel/time.ts'
import { useZone } from '#renderer/app/actor.tsx'
import { usePending } from '#renderer/app/network/state.ts'
import { listDate } from '#renderer/ui/format.ts'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { Unconfirmed } from '#renderer/ui/Unconfirmed.tsx'
import { sensitivityNames } from './words.ts'
import { medicationNote, problemNote, staffText } from './view.ts'
import styles from './Chart.module.css'

/** Two-line rows of the chart's cards. */
export function Rows({ children, empty }: { children: ReactNode; empty: string }) {
  if (Children.count(children) === 0) return <p className={styles['none']}>{empty}</p>
  return (
    <ul role="list" className={styles['rows']}>
      {children}
    </ul>
  )
}

export function MedicationRow({ medication, today, act }: { medication: MedicationStatement; today: PlainDate; act?: ReactNode }) {
  const note = medicationNote(medication, today)
  const endsSoon = medication.endedOn !== null && medication.endedOn > today
  return (
    <li className={styles['row']}>
      <div className={styles['rowMain']}>
        <div className={`${styles['rowTitle']} unmistakable`}>{medication.concept.label}</div>
        {medication.sig && <div className={styles['rowNote']}>{medication.sig}</div>}
      </div>
      <span className={styles['rowAside']}>{endsSoon ? <Tag tone="warn">{note}</Tag> : note}</span>
      {act}
    </li>
  )
}

export function ProblemRow({ problem, act }: { problem: Problem; act?: ReactNode }) {
  return (
    <li className={styles['row']}>
      <div className={styles['rowMain']}>
        <div className={styles['rowTitle']}>{problem.concept.label}</div>
        <div className={`${styles['rowNote']} code`}>{problemNote(problem)}</div>
      </div>
      {act}
    </li>
  )
}

export function NoteItem({ note, today, onOpen }: { note: NoteRow; today: PlainDate; onOpen: () => void }) {
  const zone = useZone()
  const isUnsent = usePending()('clinical_notes', note.id)
  return (
    <li>
      <button type="button" className={styles['row']} onClick={onOpen}>
        <div className={styles['rowMain']}>
          <div className={styles['rowAside']}>
            {listDate(dateInZone(note.visitAt, zone), today)} · {staffText(note.author)}
          </div>
          <div className={styles['rowTitle']}>{note.reason ?? 'Visit'}</div>
          <div className={styles['rowNote']}>{note.isHidden ? 'Only the author reads it.' : note.excerpt}</div>
        </div>
        {note.sensitivity !== 'normal' && <Tag tone="bad">{sensitivityNames[note.sensitivity]}</Tag>}
        {isUnsent && <Unconfirmed>{note.status === 'signed' ? 'signed here, not yet at the clinic' : 'not yet at the clinic'}</Unconfirmed>}
        {note.status === 'draft' && <Tag tone="warn">Not signed</Tag>}
      </button>
    </li>
  )
}
