import type { AvailabilityRule } from '#shared/domains/scheduling/model.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { gridClock } from '#renderer/ui/format.ts'

/** Text by weekday, 0 = Sunday. */
export type WeekText = Readonly<Record<number, string>>
type Rule = Pick<AvailabilityRule, 'weekday' | 'startMin' | 'endMin'>

export const daySpans = '8:00-12:00, 1:00-5:00 pm'
const shortDays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

export function weekText(rules: readonly Rule[]): WeekText {
  const text: Record<number, string> = {}
  for (const rule of rules.toSorted((a, b) => a.startMin - b.startMin)) {
    const span = `${clockText(rule.startMin)}-${clockText(rule.endMin)}`
    text[rule.weekday] = text[rule.weekday] ? `${text[rule.weekday]}, ${span}` : span
  }
  return text
}

const clockText = (minute: number): string => `${gridClock(minute)} ${minute < 720 ? 'am' : 'pm'}`

/** "Mon to Fri 8:00 am-12:00 pm, 1:00 pm-5:00 pm" as far as the days are alike, else the days. */
export function weekWords(rules: readonly Rule[]): string {
  if (rules.length === 0) return 'No hours yet'
  const text = weekText(rules)
  const days = [1, 2, 3, 4, 5, 6, 0].filter((day) => text[day])
  const isAlike = days.every((day) => text[day] === text[days[0] ?? 1])
  const names = days.map((day) => shortDays[day]).join(' ')
  return isAlike ? `${names} · ${text[days[0] ?? 1] ?? ''}` : names
}

interface ReadWeek { hours: { id: string; weekday: number; startMin: number; endMin: number }[]; unreadable: number | undefined }

export function readWeek(week: WeekText): ReadWeek {
  const hours: ReadWeek['hours'] = []
  for (let weekday = 0; weekday < 7; weekday += 1) {
    const text = (week[weekday] ?? '').trim()
    if (text === '') continue
    const spans = text.split(/[,;]/).map((part) => readSpan(part))
    if (spans.some((span) => span === undefined)) return { hours: [], unreadable: weekday }
    for (const span of spans) if (span) hours.push({ id: newId(), weekday, startMin: span[0], endMin: span[1] })
  }
  return { hours, unreadable: undefined }
}

/** "8-12", "1:00-5:00 pm", "8:00 am - 12:00 pm"; an hour before seven without am is in the afternoon. */
function readSpan(text: string): [number, number] | undefined {
  const [first, second, more] = text.split(/-|–|to/)
  if (first === undefined || second === undefined || more !== undefined) return undefined
  const to = readClock(second)
  const from = readClock(first)
  return from === undefined || to === undefined || from >= to ? undefined : [from, to]
}

const FIRST_MORNING_HOUR = 7

function readClock(text: string): number | undefined {
  const match = /^(\d{1,2})(?::(\d{2}))?\s*(am|pm)?$/i.exec(text.trim())
  if (!match) return undefined
  const hour = Number(match[1])
  const minute = Number(match[2] ?? 0)
  if (hour > 24 || minute > 59) return undefined
  const half = match[3]?.toLowerCase() ?? (hour < FIRST_MORNING_HOUR || hour === 12 ? 'pm' : undefined)
  const inDay = half === 'pm' && hour < 12 ? hour + 12 : half === 'am' && hour === 12 ? 0 : hour
  const result = inDay * 60 + minute
  return result <= 1440 ? result : undefined
}
