import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { AppointmentType, Slot } from '#shared/domains/scheduling/model.ts'
import { SLOT_STEP_MIN } from '#shared/domains/scheduling/rules.search.ts'
import { nextFreeSlots } from '#shared/domains/scheduling/rules.slots.ts'
import { dayBounds, instantInZone, minuteOfDay, weekdayOf, type Instant } from '#shared/kernel/time.ts'

/** Pure: times as they are typed, and the list of offers beside the form. */

/** "11", "11:30", "1130", "2p", "2:15 pm", "14:15" as minutes since midnight; without am or pm, 7 to 11 are mornings and 12 to 6 afternoons. */
export function parseTime(text: string): number | undefined {
  const match = /^\s*(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(?:([ap])\.?\s?m?\.?)?\s*$/i.exec(text)
  if (!match) return undefined
  const hour = Number(match[1])
  const minute = Number(match[2] ?? 0)
  const half = match[3]?.toLowerCase()
  if (minute > 59 || hour > 23 || (half && (hour < 1 || hour > 12))) return undefined
  if (half === 'a') return (hour % 12) * 60 + minute
  if (half === 'p') return ((hour % 12) + 12) * 60 + minute
  return (hour >= 1 && hour <= 6 ? hour + 12 : hour) * 60 + minute
}

export interface Offer extends Slot {
  /** Earlier than anything the chosen provider has. */
  isSoonest: boolean
  /** In a break or outside the hours: a walk-in may be squeezed in. */
  isSqueezed: boolean
}

const OFFERS = 5

/**
 * Five offers: the chosen provider's, and in second place the soonest of anybody when that is earlier.
 * The first key stays with the provider that was asked for.
 */
export function mergeOffers(own: readonly Slot[], soonest: Slot | undefined, limit = OFFERS): Offer[] {
  const [first, ...rest] = own
  const isBetter = soonest !== undefined && (first === undefined || soonest.startsAt < first.startsAt) && !own.some((slot) => isSameSlot(slot, soonest))
  const merged = [first, isBetter ? soonest : undefined, ...rest].filter((slot) => slot !== undefined)
  return merged.slice(0, limit).map((slot) => ({ ...slot, isSoonest: isBetter && slot === soonest, isSqueezed: false }))
}

const isSameSlot = (a: Slot, b: Slot): boolean => a.providerId === b.providerId && a.startsAt === b.startsAt

/** The next or previous choice in a ring; `null` (any provider) stands at the end. */
export function cycle<T>(choices: readonly T[], current: T, step: 1 | -1): T {
  const next = choices[(choices.indexOf(current) + step + choices.length) % choices.length]
  return next === undefined ? current : next
}

/** Lengths on offer: quarter hours up to two hours, and the visit type's own if it is another. */
export function lengthChoices(typeMinutes: number | undefined): number[] {
  const usual = [15, 30, 45, 60, 75, 90, 120]
  return [...new Set([...usual, ...(typeMinutes ? [typeMinutes] : [])])].toSorted((a, b) => a - b)
}

/** Where the search begins: now for today, otherwise the start of the day that is shown. */
export const searchFrom = (dayStart: Instant, now: Instant): Instant => (now > dayStart ? now : dayStart)

interface WalkIn {
  providerId: string | null
  durationMin: number
  now: Instant
  zone: string
}

/**
 * Somebody stands at the desk: only today counts, from the quarter hour that has begun. After the free slots come the
 * times in breaks and past the hours, in which nobody else is booked.
 */
export function walkInOffers(day: Day, { providerId, durationMin, now, zone }: WalkIn): Offer[] {
  const providerIds = providerId ? [providerId] : day.providers.map((provider) => provider.id)
  const from = instantInZone(day.date, Math.floor(minuteOfDay(now, zone) / SLOT_STEP_MIN) * SLOT_STEP_MIN, zone)
  const wanted = { providerIds, from: from < dayBounds(day.date, zone).from ? now : from, durationMin, limit: OFFERS, days: 1 }
  const free = nextFreeSlots({ ...day, zone }, wanted)
  const weekday = weekdayOf(day.date)
  const allDay = providerIds.map((id) => ({ id, providerId: id, weekday, startMin: 0, endMin: 1440, validFrom: null, validTo: null }))
  const squeezed = nextFreeSlots({ ...day, hours: allDay, shifts: [], holidays: [], zone }, wanted).filter((slot) => !free.some((one) => isSameSlot(one, slot)))
  return [...free.map((slot) => ({ ...slot, isSoonest: false, isSqueezed: false })), ...squeezed.map((slot) => ({ ...slot, isSoonest: false, isSqueezed: true }))].slice(0, OFFERS)
}

/** The visit type that is booked most on this day: what the form begins with. */
export function usualType(types: readonly AppointmentType[], day: Day | undefined): AppointmentType | undefined {
  const times = (type: AppointmentType) => day?.appointments.filter((one) => one.typeId === type.id).length ?? 0
  return types.toSorted((a, b) => times(b) - times(a))[0]
}
