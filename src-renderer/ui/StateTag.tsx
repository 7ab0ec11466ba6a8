import type { AppointmentStatus } from '#shared/domains/scheduling/model.ts'
import type { CSSProperties, ReactNode } from 'react'
import type { IconType } from '#renderer/app/contribution.ts'
import {
  IconCalendarEvent, IconCalendarX, IconCheck, IconCloudOff, IconDoor, IconDoorEnter, IconHelpCircle, IconReceipt2, IconStethoscope, IconUserX,
} from './icons.ts'
import styles from './chips.module.css'

/** Names as the appointment's status has them, with the flow stage checkout besides. */
export type VisitState = AppointmentStatus | 'checkout'

interface Look {
  /** Beginning of its variables: --roomed-bg, --roomed-fg, --roomed-bar. */
  token: string
  icon: IconType
  word: string
  dashed?: boolean
  struck?: boolean
}

export const stateLooks: Record<VisitState, Look> = {
  proposed: { token: 'proposed', icon: IconHelpCircle, word: 'Proposed', dashed: true },
  booked: { token: 'booked', icon: IconCalendarEvent, word: 'Booked' },
  arrived: { token: 'arrived', icon: IconDoorEnter, word: 'Arrived' },
  roomed: { token: 'roomed', icon: IconDoor, word: 'Roomed' },
  'in-progress': { token: 'progress', icon: IconStethoscope, word: 'With doctor' },
  checkout: { token: 'checkout', icon: IconReceipt2, word: 'Checkout' },
  fulfilled: { token: 'done', icon: IconCheck, word: 'Done' },
  cancelled: { token: 'done', icon: IconCalendarX, word: 'Cancelled', struck: true },
  'no-show': { token: 'no-show', icon: IconUserX, word: 'No-show', dashed: true, struck: true },
}

/** The three colours of a state as style variables, for blocks and bars that a domain draws itself. */
export function stateColours(state: VisitState): CSSProperties {
  const { token } = stateLooks[state]
  // React's CSSProperties has no index for custom properties.
  return { '--state-bg': `var(--${token}-bg)`, '--state-fg': `var(--${token}-fg)`, '--state-bar': `var(--${token}-bar)` } as CSSProperties
}

interface StateTagProps {
  state: VisitState
  /** Instead of the word: "Room 2 · 5 min". The word is then read out before it. */
  children?: ReactNode
  /** Done here, not yet at the host. */
  unsent?: boolean
  /** Icon and word without the tint, in dense rows. */
  plain?: boolean
}

/** State with its icon and word: colour is never the only sign. */
export function StateTag({ state, children, unsent = false, plain = false }: StateTagProps) {
  const look = stateLooks[state]
  const Icon = unsent ? IconCloudOff : look.icon
  return (
    <span
      className={styles['state']}
      style={{ background: `var(--${look.token}-bg)`, color: `var(--${look.token}-fg)` }}
      data-dashed={look.dashed || undefined}
      data-struck={look.struck || undefined}
      data-unsent={unsent || undefined}
      data-plain={plain || undefined}
    >
      <Icon size={14} stroke={1.8} />
      {children ? (
        <>
          <span className="visually-hidden">{look.word}, </span>
          <span>{children}</span>
        </>
      ) : (
        <span>{look.word}</span>
      )}
      {unsent && <span className="visually-hidden">, not sent yet</span>}
    </span>
  )
}

interface TagProps {
  tone?: 'plain' | 'ok' | 'warn' | 'bad' | 'info'
  icon?: IconType
  children: ReactNode
}

/** A small round tag for anything that is not a visit state: "ends 4 Dec", "Partly paid". */
export function Tag({ tone = 'plain', icon: Icon, children }: TagProps) {
  return (
    <span className={styles['chip']} data-tone={tone}>
      {Icon && <Icon size={14} stroke={1.8} />}
      {children}
    </span>
  )
}
