import { type PointerEvent, useEffect, useRef } from 'react'
import type { Room } from '#shared/domains/clinic/model.ts'
import type { FlowSettings } from '#shared/domains/flow/model.ts'
import { ticketCode, waitTone } from '#shared/domains/flow/rules.ts'
import { minuteOfDay } from '#shared/kernel/time.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { usePending } from '#renderer/app/network/state.ts'
import { ageSex, duration, gridClock, listName, time } from '#renderer/ui/format.ts'
import { Unconfirmed } from '#renderer/ui/Unconfirmed.tsx'
import { CardActs } from './CardActs.tsx'
import type { FlowActs } from './useFlowActs.ts'
import type { FlowCardView } from './view.ts'
import styles from './Flow.module.css'

interface FlowCardProps {
  card: FlowCardView
  settings: FlowSettings
  providerName: string
  isChosen: boolean
  isHeld: boolean
  vitalsAt: string | null
  acts: FlowActs
  /** Why the last act on this card was not done. */
  told: string | undefined
  /** Where they would be shown in. */
  room: Room | undefined
  mayChart: boolean
  mayPay: boolean
  onChoose: () => void
  onOpen: () => void
  onVitals: () => void
  onPay: () => void
  onPickUp: (down: PointerEvent<HTMLElement>) => void
}

/** One patient in a stage: how long, against how long it may take. The first press chooses it, Enter on the chosen one opens it. */
export function FlowCard(props: FlowCardProps) {
  const { card, isChosen, isHeld, told, onChoose, onOpen, onPickUp } = props
  const article = useRef<HTMLElement>(null)
  useEffect(() => {
    // Also one that was found by its number, or has just come in below the others.
    if (isChosen) article.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen, card.stage, card.call?.id])
  const isTimed = card.stage !== 'expected' && card.stage !== 'left'
  return (
    <article ref={article} className={styles['card']} data-chosen={isChosen || undefined} data-held={isHeld || undefined}>
      <button
        type="button" id={`flow-${card.one.id}`} className={styles['cardMain']} aria-pressed={isChosen} aria-describedby={told ? `told-${card.one.id}` : undefined} onPointerDown={onPickUp} onFocus={onChoose}
        // A press by the keyboard has no pointer behind it: on the chosen card it opens what the role works with.
        onClick={(event) => (event.detail === 0 && isChosen ? onOpen() : onChoose())}
      >
        {isTimed ? <Timed {...props} /> : <Short {...props} />}
      </button>
      {told && <p id={`told-${card.one.id}`} className={styles['told']} role="alert">{told}</p>}
      {isChosen && !card.one.isRestricted && <CardActs {...props} />}
    </article>
  )
}

/** Who is to come, and who has gone: a line. */
function Short({ card: { one, stage } }: FlowCardProps) {
  const zone = useZone()
  return (
    <>
      <span className={styles['line']}><b>{listName(one.patient)}</b></span>
      <span className={styles['line']}><span className={styles['dim']}>{stage === 'expected' ? time(one.startsAt, zone) : one.leftAt && `left ${time(one.leftAt, zone)}`}</span></span>
    </>
  )
}

function Timed({ card: { one, stage, minutes, ticket, call }, settings, providerName, vitalsAt }: FlowCardProps) {
  const zone = useZone()
  const today = useToday()
  const isUnsent = usePending()('appointments', one.id)
  const tone = waitTone(minutes, settings)
  const filled = Math.min(100, Math.round((minutes / settings.redMin) * 100))
  return (
    <>
      <span className={styles['line']}>
        <b>{listName(one.patient)}</b> {isUnsent && <Unconfirmed isSmall />}
        <span className={styles['minutes']} data-tone={tone}>{tone !== 'plain' && <span className="visually-hidden">{tone === 'bad' ? 'too long, ' : 'long, '}</span>}<b>{minutes}</b> min</span>
      </span>
      <span className={styles['reason']}>{[!one.isRestricted && ageSex(one.patient.birthDate, one.patient.sex, today), one.reason ?? one.typeName].filter(Boolean).join(' · ')}</span>
      <span className={styles['bar']} data-tone={tone} aria-hidden><span style={{ width: `${filled}%` }} /></span>
      <span className={styles['line']}>
        {ticket && <span className={`code ${styles['ticket']}`}>{ticketCode(ticket)}</span>}
        <span className={styles['provider']}>{providerName}</span>
        <span className={styles['right']}>{stage === 'waiting' ? gridClock(minuteOfDay(one.startsAt, zone)) : stage === 'check-out' ? '' : one.roomName}</span>
      </span>
      {vitalsAt && stage !== 'check-out' && <span className={styles['dim']}>Vitals done</span>}
      {call && stage === 'waiting' && <span className={styles['called']}>Called {time(call.calledAt, zone)} to {call.roomName}</span>}
      {stage === 'check-out' && <span className="visually-hidden">at the check-out for {duration(minutes)}</span>}
    </>
  )
}
