import type { ChartAccess } from '#shared/domains/audit/model.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { Column } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { count, dateTime } from '#renderer/ui/format.ts'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { rolesWords } from './view.ts'
import styles from './Activity.module.css'

/** Who opened this chart: one block a person and role, the last one first. */
export function AccessColumn({ patientId, actorId, onPerson }: { patientId: string; actorId: string | null; onPerson: (actorId: string | null) => void }) {
  const query = useApiQuery('audit.chartAccess', { patientId }, { keepPrevious: true })
  const people = query.data ?? []
  return (
    <Column head={<h2 className={styles['columnTitle']}>Who opened this chart</h2>}>
      <QueryState query={query} what="The list of people" />
      {query.data && people.length === 0 && <EmptyState title="Nobody">Nobody has opened it, changed it or been refused it.</EmptyState>}
      <ul role="list" className={styles['people']}>
        {people.map((one) => (
          <li key={`${one.actorId} ${one.roles}`}>
            <button type="button" aria-pressed={actorId !== null && actorId === one.actorId} className={styles['person']} onClick={() => onPerson(actorId === one.actorId ? null : one.actorId)}>
              <Person access={one} />
            </button>
          </li>
        ))}
      </ul>
    </Column>
  )
}

function Person({ access }: { access: ChartAccess }) {
  const zone = useZone()
  const today = useToday()
  const { actorName, roles, looks, changes, refusals, brokeGlass, firstAt, lastAt } = access
  const times = [looks > 0 && count(looks, 'look'), changes > 0 && count(changes, 'change')].filter(Boolean).join(', ')
  return (
    <>
      <span className={styles['personHead']}>
        <span className={styles['who']}>{actorName ?? 'Nobody signed in'}</span>
        <span className={styles['quiet']}>{rolesWords(roles)}</span>
      </span>
      <span>{times || 'Never let in'}</span>
      <span className={styles['quiet']}>{firstAt === lastAt ? dateTime(lastAt, zone, today) : `${dateTime(firstAt, zone, today)} to ${dateTime(lastAt, zone, today)}`}</span>
      {(brokeGlass > 0 || refusals > 0) && (
        <span className={styles['tags']}>
          {brokeGlass > 0 && <Tag tone="warn">Break-glass {brokeGlass}</Tag>}
          {refusals > 0 && <Tag tone="warn">Refused {refusals}</Tag>}
        </span>
      )}
    </>
  )
}
