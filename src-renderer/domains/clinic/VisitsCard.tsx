import type { UseQueryResult } from '@tanstack/react-query'
import type { DayFigures } from '#shared/domains/scheduling/contract.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { listDate } from '#renderer/ui/format.ts'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import styles from './Clinic.module.css'

const SHOWN = 16
const WIDTH = 640
const HEIGHT = 200
const FOOT = 22
const LEFT = 30

/** Kept and missed visits of the last working days, today included as far as it has gone. */
export function VisitsCard({ query, today }: { query: UseQueryResult<DayFigures[]>; today: PlainDate }) {
  const days = (query.data ?? []).filter((day) => day.kept + day.missed > 0).slice(-SHOWN)
  const kept = days.reduce((sum, day) => sum + day.kept, 0)
  const missed = days.reduce((sum, day) => sum + day.missed, 0)
  return (
    <Card
      title={`Visits, last ${days.length || SHOWN} working days`}
      aside={
        <span className={styles['legend']}>
          <span><i />kept</span>
          <span><i data-lost />no-show</span>
        </span>
      }
    >
      <QueryState query={query} what="The count of visits" />
      {query.data && days.length === 0 && <EmptyState title="No visits yet">They are counted here from the first day on.</EmptyState>}
      {days.length > 0 && (
        <>
          <p className={styles['figure']}>{kept.toLocaleString('en-US')}</p>
          <p className={styles['legend']}>
            {missed === 0 ? 'Nobody missed a visit.' : `${missed} missed, ${((missed / (kept + missed)) * 100).toFixed(1)} %`}
          </p>
          <Bars days={days} today={today} />
        </>
      )}
    </Card>
  )
}

function Bars({ days, today }: { days: readonly DayFigures[]; today: PlainDate }) {
  const most = Math.max(10, ...days.map((day) => day.kept + day.missed))
  const top = Math.ceil(most / 10) * 10
  const y = (visits: number): number => (HEIGHT - FOOT) * (1 - visits / top)
  const step = (WIDTH - LEFT) / days.length
  const label = `Visits by day: ${days.map((day) => `${listDate(day.date, today)} ${day.kept} kept, ${day.missed} missed`).join('; ')}`
  return (
    <svg className={styles['chart']} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {[0, top / 2, top].map((line) => (
        <g key={line}>
          <line className={styles['gridLine']} x1={LEFT} x2={WIDTH} y1={y(line)} y2={y(line)} />
          <text x={0} y={Math.max(10, y(line) + 4)}>{line}</text>
        </g>
      ))}
      {days.map((day, index) => {
        const x = LEFT + index * step + step * 0.16
        return (
          <g key={day.date}>
            <rect className={styles['bar']} x={x} width={step * 0.68} y={y(day.kept)} height={y(0) - y(day.kept)} />
            <rect className={styles['lost']} x={x} width={step * 0.68} y={y(day.kept + day.missed)} height={y(day.kept) - y(day.kept + day.missed)} />
            {index % 4 === 0 && <text x={x} y={HEIGHT - 5}>{listDate(day.date, today)}</text>}
          </g>
        )
      })}
    </svg>
  )
}
