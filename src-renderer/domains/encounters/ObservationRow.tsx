import type { ReactNode } from 'react'
import type { MeasuredObservation } from '#shared/domains/encounters/model.chart.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { resultText, staffText, unitText } from './view.ts'
import styles from './Chart.module.css'

/** One measurement in a list: what was entered in error stays, struck through. */
export function ObservationRow({ observation, value, act }: { observation: MeasuredObservation; value?: ReactNode; act?: ReactNode }) {
  const zone = useZone()
  const today = useToday()
  const isWrong = observation.enteredInErrorAt !== null
  return (
    <li className={styles['row']}>
      <div className={styles['rowMain']}>
        <div className={isWrong ? styles['struck'] : styles['rowTitle']}>{observation.label}</div>
        <div className={styles['rowNote']}>{[dateTime(observation.observedAt, zone, today), observation.recordedBy && staffText(observation.recordedBy)].filter(Boolean).join(' · ')}</div>
      </div>
      {isWrong && <Tag>Entered in error</Tag>}
      <span className={isWrong ? styles['struck'] : styles['value']}>{value ?? resultText(observation)}</span>
      <span className={styles['unitColumn']}>{unitText(observation.unit)}</span>
      {act !== undefined && <span className={styles['actColumn']}>{act}</span>}
    </li>
  )
}
