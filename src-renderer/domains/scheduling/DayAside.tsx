import type { Room } from '#shared/domains/clinic/model.ts'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { canStep, freeRooms } from '#shared/domains/scheduling/rules.ts'
import { dayBounds } from '#shared/kernel/time.ts'
import { useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import { Column } from '#renderer/app/Screen.tsx'
import { usePending } from '#renderer/app/network/state.ts'
import { KeyHint } from '#renderer/app/keys/keys.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { ageSex, duration, listName, nearDate, time } from '#renderer/ui/format.ts'
import { StateTag } from '#renderer/ui/StateTag.tsx'
import type { AppointmentActs } from './useActs.ts'
import { comingUp, minutesInState, providerName, waitingList } from './view.ts'
import styles from './Day.module.css'

interface DayAsideProps {
  day: Day
  rooms: readonly Room[]
  selected: DayAppointment | undefined
  /** The chosen one has a column of its own beside this one. */
  isSelectedShown: boolean
  /** Undefined for those who may only look. */
  acts: AppointmentActs | undefined
  onSelect: (id: string) => void
}

/** Who is waiting, longest first, with the room that is free for them; who comes next; and the chosen one with its keys. */
export function DayAside({ day, rooms, selected, isSelectedShown, acts, onSelect }: DayAsideProps) {
  const zone = useZone()
  const now = useNow()
  const today = useToday()
  const isPending = usePending()
  const isToday = day.date === today
  const waiting = waitingList(day)
  const next = comingUp(day, isToday ? now : dayBounds(day.date, zone).from)
  const nameOf = (id: string) => day.providers.filter((provider) => provider.id === id).map(providerName)[0]
  return (
    <Column head={isToday ? 'Waiting' : nearDate(day.date, today)} foot={selected && !isSelectedShown && <Selected one={selected} provider={nameOf(selected.providerId)} canAct={acts !== undefined} />}>
      {isToday && waiting.length === 0 && <p className={styles['quiet']}>Nobody is waiting.</p>}
      <ul role="list">
        {waiting.map((one) => {
          const [room] = freeRooms(rooms, day.appointments, one)
          const waited = minutesInState(one, now)
          return (
            <li key={one.id} className={styles['waitRow']} data-active={one.id === selected?.id || undefined}>
              <button type="button" className={styles['waitWho']} onClick={() => onSelect(one.id)}>
                <span className={styles['waitName']}>
                  <strong>{listName(one.patient)}</strong> {ageSex(one.patient.birthDate, one.patient.sex, day.date)}
                </span>
                <span className={styles['waitMeta']}>{[one.reason ?? one.typeName, nameOf(one.providerId)].filter(Boolean).join(' · ')}</span>
                {isToday && waited !== undefined && <StateTag state="arrived" unsent={isPending('appointments', one.id)}>{`${duration(waited)}, for ${time(one.startsAt, zone)}`}</StateTag>}
              </button>
              {acts && (
                <ActionButton size="compact-xs" disabledReason={room ? undefined : 'No room is free'} reasonAt="hidden" onClick={() => acts.room(one, room)} aria-label={room ? `${room.name} for ${listName(one.patient)}` : 'No room'}>
                  {room ? room.name : 'No room'}
                </ActionButton>
              )}
            </li>
          )
        })}
      </ul>
      {next.length > 0 && <h3 className={styles['asideTitle']}>{isToday ? 'Next' : 'First to come'}</h3>}
      <ul role="list">
        {next.map(({ appointment: one, lateMin }) => (
          <li key={one.id} className={styles['nextRow']} data-active={one.id === selected?.id || undefined}>
            <button type="button" className={styles['waitWho']} onClick={() => onSelect(one.id)}>
              <span className={styles['waitName']}>
                <span className={styles['nextTime']}>{time(one.startsAt, zone)}</span> <strong>{listName(one.patient)}</strong>
              </span>
              <span className={styles['waitMeta']}>
                {nameOf(one.providerId)}
                {lateMin > 0 && <span className={styles['late']}> · {duration(lateMin)} late</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Column>
  )
}

function Selected({ one, provider, canAct }: { one: DayAppointment; provider: string | undefined; canAct: boolean }) {
  const zone = useZone()
  const isHere = one.arrivedAt !== null && one.status !== 'booked'
  return (
    <section className={styles['selected']} aria-label="Selected appointment">
      <div className={styles['selectedHead']}>
        <strong>Selected</strong>
        <span>{[time(one.startsAt, zone), provider].filter(Boolean).join(' · ')}</span>
      </div>
      <div className={styles['selectedName']}>
        <strong>{listName(one.patient)}</strong> {ageSex(one.patient.birthDate, one.patient.sex, one.startsAt.slice(0, 10))}
      </div>
      <div className={styles['selectedLine']}>
        {[one.reason ?? one.typeName, isHere && one.arrivedAt && `arrived ${time(one.arrivedAt, zone)}`, one.roomName].filter(Boolean).join(' · ')}
      </div>
      <div className={styles['hints']}>
        <span>
          <KeyHint of="day.open" /> open
        </span>
        {canAct && canStep(one.status, 'arrive') && (
          <span>
            <KeyHint of="day.check-in" /> arrive
          </span>
        )}
        {canAct && one.status === 'arrived' && (
          <span>
            <KeyHint of="day.room" /> room
          </span>
        )}
        {canAct && canStep(one.status, 'cancel') && (
          <span>
            <KeyHint of="day.move" /> move
          </span>
        )}
      </div>
    </section>
  )
}
