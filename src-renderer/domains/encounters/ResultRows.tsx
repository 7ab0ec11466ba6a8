import type { Observation } from '#shared/domains/encounters/model.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { listDate } from '#renderer/ui/format.ts'
import { resultText, unitText } from './view.ts'
import styles from './Chart.module.css'

/** A result with its unit and day. Ranges come with the laboratory's own report; none is made up here. */
export function ResultRows({ results, empty, withDay = true }: { results: readonly Observation[]; empty: string; withDay?: boolean }) {
  const zone = useZone()
  const today = useToday()
  if (results.length === 0) return <p className={styles['none']}>{empty}</p>
  return (
    <dl>
      {results.map((result) => (
        <div key={result.id} className={styles['result']}>
          <dt title={result.label}>{result.label}</dt>
          <dd className={styles['resultValue']} title={resultText(result)}>{resultText(result)}</dd>
          <dd className={styles['unit']} title={unitText(result.unit)}>{unitText(result.unit)}</dd>
          {withDay && (
            <dd>
              <time dateTime={result.observedAt}>{listDate(dateInZone(result.observedAt, zone), today)}</time>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
