import { splitDate, toMs, type Instant } from '../../kernel/time.ts'

/** Records of who did what are kept six years (45 CFR 164.316(b)(2)(i)), counted by the calendar. */
const KEPT_YEARS = 6

/** The first moment at which an event might go. */
export function keptUntil(at: Instant): Instant {
  const [year, month, day] = splitDate(at.slice(0, 10))
  return `${new Date(Date.UTC(year + KEPT_YEARS, month - 1, day)).toISOString().slice(0, 10)}${at.slice(10)}`
}

/** Whether an event is old enough to be purged. Nothing purges yet; what ever will has to ask here. */
export const mayPurge = (at: Instant, now: Instant): boolean => now >= keptUntil(at)

/** A clock that goes back by less is an ordinary correction; the network sets clocks in small steps. */
export const CLOCK_SLACK_MS = 2 * 60_000

/** Seconds by which the clock has gone back since the last event, when it is worth an event of its own; otherwise 0. */
export function clockBackSeconds(last: Instant, now: Instant): number {
  const back = toMs(last) - toMs(now)
  return back > CLOCK_SLACK_MS ? Math.round(back / 1000) : 0
}

/** Signed anchors: after so many events or so much time, whichever comes first. */
export const ANCHOR_ROWS = 1_000
export const ANCHOR_MS = 60 * 60_000

export const isAnchorDue = (since: { rows: number; ms: number }): boolean => since.rows >= ANCHOR_ROWS || (since.rows > 0 && since.ms >= ANCHOR_MS)

/** Base 32 without the letters that are mistaken for digits. */
const PAPER_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 60 bits as "7K3M-09QW-XB4T": twelve characters that a person can copy from paper. */
export function paperFingerprint(digest: Uint8Array): string {
  const letters = Array.from({ length: 12 }, (_, i) => PAPER_LETTERS.charAt(fiveBitsAt(digest, i * 5)))
  return [letters.slice(0, 4), letters.slice(4, 8), letters.slice(8)].map((group) => group.join('')).join('-')
}

function fiveBitsAt(bytes: Uint8Array, bit: number): number {
  const at = Math.floor(bit / 8)
  const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  return (pair >> (11 - (bit % 8))) & 31
}

/** A spreadsheet runs what begins like this as a formula; the apostrophe makes it text (CWE-1236). */
const RISKY = /^[=+\-@\t\r]/

/** One CSV cell: always quoted, never a formula. */
export function csvCell(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  return `"${(RISKY.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}

export const csvLine = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`
