import { missedCounts, type MissedCounts } from '#shared/domains/scheduling/rules.missed.ts'
import { useMay, useNow, useZone } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { count } from './format.ts'
import { IconUserX } from './icons.ts'
import { Tag } from './StateTag.tsx'

const words = ({ noShows, lateCancels }: MissedCounts): string => [noShows && count(noShows, 'no-show'), lateCancels && count(lateCancels, 'late cancellation')].filter(Boolean).join(', ')

/** How often the patient did not come or called off late, in one year and in two; nothing where they never did. */
export function Missed({ patientId }: { patientId: string }) {
  const [zone, now, maySee] = [useZone(), useNow(), useMay('appointment.read')]
  const visits = useApiQuery('scheduling.listForPatient', { patientId }, { enabled: maySee }).data
  const rules = useApiQuery('scheduling.missedRules', {}, { enabled: maySee }).data
  if (!visits || !rules) return null
  const inMonths = (months: number) => words(missedCounts(visits, { lateHours: rules.lateHours, months, now, zone }))
  const [year, both] = [inMonths(12), inMonths(24)]
  if (both === '') return null
  const text = year === both ? `${year} in 12 months` : year === '' ? `${both} in 24 months` : `${year} in 12 months, ${both} in 24`
  return <div><Tag tone={year === '' ? 'plain' : 'warn'} icon={IconUserX}>{text}</Tag></div>
}
