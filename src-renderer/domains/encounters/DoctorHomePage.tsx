import { useMemo } from 'react'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { minuteOfDay } from '#shared/kernel/time.ts'
import { useActor, useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { dayDate, gridClock, listName } from '#renderer/ui/format.ts'
import { AllDone, EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { StateTag } from '#renderer/ui/StateTag.tsx'
import { NextPatientCard } from './NextPatientCard.tsx'
import { isOpen, nextPatient } from './today.ts'
import { UnsignedNotes } from './UnsignedNotes.tsx'
import styles from './Home.module.css'

/** The doctor's home: the next patient with what matters, and what waits for a signature. N opens the chart. */
export function DoctorHomePage() {
  const go = useGo()
  const actor = useActor()
  const today = useToday()
  const hour = Math.floor(minuteOfDay(useNow(), useZone()) / 60)
  const day = useApiQuery('scheduling.listDay', { date: today })
  const mine = useMemo(() => (day.data?.appointments ?? []).filter((one) => one.providerId === actor.staffId && one.status !== 'cancelled'), [day.data, actor.staffId])
  const next = nextPatient(mine)
  const toSee = mine.filter((one) => isOpen(one))
  useKeys([{ id: 'doctor.next', keys: 'N', label: 'Open the next patient’s chart', where: 'Home', when: () => next !== undefined, run: () => next && go(paths.chart(next.patientId)) }])
  const seen = mine.filter((one) => one.status === 'fulfilled').length
  return (
    <Screen title={`Good ${hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening'}, ${shortName(actor.name)}`} meta={`${dayDate(today)}${day.data ? ` · ${seen} seen, ${toSee.length} to see` : ''}`}>
      {day.data ? (
        <div className={styles['home']}>
          <div className={styles['stack']}>
            {next ? <NextPatientCard appointment={next} /> : (
              <Card>
                {mine.length === 0
                  ? <EmptyState title="No visits today">Booked visits appear here, the next one on top.</EmptyState>
                  : <AllDone title="Everyone has been seen">{mine.some((one) => one.status === 'in-progress') ? 'One visit is still under way.' : 'No one is waiting for you today.'}</AllDone>}
              </Card>
            )}
            <UnsignedNotes />
          </div>
          <Card title="Today" note={`${toSee.length} to see`} flush>
            <ul role="list" className={styles['today']}>
              {mine.map((one) => <TodayRow key={one.id} appointment={one} isNext={one.id === next?.id} />)}
            </ul>
          </Card>
        </div>
      ) : <QueryState query={day} what="Your day" />}
    </Screen>
  )
}

/** "Dr. Haddad". */
function shortName(name: string): string {
  const words = name.split(' ')
  return words[0]?.endsWith('.') ? `${words[0]} ${words.at(-1)}` : name
}

function TodayRow({ appointment, isNext }: { appointment: DayAppointment; isNext: boolean }) {
  const go = useGo()
  const zone = useZone()
  return (
    <li>
      <button type="button" className={styles['todayRow']} data-next={isNext || undefined} data-done={!isOpen(appointment) || undefined} onClick={() => go(paths.chart(appointment.patientId))}>
        <span className={styles['clock']}>{gridClock(minuteOfDay(appointment.startsAt, zone))}</span>
        <span className={styles['who']}>
          <b>{listName(appointment.patient)}</b>
          <span>{appointment.reason ?? appointment.typeName}</span>
        </span>
        <StateTag state={appointment.status}>{appointment.status === 'roomed' || appointment.status === 'in-progress' ? appointment.roomName : undefined}</StateTag>
      </button>
    </li>
  )
}
