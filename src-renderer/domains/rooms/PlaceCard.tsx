import { useRef } from 'react'
import type { Standing } from '#shared/domains/rooms/rules.ts'
import type { ResourceState } from '#shared/domains/rooms/model.ts'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { useMay, useZone } from '#renderer/app/actor.tsx'
import type { IconType } from '#renderer/app/contribution.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { listName, time } from '#renderer/ui/format.ts'
import { IconBan, IconCheck, IconRefresh, IconUserCircle } from '#renderer/ui/icons.ts'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { stateWords } from './words.ts'
import type { Place, RoomActs } from './useRoomActs.ts'
import styles from './Rooms.module.css'

interface PlaceCardProps { place: Place; isRoom: boolean; standing: Standing<DayAppointment>; acts: RoomActs; takesFocus: boolean; onEdit?: (() => void) | undefined }

const looks: Record<ResourceState, { tone: 'ok' | 'warn' | 'bad' | 'plain'; icon: IconType }> = {
  free: { tone: 'ok', icon: IconCheck }, occupied: { tone: 'plain', icon: IconUserCircle }, cleaning: { tone: 'warn', icon: IconRefresh }, 'out-of-service': { tone: 'bad', icon: IconBan },
}

/** One room or piece. X says of the one that has the focus that it is clean. */
export function PlaceCard({ place, isRoom, standing: { state, visit, next, outage }, acts, takesFocus, onEdit }: PlaceCardProps) {
  const zone = useZone()
  const [mayMark, mayManage] = [useMay('room.mark'), useMay('resource.manage')]
  const card = useRef<HTMLLIElement>(null)
  const hasFocus = () => card.current?.contains(document.activeElement) ?? false
  useKeys([{ id: `rooms.clean.${place.id}`, keys: 'X', label: 'The room is clean', where: 'Rooms', hidden: !takesFocus, when: () => state === 'cleaning' && mayMark && hasFocus(), run: () => void acts.mark(place, 'clean') }])
  return (
    <li ref={card} className={styles['place']} data-state={state} tabIndex={0} aria-label={`${place.name}: ${stateWords[state]}`} data-autofocus={takesFocus || undefined}>
      <div className={styles['head']}>
        {place.name}
        <Tag tone={looks[state].tone} icon={looks[state].icon}>{stateWords[state]}</Tag>
      </div>
      {visit && <div className={styles['meta']}>{listName(visit.patient)}, since {time(visit.roomedAt ?? visit.startsAt, zone)}</div>}
      {outage && <div className={styles['meta']}>{outage.reason}</div>}
      {next && <div className={styles['meta']}>Next {time(next.startsAt, zone)}</div>}
      <div className={styles['acts']}>
        {isRoom && mayMark && state === 'cleaning' && <ActionButton size="compact-xs" aria-label={`${place.name} is clean`} onClick={() => void acts.mark(place, 'clean')}>Clean</ActionButton>}
        {mayManage && outage && <ActionButton size="compact-xs" aria-label={`Put ${place.name} back into service`} onClick={() => void acts.bringBack(place, outage)}>Back into service</ActionButton>}
        {mayManage && !outage && state !== 'occupied' && <ActionButton size="compact-xs" aria-label={`Take ${place.name} out of service`} onClick={() => void acts.takeOut(place, isRoom)}>Out of service</ActionButton>}
        {onEdit && <ActionButton size="compact-xs" variant="subtle" aria-label={`Change ${place.name}`} onClick={onEdit}>Change</ActionButton>}
      </div>
    </li>
  )
}
