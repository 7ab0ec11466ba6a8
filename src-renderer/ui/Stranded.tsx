import type { Stranded, StrandedReason } from '#shared/domains/scheduling/model.ts'
import { addDays, dateInZone } from '#shared/kernel/time.ts'
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
    <Notice tone="warn" title={`${count(visits.length, 'visit')} to move`} action={<><ActionButton size="compact-xs" variant="filled" onClick={() => go(planFor(visits, zone))}>Place them all</ActionButton> <ActionButton size="compact-xs" onClick={onDone}>Close the list</ActionButton></>}>
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

const PLAN_DAYS = 30

/** The plan for these visits: of their one provider, or of whoever they are with. */
function planFor(visits: readonly Stranded[], zone: string): string {
  const dates = visits.map((visit) => dateInZone(visit.startsAt, zone)).toSorted()
  const providers = new Set(visits.map((visit) => visit.providerId))
  const [first, last] = [dates[0] ?? '', dates.at(-1) ?? '']
  const farthest = addDays(first, PLAN_DAYS)
  return paths.stranded(providers.size === 1 ? ([...providers][0] ?? null) : null, first, last < farthest ? last : farthest)
}

/** Said before anything is saved, beside the button that would save it. */
export function WouldStrand({ visits }: { visits: readonly Stranded[] | undefined }) {
  const [today, zone] = [useToday(), useZone()]
  const [first] = visits ?? []
  if (!visits || !first) return null
  return <Notice tone="warn" title={`${count(visits.length, 'appointment')} would be stranded`}>{visits.length === 1 ? 'It is' : 'The first is'} on {dateTime(first.startsAt, zone, today)}. {visits.length === 1 ? 'It stays' : 'They stay'} until you have placed {visits.length === 1 ? 'it' : 'them'}.</Notice>
}
