import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { viewWords, type CalendarView } from './view.place.ts'

const where = 'Day'

interface CalendarKeys {
  calendar: CalendarView
  selected: DayAppointment | undefined
  isMoving: boolean
  onView: (view: CalendarView) => void
  onStep: (by: 1 | -1) => void
  onToday: () => void
  onPrint: () => void
  onGrid: () => void
}

/** Where in the calendar: which cut of it, which day, whose; and what of it goes on paper. */
export function useCalendarKeys({ calendar, selected, isMoving, onView, onStep, onToday, onPrint, onGrid }: CalendarKeys): void {
  const go = useGo()
  const zone = useZone()
  const idle = () => !isMoving
  const { one } = viewWords[calendar]
  const isMonth = calendar === 'month'
  useKeys([
    { id: 'day.today', keys: 'T', label: 'Today', where, run: onToday, when: idle },
    // In a month the arrows go from day to day; a month is a larger step.
    { id: 'day.before', keys: isMonth ? 'Shift+←' : '←', label: `${one} before`, where, run: () => onStep(-1), when: idle },
    { id: 'day.after', keys: isMonth ? 'Shift+→' : '→', label: `${one} after`, where, run: () => onStep(1), when: idle },
    { id: 'day.view-day', keys: 'Shift+D', label: 'Day by provider', where, run: () => onView('day'), when: idle },
    { id: 'day.view-rooms', keys: 'Shift+R', label: 'Day by room', where, run: () => onView('rooms'), when: idle },
    { id: 'day.view-week', keys: 'Shift+W', label: 'Week of a provider', where, run: () => onView('week'), when: idle },
    { id: 'day.view-month', keys: 'Shift+M', label: 'Month', where, run: () => onView('month'), when: idle },
    { id: 'day.print', keys: 'P', label: 'Print the day sheet', where, run: onPrint, when: idle },
    { id: 'day.print-one', keys: 'Shift+P', label: 'Print the day sheet of one provider', where, run: () => selected && go(paths.daySheet(dateInZone(selected.startsAt, zone), selected.providerId)), when: () => !isMoving && selected !== undefined },
    ...(isMonth ? [] : [{ id: 'day.grid', keys: 'Shift+G', label: 'Grid of 5, 10 or 15 minutes', where, run: onGrid, when: idle }]),
  ])
}
