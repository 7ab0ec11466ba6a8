import type { Stranded, StrandedReason } from '#shared/domains/scheduling/model.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { ActionButton } from './ActionButton.tsx'
import { count, dateTime } from './format.ts'
import { Notice } from './states.tsx'
import styles from './Stranded.module.css'

const reasonWords: Record<StrandedReason, string> = {
  away: 'provider away', holiday: 'clinic closed', blocked: 'time blocked', 'outside-hours': 'outside the hours', 'room-out-of-service': 'room out of service', 'equipment-out-of-service': 'equipment out of service',
}

/** Whom a change has left without a place, said at once, each with the way to the day where it is moved. */
export function StrandedVisits({ visits, onDone }: { visits: readonly Stranded[]; onDone: () => void }) {
  const [today, zone, go] = [useToday(), useZone(), useGo()]
  if (visits.length === 0) return null
  return (
    <Notice tone="warn" title={`${count(visits.length, 'visit')} to move`} action={<ActionButton size="compact-xs" onClick={onDone}>Close the list</ActionButton>}>
      <ul role="list" className={styles['list']}>
        {visits.map((visit) => (
          <li key={visit.id}>
            <span>{dateTime(visit.startsAt, zone, today)}, {reasonWords[visit.reason]}</span>
            <ActionButton size="compact-xs" aria-label={`Open the day of ${dateTime(visit.startsAt, zone, today)}`} onClick={() => go(paths.day(dateInZone(visit.startsAt, zone)))}>
              Open the day
            </ActionButton>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
