import type { ReactNode } from 'react'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { useNow } from '#renderer/app/actor.tsx'
import { duration } from '#renderer/ui/format.ts'
import { stateColours, stateLooks } from '#renderer/ui/StateTag.tsx'
import { waitedMinutes } from './today.ts'
import styles from './Flow.module.css'

/** Who is in which room, in the colours of their stage. */
export function RoomStrip({ rooms, appointments, keys }: { rooms: readonly { id: string; name: string }[]; appointments: readonly DayAppointment[]; keys: ReactNode }) {
  const now = useNow()
  return (
    <section className={styles['rooms']} aria-label="Rooms">
      <header>
        <h2>Rooms</h2>
        <span aria-hidden>{keys}</span>
      </header>
      <ul role="list">
        {rooms.map((room) => {
          const inside = appointments.find((one) => one.roomId === room.id && (one.status === 'roomed' || one.status === 'in-progress'))
          return (
            <li key={room.id} className={styles['room']} style={inside ? stateColours(inside.status) : undefined} data-free={!inside || undefined}>
              <span className={styles['line']}>{room.name}{inside && <span className={styles['right']}>{duration(waitedMinutes(inside, now))}</span>}</span>
              <b>{inside ? inside.patient.familyName : 'Free'}</b>
              {inside && <span>{stateLooks[inside.status].word}</span>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
