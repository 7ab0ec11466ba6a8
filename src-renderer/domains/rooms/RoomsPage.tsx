import { useState } from 'react'
import type { Equipment } from '#shared/domains/rooms/model.ts'
import { equipmentStanding, roomStanding, type Standing } from '#shared/domains/rooms/rules.ts'
import type { DayAppointment, Stranded } from '#shared/domains/scheduling/model.ts'
import { useMay, useNow, useToday } from '#renderer/app/actor.tsx'
import { nowInstant } from '#renderer/app/clock.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { count } from '#renderer/ui/format.ts'
import { EmptyState, Notice, QueryState } from '#renderer/ui/states.tsx'
import { StrandedVisits } from '#renderer/ui/Stranded.tsx'
import { EquipmentPanel } from './EquipmentPanel.tsx'
import { NewEquipment } from './NewEquipment.tsx'
import { OutagesCard } from './OutagesCard.tsx'
import { PlaceCard } from './PlaceCard.tsx'
import { useRoomActs } from './useRoomActs.ts'
import styles from './Rooms.module.css'

/** What each room and piece of equipment is now: free, occupied, to be cleaned, out of service. */
export function RoomsPage() {
  const [tick, today] = [useNow(), useToday()]
  // What has just been taken out is out at once, and not with the clock's next tick.
  const now = nowInstant() > tick ? nowInstant() : tick
  const mayAdd = useMay('clinic.manage')
  const board = useApiQuery('rooms.board', { date: today })
  const day = useApiQuery('scheduling.listDay', { date: today })
  const [stranded, setStranded] = useState<readonly Stranded[]>([])
  const acts = useRoomActs(setStranded)
  const given = board.data && day.data && { today: day.data.appointments, outages: board.data.outages, turnovers: board.data.turnovers, bookings: board.data.bookings, now }
  const rooms = given && board.data.rooms.map((room) => ({ place: room, standing: roomStanding(room, given) }))
  const [editing, setEditing] = useState<Equipment>()
  const off = board.data?.equipment.filter((piece) => !piece.isActive) ?? []
  const pieces = given && board.data.equipment.filter((piece) => piece.isActive).map((piece) => ({ place: piece, standing: equipmentStanding(piece, given) }))
  return (
    <Screen title="Rooms" meta={rooms && summary(rooms.map((one) => one.standing))}>
      <QueryState query={board} what="The rooms" />
      <StrandedVisits visits={stranded} onDone={() => setStranded([])} />
      {acts.problem && <Notice tone="bad">{acts.problem}</Notice>}
      {rooms?.length === 0 && <EmptyState title="No rooms yet">An administrator adds rooms under Settings; what each of them is now stands here.</EmptyState>}
      <ul className={styles['board']} aria-label="Rooms">
        {rooms?.map(({ place, standing }, i) => <PlaceCard key={place.id} place={place} isRoom standing={standing} acts={acts} takesFocus={i === 0} />)}
      </ul>
      {pieces && (pieces.length > 0 || mayAdd) && <h2 className={styles['heading']}>Equipment</h2>}
      {pieces && pieces.length > 0 && (
        <ul className={styles['board']} aria-label="Equipment">
          {pieces.map(({ place, standing }) => <PlaceCard key={place.id} place={place} isRoom={false} standing={standing} acts={acts} takesFocus={false} onEdit={mayAdd ? () => setEditing(place) : undefined} />)}
        </ul>
      )}
      {mayAdd && off.length > 0 && (
        <p className={styles['meta']}>Not in use: {off.map((piece) => <ActionButton key={piece.id} size="compact-xs" variant="subtle" aria-label={`Change ${piece.name}`} onClick={() => setEditing(piece)}>{piece.name}</ActionButton>)}</p>
      )}
      <div className={styles['cards']}>
        {mayAdd && board.data && <NewEquipment existing={board.data.equipment} />}
        {board.data && <OutagesCard rooms={board.data.rooms} pieces={board.data.equipment.filter((piece) => piece.isActive)} outages={board.data.outages} now={now} acts={acts} />}
      </div>
      {editing && <EquipmentPanel key={editing.id} piece={editing} onClose={() => setEditing(undefined)} />}
    </Screen>
  )
}

function summary(standings: readonly Standing<DayAppointment>[]): string {
  const of = (state: Standing['state']) => standings.filter((one) => one.state === state).length
  return [count(of('free'), 'free', 'free'), `${of('cleaning')} to be cleaned`].join(', ')
}
