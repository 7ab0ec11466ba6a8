import { addDays, wallMs, type PlainDate } from '../../kernel/time.ts'
import { openSpans, spanOf, united, without, type Frame } from './rules.availability.ts'

const MINUTE_MS = 60_000

/** Minutes that can be booked on each of some days, all of these providers together: their hours, less what blocks take out of them. */
export function openMinutesByDay(frame: Frame, providerIds: readonly string[], first: PlainDate, days: number): number[] {
  const starts = Array.from({ length: days + 1 }, (_, i) => wallMs(addDays(first, i), 0, frame.zone))
  const minutes = Array.from({ length: Math.max(0, days) }, () => 0)
  for (const providerId of providerIds) {
    const blocks = united(frame.blocks.filter((block) => block.providerId === providerId).map(spanOf))
    for (const span of without(openSpans(frame, providerId, first, days), blocks)) {
      // A night shift belongs to both of its days.
      for (let day = 0; day < days; day += 1) {
        const shared = Math.min(span.to, starts[day + 1] ?? 0) - Math.max(span.from, starts[day] ?? 0)
        if (shared > 0) minutes[day] = (minutes[day] ?? 0) + shared / MINUTE_MS
      }
    }
  }
  return minutes
}
