import { addDays, dateInZone, minutesBetween, splitDate, type Instant, type PlainDate } from '../../kernel/time.ts'
import type { Appointment } from './model.ts'
import type { MissedKind, MissedRules } from './model.missed.ts'

type Missable = Pick<Appointment, 'id' | 'startsAt' | 'status' | 'cancelReason' | 'cancelledAt' | 'missedReason'>

/** Called off within so many hours of its beginning, or after it: the time can hardly be given to somebody else. */
export const isLate = ({ startsAt, cancelledAt }: { startsAt: Instant; cancelledAt: Instant }, lateHours: number): boolean => minutesBetween(cancelledAt, startsAt) < lateHours * 60

/**
 * Whether a visit counts against the patient, and as what. What the clinic called off, what the weather or a failed video
 * line prevented, and what was booked in error counts for nobody.
 */
export function missedKind(one: Missable, lateHours: number): MissedKind | undefined {
  if (one.status === 'no-show') return isPatients(one) ? 'no-show' : undefined
  if (one.status !== 'cancelled' || one.cancelledAt === null || one.cancelReason !== 'patient-asked') return undefined
  return isLate({ startsAt: one.startsAt, cancelledAt: one.cancelledAt }, lateHours) ? 'late-cancel' : undefined
}

const notTheirs: readonly (Appointment['missedReason'])[] = ['weather', 'clinic', 'telehealth-failed']
const isPatients = ({ missedReason }: Pick<Missable, 'missedReason'>): boolean => !notTheirs.includes(missedReason)

export interface MissedCounts { noShows: number; lateCancels: number }

/** How many of each kind began since a day of so many months ago. */
export function missedCounts(all: readonly Missable[], { lateHours, months, now, zone }: { lateHours: number; months: number; now: Instant; zone: string }): MissedCounts {
  const since = monthsBefore(dateInZone(now, zone), months)
  const kinds = all.filter((one) => dateInZone(one.startsAt, zone) >= since).map((one) => missedKind(one, lateHours))
  return { noShows: kinds.filter((kind) => kind === 'no-show').length, lateCancels: kinds.filter((kind) => kind === 'late-cancel').length }
}

/** The same day of an earlier month, or the first day after one that is shorter. */
export function monthsBefore(date: PlainDate, months: number): PlainDate {
  const [year, month, day] = splitDate(date)
  const first = new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10)
  return addDays(first, day - 1)
}

/** Medicaid and CHIP programs: a provider who takes part may not charge their patients for a visit that did not take place. */
export const mayNotBeCharged = (payerNames: readonly string[]): boolean => payerNames.some((name) => /medicaid|medi-cal|\bchip\b/i.test(name))

interface FeeQuestion {
  rules: MissedRules
  one: Missable & Pick<Appointment, 'typeId'>
  /** The patient's visits, this one among them or not. */
  all: readonly Missable[]
  /** Whoever insures the patient on that day. */
  payerNames: readonly string[]
  now: Instant
  zone: string
}

/** What is asked for a visit that was missed: the same of everybody, from the count on that the clinic has set. Undefined: nothing. */
export function feeFor({ rules, one, all, payerNames, now, zone }: FeeQuestion): { kind: MissedKind; amountCents: number } | undefined {
  const kind = missedKind(one, rules.lateHours)
  if (!kind || mayNotBeCharged(payerNames)) return undefined
  const ofType = rules.typeFees.find((fee) => fee.typeId === one.typeId) ?? rules
  const amountCents = kind === 'no-show' ? ofType.noShowCents : ofType.lateCancelCents
  if (amountCents === 0) return undefined
  const counts = missedCounts([...all.filter((other) => other.id !== one.id), one], { lateHours: rules.lateHours, months: rules.months, now, zone })
  return (kind === 'no-show' ? counts.noShows : counts.lateCancels) > rules.freeCount ? { kind, amountCents } : undefined
}
