import { useRef, useState } from 'react'
import type { Day, SlotTaken } from '#shared/domains/scheduling/contract.ts'
import type { AppointmentType, DayAppointment, Slot } from '#shared/domains/scheduling/model.ts'
import { SLOT_STEP_MIN } from '#shared/domains/scheduling/rules.search.ts'
import { fitOf, type Fit } from '#shared/domains/scheduling/rules.slots.ts'
import { addMinutes, dateInZone, dayBounds, instantInZone, type Instant } from '#shared/kernel/time.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { useActor, useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import { useQueued } from '#renderer/app/useQueued.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { listName } from '#renderer/ui/format.ts'
import { setBookingDraft, useBookingDraft, type BookingDraft } from './booking-draft.ts'
import type { Steps } from './useSteps.ts'
import { useTogether, type Together } from './useTogether.ts'
import { mergeOffers, parseTime, searchFrom, usualType, walkInOffers, type Offer } from './view.booking.ts'
import { planOf, readLink, readRepeat } from './view.series.ts'

/** How far ahead offers are looked for. */
export const SEARCH_DAYS = 63

export type Place = Pick<Slot, 'providerId' | 'startsAt'>

export interface Wanted {
  providerId: string
  startsAt: Instant
  endsAt: Instant
  fit: Fit<DayAppointment>
}

export interface Booking {
  draft: BookingDraft
  change: (changes: Partial<BookingDraft>) => void
  typeId: string | null
  durationMin: number
  offers: readonly Offer[]
  isSearching: boolean
  /** The time that was typed, as it stands on the day that is shown. */
  wanted: Wanted | undefined
  /** Why it was not booked, with the alternatives the core gave. */
  refused: { text: string; conflictingId: string | undefined; alternatives: readonly Slot[] } | undefined
  isRunning: boolean
  /** Several patients at once, while somebody comes along. */
  together: Together
  type: AppointmentType | undefined
  steps: Steps
  /** Why Book is off, in words. */
  missing: string | undefined
  take: (slot: Place) => void
  /** The offer with that number, as soon as the offers answer what is asked now. */
  takeNumber: (number: number) => void
  /** The main act: the typed time, or the first offer. */
  submit: () => void
}

interface UseBooking {
  /** While the panel is closed nothing is looked up. */
  isOpen: boolean
  day: Day | undefined
  types: readonly AppointmentType[]
  steps: Steps
  onBooked: (id: string, startsAt: Instant) => void
}

export function useBooking({ isOpen, day, types, steps, onBooked }: UseBooking): Booking {
  const { userId } = useActor()
  const zone = useZone()
  const now = useNow()
  const isToday = day?.date === useToday()
  const [draft, change] = useBookingDraft(userId)
  const type = types.find((one) => one.id === draft.typeId) ?? usualType(types, day)
  const durationMin = draft.durationMin ?? type?.durationMin ?? SLOT_STEP_MIN
  const [refused, setRefused] = useState<Booking['refused']>()
  const [isRunning, setRunning] = useState(false)

  const from = day ? searchFrom(dayBounds(day.date, zone).from, isToday ? now : dayBounds(day.date, zone).from) : now
  const slots = (providerId: string | null, limit: number) => ({ providerIds: providerId === null ? [] : [providerId], typeId: type?.id ?? null, from, durationMin, limit, days: SEARCH_DAYS })
  const own = useApiQuery('scheduling.findSlots', slots(draft.providerId, 5), { enabled: isOpen && !draft.isWalkIn, keepPrevious: true })
  const anyone = useApiQuery('scheduling.findSlots', slots(null, 1), { enabled: isOpen && !draft.isWalkIn && draft.providerId !== null, keepPrevious: true })
  const isSearching = !draft.isWalkIn && (own.isPending || own.isPlaceholderData)
  const found = draft.isWalkIn && day ? walkInOffers(day, { providerId: draft.providerId, durationMin, now, zone }) : mergeOffers(own.data?.slots ?? [], draft.providerId ? anyone.data?.slots[0] : undefined)
  const instead = refused?.alternatives.map((slot) => ({ ...slot, isSoonest: false, isSqueezed: false })) ?? []
  const offers = instead.length > 0 ? instead : found
  const wanted = day && wantedTime({ draft, type, durationMin, day, zone, firstFree: offers[0]?.providerId })

  const idOf = useSameId()
  const take = async ({ providerId, startsAt }: Place): Promise<void> => {
    const { patient } = draft
    if (!patient || isRunning) return
    if (draft.repeat) {
      const read = readRepeat(draft.repeat, dateInZone(startsAt, zone))
      return 'pattern' in read ? change({ plan: planOf(read.pattern, { providerId, startsAt }, zone) }) : undefined
    }
    const id = idOf(`${patient.id} ${providerId} ${startsAt}`)
    setRunning(true)
    try {
      const { reason, isWalkIn } = draft
      const link = readLink(draft.linkText)
      const wanted = { id, patientId: patient.id, providerId, roomId: null, typeId: type?.id ?? null, startsAt, durationMin, reason: reason.trim() || null, telehealthUrl: 'url' in link ? link.url : null }
      await (isWalkIn ? steps.walkIn(wanted, listName(patient)) : steps.book({ ...wanted, hasArrived: false }, listName(patient)))
      setRefused(undefined)
      setBookingDraft(userId, undefined)
      onBooked(id, startsAt)
    } catch (error) {
      const taken = slotTakenOf(error)
      setRefused({ text: errorText(error), conflictingId: taken?.conflictingId, alternatives: taken?.alternatives ?? [] })
    } finally {
      setRunning(false)
    }
  }

  const together = useTogether({ isOpen, draft, type, types, durationMin, from, steps, onBooked: (one) => { setBookingDraft(userId, undefined); onBooked(one.id, one.startsAt) } })
  const isTogether = draft.companions.length > 0
  const takeNumber = useQueued<number>(isTogether ? together.isSearching : isSearching, (number) => {
    const offer = offers[number - 1]
    if (isTogether) together.take(number - 1)
    else if (offer) void take(offer)
  })
  const missing = isTogether ? together.missing : missingWords(draft, wanted, offers) ?? repeatProblem(draft, wanted ?? offers[0], zone)

  return {
    draft, offers, wanted, refused, durationMin, together, missing,
    isRunning: isRunning || together.isRunning,
    type, steps,
    typeId: type?.id ?? null,
    change: (changes) => {
      setRefused(undefined)
      change(changes)
    },
    isSearching,
    take: (slot) => void take(slot),
    takeNumber,
    submit: () => {
      const slot = wanted ?? (draft.timeText.trim() === '' ? offers[0] : undefined)
      if (missing !== undefined) return
      if (isTogether) together.take(0)
      else if (slot) void take(slot)
    },
  }
}

/** The same attempt keeps its id: sent again after a lost connection it is still one booking. */
function useSameId(): (attempt: string) => string {
  const last = useRef<{ attempt: string; id: string } | undefined>(undefined)
  return (attempt) => {
    if (last.current?.attempt !== attempt) last.current = { attempt, id: newId() }
    return last.current.id
  }
}

interface TypedTime {
  draft: BookingDraft
  type: AppointmentType | undefined
  durationMin: number
  day: Day
  zone: string
  firstFree: string | undefined
}

/** The time that was typed, with the chosen provider or the one who is free first. */
function wantedTime({ draft, type, durationMin, day, zone, firstFree }: TypedTime): Wanted | undefined {
  const minute = parseTime(draft.timeText)
  const providerId = draft.providerId ?? firstFree ?? day.providers[0]?.id
  if (minute === undefined || providerId === undefined) return undefined
  const startsAt = instantInZone(day.date, minute, zone)
  const wanted = {
    id: '', providerId, roomId: null, startsAt, endsAt: addMinutes(startsAt, durationMin), typeId: type?.id ?? null,
    capacity: type?.capacity, bufferBeforeMin: type?.bufferBeforeMin, bufferAfterMin: type?.bufferAfterMin,
  }
  return { providerId, startsAt, endsAt: wanted.endsAt, fit: fitOf({ ...day, zone }, wanted) }
}

function missingWords(draft: BookingDraft, wanted: Wanted | undefined, offers: readonly Offer[]): string | undefined {
  if (!draft.patient) return 'Choose the patient first.'
  if (draft.timeText.trim() !== '' && !wanted) return 'That time cannot be read. Write it like 10:30.'
  if (wanted?.fit.kind === 'taken') return 'That time is taken. Pick a slot to book.'
  if (!wanted && offers.length === 0) return 'Nothing is free in the next nine weeks. Write a time.'
  return undefined
}

function repeatProblem({ repeat, linkText }: BookingDraft, first: Place | undefined, zone: string): string | undefined {
  const link = readLink(linkText)
  if ('problem' in link) return link.problem
  if (!repeat || !first) return undefined
  const read = readRepeat(repeat, dateInZone(first.startsAt, zone))
  return 'problem' in read ? read.problem : undefined
}

function slotTakenOf(error: unknown): SlotTaken | undefined {
  return error instanceof Refusal && error.code === 'SLOT_TAKEN' ? (error.data as SlotTaken | undefined) : undefined // As the contract declares this code's data.
}
