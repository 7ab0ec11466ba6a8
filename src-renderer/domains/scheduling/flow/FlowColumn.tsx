import type { PointerEvent } from 'react'
import type { Room } from '#shared/domains/clinic/model.ts'
import type { FlowSettings } from '#shared/domains/flow/model.ts'
import { wayBetween } from '#shared/domains/flow/rules.ts'
import { stateColours } from '#renderer/ui/StateTag.tsx'
import { FlowCard } from './FlowCard.tsx'
import type { CardDrag } from './useCardDrag.ts'
import type { FlowActs } from './useFlowActs.ts'
import { stageWords, stateOfStage, type FlowCardView, type FlowColumnView } from './view.ts'
import styles from './Flow.module.css'

interface FlowColumnProps {
  column: FlowColumnView
  settings: FlowSettings
  chosen: FlowCardView | undefined
  drag: CardDrag | undefined
  acts: FlowActs
  proposed: (card: FlowCardView) => Room | undefined
  mayChart: boolean
  mayPay: boolean
  providerOf: (card: FlowCardView) => string
  vitalsAt: (card: FlowCardView) => string | null
  onChoose: (card: FlowCardView) => void
  onOpen: (card: FlowCardView) => void
  onVitals: (card: FlowCardView) => void
  onPay: () => void
  pickUp: (id: string) => (down: PointerEvent<HTMLElement>) => void
}

/** One stage with its count, the longest in it first. While a card is carried over it, it says whether it would be taken. */
export function FlowColumn({ column: { stage, cards }, settings, chosen, drag, acts, proposed, providerOf, vitalsAt, onChoose, onOpen, onVitals, pickUp, ...may }: FlowColumnProps) {
  const dragged = drag && (chosen?.one.id === drag.id ? chosen : undefined)
  const takes = drag?.over === stage ? (dragged === undefined || 'step' in wayBetween(dragged.stage, stage) ? 'yes' : 'no') : undefined
  return (
    <section className={styles['column']} data-stage={stage} data-takes={takes} style={stateColours(stateOfStage[stage])} aria-labelledby={`stage-${stage}`}>
      <header className={styles['columnHead']}>
        <h2 id={`stage-${stage}`}>{stageWords[stage]}</h2>
        <span>{cards.length}</span>
      </header>
      {cards.length === 0 && <p className={styles['none']}>{emptyWords[stage]}</p>}
      <ul role="list" className={styles['cards']} aria-label={stageWords[stage]}>
        {cards.map((card) => (
          <li key={card.one.id}>
            <FlowCard
              card={card} settings={settings} providerName={providerOf(card)} isChosen={card.one.id === chosen?.one.id} isHeld={card.one.id === drag?.id} vitalsAt={vitalsAt(card)} acts={acts}
              told={acts.told?.id === card.one.id ? acts.told.words : undefined} room={card.stage === 'waiting' ? proposed(card) : undefined}
              onChoose={() => onChoose(card)} onOpen={() => onOpen(card)} onVitals={() => onVitals(card)} onPickUp={pickUp(card.one.id)} {...may}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

const emptyWords: Record<FlowColumnView['stage'], string> = {
  expected: 'Nobody else is booked today.', waiting: 'Nobody waits.', roomed: 'No room is taken.', 'with-doctor': 'Nobody is with the doctor.', 'check-out': 'Nobody is to be checked out.', left: 'Nobody has left yet.',
}
