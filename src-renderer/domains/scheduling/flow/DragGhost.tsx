import { listName } from '#renderer/ui/format.ts'
import type { CardDrag } from './useCardDrag.ts'
import type { FlowCardView } from './view.ts'
import styles from './Flow.module.css'

/** What the pointer carries; the card itself stays where it is until the step is taken. */
export function DragGhost({ drag, card }: { drag: CardDrag; card: FlowCardView | undefined }) {
  if (!card) return null
  return <div className={styles['ghost']} style={{ transform: `translate(${drag.x + 10}px, ${drag.y + 8}px)` }} aria-hidden>{listName(card.one.patient)}</div>
}
