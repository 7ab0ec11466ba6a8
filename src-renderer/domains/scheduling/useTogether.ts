import { useRef, useState } from 'react'
import type { TogetherWay } from '#shared/domains/scheduling/contract.series.ts'
import type { AppointmentType, Appointment } from '#shared/domains/scheduling/model.ts'
import type { TogetherOffer } from '#shared/domains/scheduling/model.series.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { listName } from '#renderer/ui/format.ts'
import type { BookingDraft } from './booking-draft.ts'
import type { Steps } from './useSteps.ts'

export interface Together {
  offers: readonly TogetherOffer[]
  /** How they can come; a group only where the visit type has places for all of them. */
  ways: readonly TogetherWay[]
  way: TogetherWay
  isSearching: boolean
  isRunning: boolean
  problem: string | undefined
  missing: string | undefined
  take: (offer: number) => void
}

interface UseTogether {
  isOpen: boolean
  draft: BookingDraft
  type: AppointmentType | undefined
  types: readonly AppointmentType[]
  durationMin: number
  from: Instant
  steps: Steps
  onBooked: (first: Appointment) => void
}

const SEARCH_DAYS = 63
const OFFERS = 5

/** A family one after the other, several at once, a group in one time: asked as one question, booked as one act. */
export function useTogether({ isOpen, draft, type, types, durationMin, from, steps, onBooked }: UseTogether): Together {
  const [problem, setProblem] = useState<string>()
  const [isRunning, setRunning] = useState(false)
  const everybody = [draft.patient, ...draft.companions.map((one) => one.patient)].filter((one) => one !== undefined)
  const visits = [{ typeId: type?.id ?? null, durationMin }, ...draft.companions.map(({ typeId }) => {
    const own = types.find((one) => one.id === typeId)
    return own ? { typeId: own.id, durationMin: own.durationMin } : { typeId: type?.id ?? null, durationMin }
  })]
  const isGroup = type !== undefined && type.capacity >= visits.length && draft.companions.every((one) => one.typeId === null || one.typeId === type.id)
  const ways: TogetherWay[] = isGroup ? ['group', 'in-turn', 'at-once'] : ['in-turn', 'at-once']
  const way = ways.includes(draft.way) ? draft.way : 'in-turn'
  const isAsked = isOpen && visits.length > 1 && visits.length <= limits.together_patients_max
  const query = useApiQuery('scheduling.findTogether', { visits, way, providerId: draft.providerId, from, days: SEARCH_DAYS, limit: OFFERS }, { enabled: isAsked, keepPrevious: true })
  const offers = query.data ?? []
  const idsOf = useIds()

  const book = async (offer: TogetherOffer): Promise<void> => {
    setRunning(true)
    try {
      const ids = idsOf(JSON.stringify([everybody.map((one) => one.id), offer.slots]), visits.length)
      const reason = draft.reason.trim() || null
      const booked = await steps.bookTogether({
        visits: offer.slots.flatMap(({ providerId, startsAt }, i) => {
          const [patient, visit, id] = [everybody[i], visits[i], ids[i]]
          return patient && visit && id ? [{ ...visit, id, patientId: patient.id, providerId, startsAt, reason }] : []
        }),
      }, everybody.map(listName).join(' · '))
      setProblem(undefined)
      if (booked[0]) onBooked(booked[0])
    } catch (error) {
      setProblem(errorText(error))
    } finally {
      setRunning(false)
    }
  }
  const missing = !draft.patient ? 'Choose the patient first.' : offers.length === 0 && !query.isPending ? 'No time was found at which all of them can come.' : undefined
  return {
    offers, ways, way, problem, isRunning, missing,
    isSearching: isAsked && (query.isPending || query.isPlaceholderData),
    take: (at) => {
      const offer = offers[at]
      if (offer && offer.slots.length === visits.length && everybody.length === visits.length && !isRunning) void book(offer)
    },
  }
}

/** The same attempt keeps its ids: sent again after a lost answer it is still one booking for each. */
function useIds(): (attempt: string, count: number) => readonly string[] {
  const last = useRef<{ attempt: string; ids: readonly string[] } | undefined>(undefined)
  return (attempt, count) => {
    if (last.current?.attempt !== attempt) last.current = { attempt, ids: Array.from({ length: count }, newId) }
    return last.current.ids
  }
}
