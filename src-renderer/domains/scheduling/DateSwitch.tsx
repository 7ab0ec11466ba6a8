import type { PlainDate } from '#shared/kernel/time.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { useShortcut } from '#renderer/app/keys/keys.tsx'
import { dayDate } from '#renderer/ui/format.ts'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { IconChevronLeft, IconChevronRight } from '#renderer/ui/icons.ts'
import styles from './Day.module.css'

/** The day that is shown, in the header: one back, one on, today. */
export function DateSwitch({ date, onStep, onToday }: { date: PlainDate; onStep: (days: 1 | -1) => void; onToday: () => void }) {
  return (
    <div className={styles['dates']}>
      <IconButton size="small" label="Day before" {...useShortcut('day.before')} onClick={() => onStep(-1)}>
        <IconChevronLeft size={18} stroke={1.8} />
      </IconButton>
      <span className={styles['date']} aria-live="polite">
        {dayDate(date)}
      </span>
      <IconButton size="small" label="Day after" {...useShortcut('day.after')} onClick={() => onStep(1)}>
        <IconChevronRight size={18} stroke={1.8} />
      </IconButton>
      <ActionButton size="compact-xs" keyId="day.today" onClick={onToday}>
        Today
      </ActionButton>
    </div>
  )
}
