import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { duration } from '#renderer/ui/format.ts'
import { IconPlus } from '#renderer/ui/icons.ts'
import { stateLooks, type VisitState } from '#renderer/ui/StateTag.tsx'
import type { DayCounts } from './view.ts'
import styles from './Day.module.css'

interface DayStripProps {
  counts: DayCounts
  /** Undefined for those who may only look. */
  onBook?: (() => void) | undefined
  onWalkIn?: (() => void) | undefined
  /** How many wait for an earlier time; opens the list. */
  waiting?: { count: number; onOpen: () => void } | undefined
}

/** How the day stands, in the order of the flow, with the longest wait; and the two ways in. */
export function DayStrip({ counts, onBook, onWalkIn, waiting }: DayStripProps) {
  return (
    <div className={styles['strip']}>
      <ul role="list" className={styles['counts']} aria-label="The day in numbers">
        <Count state="booked" label="Booked" value={counts.booked} />
        <Count state="arrived" label="Waiting" value={counts.waiting} waitMin={counts.longestWaitMin} />
        <Count state="roomed" label="Roomed" value={counts.roomed} />
        <Count state="in-progress" label="With doctor" value={counts.withDoctor} />
        <Count state="checkout" label="Checkout" value={counts.checkout} />
        <Count state="fulfilled" label="Done" value={counts.done} />
      </ul>
      {waiting && (
        <ActionButton keyId="day.wait-list" onClick={waiting.onOpen}>
          Wait list {waiting.count > 0 && <strong>{waiting.count}</strong>}
        </ActionButton>
      )}
      {onWalkIn && (
        <ActionButton keyId="day.walk-in" onClick={onWalkIn}>
          Walk-in
        </ActionButton>
      )}
      {onBook && (
        <ActionButton variant="filled" keyId="day.book" icon={<IconPlus size={16} stroke={1.8} />} onClick={onBook}>
          Book
        </ActionButton>
      )}
    </div>
  )
}

function Count({ state, label, value, waitMin }: { state: VisitState; label: string; value: number; waitMin?: number | undefined }) {
  const { icon: Icon, token } = stateLooks[state]
  return (
    <li className={styles['count']}>
      <span className={styles['countIcon']} style={{ color: state === 'fulfilled' ? 'var(--ink-2)' : `var(--${token}-bar)` }}>
        <Icon size={16} stroke={1.7} />
      </span>
      {label} <strong>{value}</strong>
      {waitMin !== undefined && (
        <span className={styles['wait']}>
          <span className="visually-hidden">longest wait </span>
          {duration(waitMin)}
        </span>
      )}
    </li>
  )
}
