import type { VitalTrend } from '#shared/domains/encounters/model.vitals.ts'
import { dateInZone, daysBetween } from '#shared/kernel/time.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { listDate } from '#renderer/ui/format.ts'
import { TrendChart } from '#renderer/ui/TrendChart.tsx'

const YEAR_DAYS = 370

/** A year of blood pressure; shown from two measurings on. */
export function PressureCard({ trends }: { trends: readonly VitalTrend[] }) {
  const zone = useZone()
  const today = useToday()
  const systolic = trends.find((trend) => trend.kind === 'systolic')?.points ?? []
  const diastolic = trends.find((trend) => trend.kind === 'diastolic')?.points ?? []
  const points = systolic
    .filter((point) => daysBetween(dateInZone(point.at, zone), today) <= YEAR_DAYS)
    .map((point) => {
      const on = dateInZone(point.at, zone)
      return { at: on === today ? 'Today' : listDate(on, today), s: point.value, d: diastolic.find((low) => low.at === point.at)?.value ?? null }
    })
  if (points.length < 2) return null
  return (
    <Card title="Blood pressure" note="12 months, high from 140/90">
      <TrendChart title="Blood pressure" points={points} series={[{ name: 's', label: 'Systolic' }, { name: 'd', label: 'Diastolic' }]} targets={[140, 90]} height={240} />
    </Card>
  )
}
