import type { Room } from '#shared/domains/clinic/model.ts'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { AppointmentType, DayAppointment } from '#shared/domains/scheduling/model.ts'
import { canLeave, canMove, canStep, freeRooms } from '#shared/domains/scheduling/rules.ts'
import { minutesBetween } from '#shared/kernel/time.ts'
import { useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { askForTask } from '#renderer/app/asked.ts'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Fact, FactList } from '#renderer/ui/Card.tsx'
import { dateTime, duration, phone, time } from '#renderer/ui/format.ts'
import { Missed } from '#renderer/ui/Missed.tsx'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { AppointmentHead } from './AppointmentHead.tsx'
import type { AppointmentActs } from './useActs.ts'
import { VideoLink } from './VideoLink.tsx'
import { groupWords, placeWords } from './view.series.ts'
import { providerName } from './view.ts'
import { cancelReasonWords, changeWords, missedReasonWords } from './words.ts'
import styles from './Panels.module.css'

interface AppointmentViewProps {
  one: DayAppointment
  day: Day
  rooms: readonly Room[]
  types: readonly AppointmentType[]
  /** Undefined for those who may only look. */
  acts: AppointmentActs | undefined
}

/** All about one appointment: who and when, what can be done now, and everything that happened to it. */
export function AppointmentView({ one, day, rooms, types, acts }: AppointmentViewProps) {
  const zone = useZone()
  const go = useGo()
  const mayOpen = useMay('patient.read')
  const mayWrite = useMay('vitals.write')
  const mayAsk = useMay('task.write')
  const provider = day.providers.find((candidate) => candidate.id === one.providerId)
  const type = types.find((candidate) => candidate.id === one.typeId)
  const { instructions = null, isTelehealth: isByVideo = false } = type ?? {}
  if (one.isRestricted) {
    return (
      <div className={styles['view']}>
        <FactList>
          <Fact label="Patient">Restricted</Fact>
          <Fact label="Time">{time(one.startsAt, zone)}, {duration(minutesBetween(one.startsAt, one.endsAt))}</Fact>
          <Fact label="Provider">{provider ? providerName(provider) : ''}</Fact>
        </FactList>
        <p>The time is taken. Only the colleagues named for this patient see who it is and can move the visit.</p>
      </div>
    )
  }
  return (
    <div className={styles['view']}>
      <AppointmentHead one={one} on={day.date} />
      <FactList>
        <Fact label="Time">
          {time(one.startsAt, zone)}, {duration(minutesBetween(one.startsAt, one.endsAt))}
        </Fact>
        <Fact label="Provider">{provider ? providerName(provider) : ''}</Fact>
        <Fact label="Reason">{[one.reason, one.typeName].filter(Boolean).join(' · ') || 'Not said'}</Fact>
        {one.seriesId !== null && <Fact label="Series">{placeWords(one)}</Fact>}
        {one.capacity > 1 && <Fact label="Group">{groupWords(one, day)}</Fact>}
        {one.roomName && <Fact label="Room">{one.roomName}</Fact>}
        <Fact label="Phone">{one.patient.phone ? phone(one.patient.phone) : 'None'}</Fact>
        {one.missedReason && <Fact label="Did not come">{missedReasonWords[one.missedReason]}</Fact>}
        {one.cancelReason && <Fact label="Cancelled">{cancelReasonWords[one.cancelReason]}</Fact>}
      </FactList>
      {instructions && canMove(one.status) && <Notice tone="info" title="Tell the patient:">{instructions}</Notice>}
      {(one.telehealthUrl !== null || isByVideo) && <VideoLink key={`${one.id} ${one.telehealthUrl ?? ''}`} one={one} acts={acts} />}
      <Missed patientId={one.patientId} />
      {acts && <Acts one={one} day={day} rooms={rooms} acts={acts} />}
      <div className={styles['acts']}>
        {acts && mayWrite && (canStep(one.status, 'complete') || one.encounterId) && <ActionButton onClick={() => acts.openVisit(one)}>Open visit</ActionButton>}
        {mayOpen && <ActionButton onClick={() => go(paths.openPatient(one.patientId))}>Open patient</ActionButton>}
        {mayAsk && <ActionButton onClick={() => askForTask({ patientId: one.patientId, appointmentId: one.id })}>Task</ActionButton>}
      </div>
      <History id={one.id} day={day} rooms={rooms} />
    </div>
  )
}

function Acts({ one, day, rooms, acts }: { one: DayAppointment; day: Day; rooms: readonly Room[]; acts: AppointmentActs }) {
  const today = useToday()
  const free = canStep(one.status, 'room') ? freeRooms(rooms, day.appointments, one).filter((room) => one.status !== 'roomed' || room.id !== one.roomId) : []
  const [proposed, ...others] = free
  return (
    <>
      <div className={styles['acts']}>
        {canStep(one.status, 'arrive') && (
          <ActionButton variant="filled" keyId="day.check-in" onClick={() => acts.checkIn(one)}>
            Arrive
          </ActionButton>
        )}
        {one.status === 'arrived' && (
          <ActionButton variant="filled" keyId="day.room" disabledReason={proposed ? undefined : 'No room is free'} onClick={() => proposed && acts.room(one, proposed)}>
            {proposed ? proposed.name : 'Room'}
          </ActionButton>
        )}
        {canStep(one.status, 'start') && (
          <ActionButton variant={one.status === 'roomed' ? 'filled' : 'default'} keyId="day.start" onClick={() => acts.start(one)}>
            With doctor
          </ActionButton>
        )}
        {canStep(one.status, 'complete') && (
          <ActionButton variant={one.status === 'in-progress' ? 'filled' : 'default'} onClick={() => acts.complete(one)}>
            Done
          </ActionButton>
        )}
        {canLeave(one) && day.date === today && (
          <ActionButton variant="filled" onClick={() => acts.leave(one)}>
            Has left
          </ActionButton>
        )}
        {canMove(one.status) && (
          <ActionButton keyId="day.move" onClick={() => acts.move(one)}>
            Move
          </ActionButton>
        )}
        {canMove(one.status) && (
          <ActionButton keyId="day.wants-earlier" onClick={() => acts.wantsEarlier(one)}>
            Wants earlier
          </ActionButton>
        )}
        {canStep(one.status, 'markNoShow') && (
          <ActionButton keyId="day.no-show" onClick={() => acts.noShow(one)}>
            No-show
          </ActionButton>
        )}
        {canStep(one.status, 'cancel') && (
          <ActionButton keyId="day.cancel" onClick={() => acts.cancel(one)}>
            Cancel visit
          </ActionButton>
        )}
      </div>
      {(one.status === 'roomed' ? free : others).length > 0 && (
        <div className={styles['acts']} role="group" aria-label="Other free rooms">
          <span className={styles['actsLabel']}>{one.status === 'roomed' ? 'Move to' : 'Or'}</span>
          {(one.status === 'roomed' ? free : others).map((room) => (
            <ActionButton key={room.id} size="compact-xs" onClick={() => acts.room(one, room)}>
              {room.name}
            </ActionButton>
          ))}
        </div>
      )}
    </>
  )
}

function History({ id, day, rooms }: { id: string; day: Day; rooms: readonly Room[] }) {
  const zone = useZone()
  const today = useToday()
  const details = useApiQuery('scheduling.details', { id }, { keepPrevious: true })
  const changes = details.data?.changes ?? []
  const providerOf = (providerId: string) => day.providers.filter((provider) => provider.id === providerId).map(providerName)[0]
  return (
    <section aria-label="History" className={styles['history']}>
      <h3>History</h3>
      <QueryState query={details} what="The history" />
      <ol role="list">
        {changes.map((change, i) => {
          const before = changes[i + 1]
          const words = changeWords(change, before)
          const room = rooms.find((candidate) => candidate.id === change.roomId)?.name
          const where = words === 'Moved' || !before ? `${before ? 'to' : 'for'} ${dateTime(change.startsAt, zone, today)}, ${providerOf(change.providerId) ?? 'another provider'}` : words === 'Roomed' || words === 'Room changed' ? room : words === 'Length changed' ? `to ${duration(minutesBetween(change.startsAt, change.endsAt))}` : undefined
          return (
            <li key={change.id}>
              <span>
                <strong>{words}</strong> {where}
              </span>
              <span className={styles['historyBy']}>
                {dateTime(change.changedAt, zone, today)}, {change.changedBy}
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
