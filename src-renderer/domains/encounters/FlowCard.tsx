import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { minuteOfDay } from '#shared/kernel/time.ts'
import { useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import { usePending } from '#renderer/app/network/state.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { ageSex, gridClock, listName } from '#renderer/ui/format.ts'
import { Unconfirmed } from '#renderer/ui/Unconfirmed.tsx'
import { stageTargets, waitedMinutes, waitTone, type Stage } from './today.ts'
import styles from './Flow.module.css'

interface FlowCardProps {
  card: DayAppointment
  stage: Stage
  providerName: string
  isChosen: boolean
  onChoose: () => void
  vitalsAt: string | null
  freeRoom: { id: string; name: string } | undefined
  isRunning: boolean
  mayChart: boolean
  onRoom: () => void
  onVitals: () => void
  onHandOver: () => void
}

/** One patient in a stage: how long, against how long it should be. */
export function FlowCard({ card, stage, providerName, isChosen, onChoose, vitalsAt, freeRoom, isRunning, mayChart, onRoom, onVitals, onHandOver }: FlowCardProps) {
  const now = useNow()
  const zone = useZone()
  const today = useToday()
  const isUnsent = usePending()('appointments', card.id)
  const minutes = waitedMinutes(card, now)
  const target = stageTargets[stage]
  const filled = Math.min(100, Math.round((minutes / target) * 100))
  return (
    <article className={styles['card']} data-chosen={isChosen || undefined}>
      <button type="button" id={`flow-${card.id}`} className={styles['cardMain']} aria-pressed={isChosen} onClick={onChoose} onFocus={onChoose}>
        <span className={styles['line']}>
          <b>{listName(card.patient)}</b> <span className={styles['dim']}>{ageSex(card.patient.birthDate, card.patient.sex, today)}</span> {isUnsent && <Unconfirmed isSmall />}
          <span className={styles['minutes']} data-tone={waitTone(minutes, target)}><b>{minutes}</b> min</span>
        </span>
        <span className={styles['reason']}>{card.reason ?? card.typeName ?? ' '}</span>
        <span className={styles['bar']} data-tone={waitTone(minutes, target)} aria-hidden><span style={{ width: `${filled}%` }} /></span>
        <span className={styles['line']}>
          <span className={styles['dim']}>{providerName}</span>
          <span className={styles['right']}>{vitalsAt && <span className={styles['dim']}>Vitals done</span>} {stage === 'arrived' ? gridClock(minuteOfDay(card.startsAt, zone)) : card.roomName}</span>
        </span>
      </button>
      {isChosen && (
        <div className={styles['acts']}>
          {stage === 'arrived' && <ActionButton variant="filled" keyId="flow.room" running={isRunning} disabledReason={freeRoom ? undefined : 'All rooms are in use.'} onClick={onRoom}>{freeRoom?.name ?? 'Room'}</ActionButton>}
          {stage === 'roomed' && <ActionButton variant={vitalsAt ? 'filled' : 'default'} keyId="flow.hand-over" running={isRunning} onClick={onHandOver}>Hand to {providerName}</ActionButton>}
          {mayChart && <ActionButton variant={stage === 'roomed' && !vitalsAt ? 'filled' : 'default'} keyId="flow.vitals" onClick={onVitals}>Vitals</ActionButton>}
        </div>
      )}
    </article>
  )
}
