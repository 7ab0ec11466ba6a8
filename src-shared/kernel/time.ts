import { TZDate } from '@date-fns/tz'
import * as z from 'zod'

/** An instant in UTC, always "2026-11-22T10:00:00.000Z": fixed width, so that text order is time order. */
export const Instant = z.iso.datetime({ precision: 3 })
export type Instant = string

/** A plain date without a zone, "2026-11-22": birth dates, due dates, days of the schedule. */
export const PlainDate = z.iso.date()
export type PlainDate = string

export const TimeZone = z.string().min(1).max(64).refine(isTimeZone, 'not a known time zone')

export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

export const toInstant = (ms: number): Instant => new Date(ms).toISOString()
export const toMs = (instant: Instant): number => Date.parse(instant)
export const addMinutes = (instant: Instant, minutes: number): Instant => toInstant(toMs(instant) + minutes * 60_000)
export const minutesBetween = (from: Instant, to: Instant): number => Math.round((toMs(to) - toMs(from)) / 60_000)

/** The plain date that the clinic's wall calendar shows at this instant. */
export function dateInZone(instant: Instant, zone: string): PlainDate {
  return wallClock(instant, zone).toISOString().slice(0, 10)
}

/** Minutes since midnight on the clinic's wall clock. */
export function minuteOfDay(instant: Instant, zone: string): number {
  const wall = wallClock(instant, zone)
  return wall.getUTCHours() * 60 + wall.getUTCMinutes()
}

/** A date whose UTC fields read as the zone's wall clock. */
function wallClock(instant: Instant, zone: string): Date {
  const ms = toMs(instant)
  return new Date(ms + offsetMs(ms, zone))
}

/** Zones change their offset on quarter hours only, so one lookup serves each quarter: asking the calendar costs 100 times as much. */
const QUARTER_MS = 900_000
const QUARTERS_KEPT = 50_000
const offsets = new Map<string, Map<number, number>>()

function offsetMs(ms: number, zone: string): number {
  const quarter = Math.floor(ms / QUARTER_MS)
  let ofZone = offsets.get(zone)
  if (!ofZone || ofZone.size > QUARTERS_KEPT) offsets.set(zone, (ofZone = new Map()))
  let offset = ofZone.get(quarter)
  if (offset === undefined) ofZone.set(quarter, (offset = -new TZDate(quarter * QUARTER_MS, zone).getTimezoneOffset() * 60_000))
  return offset
}

/** The instant of a wall-clock time in the clinic's zone; a time skipped by daylight saving moves forward. */
export function instantInZone(date: PlainDate, minute: number, zone: string): Instant {
  const [year, month, day] = splitDate(date)
  return toInstant(new TZDate(year, month - 1, day, Math.floor(minute / 60), minute % 60, zone).getTime())
}

const DAY_MS = 86_400_000
/** `isPlain`: the clock does not change on it. */
interface DayStart { startMs: number; isPlain: boolean }
const dayStarts = new Map<string, Map<PlainDate, DayStart>>()

function dayStartOf(date: PlainDate, zone: string): DayStart {
  let ofZone = dayStarts.get(zone)
  if (!ofZone || ofZone.size > QUARTERS_KEPT) dayStarts.set(zone, (ofZone = new Map()))
  const known = ofZone.get(date)
  if (known) return known
  const startMs = toMs(instantInZone(date, 0, zone))
  const made = { startMs, isPlain: toMs(instantInZone(date, 1440, zone)) - startMs === DAY_MS }
  ofZone.set(date, made)
  return made
}

/** `instantInZone` in numbers and for many days: the calendar is asked once a day, and again only where the clock changes. Minutes past 1440 lie on the next day. */
export function wallMs(date: PlainDate, minute: number, zone: string): number {
  if (date >= LAST_DATE) return toMs(instantInZone(date, minute, zone))
  if (minute > 1440) return wallMs(addDays(date, 1), minute - 1440, zone)
  const { startMs, isPlain } = dayStartOf(date, zone)
  return isPlain ? startMs + minute * 60_000 : toMs(instantInZone(date, minute, zone))
}
/** After it the text of a date is longer, and its order is no longer that of time. */
const LAST_DATE: PlainDate = '9999-12-31'

/** Start (inclusive) and end (exclusive) of a clinic day as instants. */
export function dayBounds(date: PlainDate, zone: string): { from: Instant; to: Instant } {
  return { from: toInstant(dayStartOf(date, zone).startMs), to: toInstant(dayStartOf(addDays(date, 1), zone).startMs) }
}

export function addDays(date: PlainDate, days: number): PlainDate {
  const [year, month, day] = splitDate(date)
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10)
}

/** The same day so many months later, or the last one of a month that is shorter. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const [year, month, day] = splitDate(date)
  const lastOfMonth = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastOfMonth))).toISOString().slice(0, 10)
}

/** 0 = Sunday to 6 = Saturday. */
export function weekdayOf(date: PlainDate): number {
  const [year, month, day] = splitDate(date)
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay()
}

export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}

/** Full years on the given day, by the calendar. */
export function ageInYears(birthDate: PlainDate, onDate: PlainDate): number {
  const [by, bm, bd] = splitDate(birthDate)
  const [y, m, d] = splitDate(onDate)
  return y - by - (m < bm || (m === bm && d < bd) ? 1 : 0)
}

export function splitDate(date: PlainDate): [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))]
}
