import type { Span } from '#shared/domains/scheduling/rules.availability.ts'

const INSTANT_CHARS = 24
const MINUTE_MS = 60_000

/**
 * Reads `heldText`: for each appointment its start, its end and, where it has buffers, "before:after" in minutes. Neighbours
 * are made one as they are read, unless one of them is to be told apart.
 */
export function readHeld(text: string, isEachKept = false): Span[] {
  const spans: { from: number; to: number }[] = []
  for (let at = 0; at < text.length;) {
    let from = instantAt(text, at)
    let to = instantAt(text, at + INSTANT_CHARS)
    at += 2 * INSTANT_CHARS
    if (at < text.length && text[at] !== ',') {
      const end = endOf(text, at)
      const [before = 0, after = 0] = text.slice(at, end).split(':').map(Number)
      from -= before * MINUTE_MS
      to += after * MINUTE_MS
      at = end
    }
    const last = isEachKept ? undefined : spans.at(-1)
    if (last?.to === from) last.to = to
    else spans.push({ from, to })
    at += 1
  }
  return spans
}

function endOf(text: string, at: number): number {
  const comma = text.indexOf(',', at)
  return comma < 0 ? text.length : comma
}

let day = { text: '', ms: 0 }

/** Appointments come day by day, so the date is read once for each day; instants have a fixed width. */
function instantAt(text: string, at: number): number {
  if (!text.startsWith(day.text, at) || day.text === '') day = { text: text.slice(at, at + 10), ms: Date.parse(`${text.slice(at, at + 10)}T00:00:00.000Z`) }
  const digit = (place: number): number => text.charCodeAt(at + place) - 48
  return day.ms + (digit(11) * 10 + digit(12)) * 3_600_000 + (digit(14) * 10 + digit(15)) * MINUTE_MS
    + (digit(17) * 10 + digit(18)) * 1_000 + digit(20) * 100 + digit(21) * 10 + digit(22)
}
