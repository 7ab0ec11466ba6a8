import type { PlainDate } from '#shared/kernel/time.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { useShortcut } from '#renderer/app/keys/keys.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { IconChevronLeft, IconChevronRight, IconPrinter } from '#renderer/ui/icons.ts'
import { calendarViews, placeWords, viewWords, type CalendarView } from './view.place.ts'
import styles from './Day.module.css'

interface DateSwitchProps {
  calendar: CalendarView
  date: PlainDate
  onStep: (by: 1 | -1) => void
  onToday: () => void
  onView: (view: CalendarView) => void
  onPrint: () => void
}

/** The day, week or month that is shown, in the header: one back, one on, today; and how it is shown. */
export function DateSwitch({ calendar, date, onStep, onToday, onView, onPrint }: DateSwitchProps) {
  const { one } = viewWords[calendar]
  return (
    <div className={styles['dates']}>
      <IconButton size="small" label={`${one} before`} {...useShortcut('day.before')} onClick={() => onStep(-1)}>
        <IconChevronLeft size={18} stroke={1.8} />
      </IconButton>
      <span className={styles['date']} aria-live="polite">
        {placeWords(calendar, date)}
      </span>
      <IconButton size="small" label={`${one} after`} {...useShortcut('day.after')} onClick={() => onStep(1)}>
        <IconChevronRight size={18} stroke={1.8} />
      </IconButton>
      <ActionButton size="compact-xs" keyId="day.today" onClick={onToday}>
        Today
      </ActionButton>
      <div role="group" aria-label="View" className={styles['views']}>
        {calendarViews.map((view) => (
          <ViewButton key={view} view={view} isShown={view === calendar} onView={onView} />
        ))}
      </div>
      <IconButton size="small" label="Print the day sheet" {...useShortcut('day.print')} onClick={onPrint}>
        <IconPrinter size={17} stroke={1.7} />
      </IconButton>
    </div>
  )
}

function ViewButton({ view, isShown, onView }: { view: CalendarView; isShown: boolean; onView: (view: CalendarView) => void }) {
  return (
    <button type="button" className={styles['viewButton']} aria-pressed={isShown} {...useShortcut(`day.view-${view}`)} onClick={() => onView(view)}>
      {viewWords[view].name}
    </button>
  )
}
