import type { Room } from '#shared/domains/clinic/model.ts'
import { sinceOf } from '#shared/domains/flow/rules.ts'
import { minutesBetween, type Instant } from '#shared/kernel/time.ts'
import { KeyHint } from '#renderer/app/keys/keys.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { duration, listName } from '#renderer/ui/format.ts'
import { stateColours, stateLooks } from '#renderer/ui/StateTag.tsx'
import type { RoomView } from './view.ts'
import styles from './Flow.module.css'

interface RoomStripProps {
  rooms: readonly RoomView[]
  /** The room that X says is clean. */
  toClean: Room | undefined
  mayChart: boolean
  onClean: (room: Room) => void
  now: Instant
}

/** Who is in which room, in the colours of their stage, and which room waits to be cleaned. */
export function RoomStrip({ rooms, toClean, mayChart, onClean, now }: RoomStripProps) {
  return (
    <section className={styles['rooms']} aria-label="Rooms">
      <header>
        <h2>Rooms</h2>
        <span aria-hidden>
          <KeyHint keys="↑" /> <KeyHint keys="↓" /> <KeyHint keys="←" /> <KeyHint keys="→" /> choose a card <KeyHint keys="N" /> next stage {mayChart && <><KeyHint keys="V" /> vitals</>} <KeyHint keys="X" /> room is clean
        </span>
      </header>
      <ul role="list">
        {rooms.map(({ room, standing: { state, visit } }) => (
          <li key={room.id} className={styles['room']} style={visit ? stateColours(visit.status) : undefined} data-state={state}>
            <span className={styles['line']}>{room.name}{visit && <span className={styles['right']}>{duration(Math.max(0, minutesBetween(sinceOf(visit), now)))}</span>}</span>
            <b>{visit ? visit.patient.familyName || listName(visit.patient) : stateWords[state]}</b>
            {visit && <span>{stateLooks[visit.status].word}</span>}
            {state === 'cleaning' && <ActionButton size="compact-xs" {...(room.id === toClean?.id ? { keyId: 'flow.clean' } : {})} aria-label={`${room.name} is clean`} onClick={() => onClean(room)}>Clean</ActionButton>}
          </li>
        ))}
      </ul>
    </section>
  )
}

const stateWords = { free: 'Free', occupied: 'Taken', cleaning: 'To be cleaned', 'out-of-service': 'Out of service' } as const
