import type { Room } from '#shared/domains/clinic/model.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import type { FlowActs } from './useFlowActs.ts'
import type { FlowCardView } from './view.ts'
import styles from './Flow.module.css'

interface CardActsProps {
  card: FlowCardView
  acts: FlowActs
  providerName: string
  vitalsAt: string | null
  room: Room | undefined
  mayChart: boolean
  mayPay: boolean
  onVitals: () => void
  onPay: () => void
}

/** The likely next step filled, its key inside; the others beside it. */
export function CardActs({ card, acts, providerName, vitalsAt, room, mayChart, mayPay, onVitals, onPay }: CardActsProps) {
  const running = acts.isRunning
  const to = (stage: FlowCardView['stage']) => () => acts.moveTo(card, stage)
  switch (card.stage) {
    case 'expected':
      return <div className={styles['acts']}><ActionButton variant="filled" keyId="flow.arrive" running={running} onClick={to('waiting')}>Arrived</ActionButton></div>
    case 'waiting':
      return (
        <div className={styles['acts']}>
          <ActionButton variant="filled" keyId="flow.room" running={running} disabledReason={room ? undefined : 'No room is free.'} onClick={to('roomed')}>{room?.name ?? 'Room'}</ActionButton>
          <ActionButton keyId="flow.call" running={running} onClick={() => acts.call(card)}>{card.call ? 'Call again' : 'Call'}</ActionButton>
          <ActionButton size="compact-xs" keyId="flow.slip" onClick={() => acts.slip(card)}>Slip</ActionButton>
        </div>
      )
    case 'roomed':
      return (
        <div className={styles['acts']}>
          <ActionButton variant={vitalsAt || !mayChart ? 'filled' : 'default'} keyId="flow.hand-over" running={running} onClick={to('with-doctor')}>Hand to {providerName}</ActionButton>
          {mayChart && <ActionButton variant={vitalsAt ? 'default' : 'filled'} keyId="flow.vitals" onClick={onVitals}>Vitals</ActionButton>}
        </div>
      )
    case 'with-doctor':
      return <div className={styles['acts']}><ActionButton keyId="flow.check-out" running={running} onClick={to('check-out')}>To the check-out</ActionButton></div>
    case 'check-out':
      return (
        <div className={styles['acts']}>
          <ActionButton variant="filled" keyId="flow.leave" running={running} onClick={to('left')}>Has left</ActionButton>
          {mayPay && <ActionButton keyId="flow.pay" onClick={onPay}>Pay</ActionButton>}
        </div>
      )
    case 'left':
      return null
  }
}
