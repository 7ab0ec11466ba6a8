import { useEffect, useRef, useState } from 'react'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { useActor } from '#renderer/app/actor.tsx'
import { useCarried } from '#renderer/app/navigation.ts'
import { api } from '#renderer/rpc/api.ts'
import { clock } from '#renderer/ui/format.ts'
import { bookingDraftOf, emptyDraft, setBookingDraft } from './booking-draft.ts'
import { takeBookingRequest, useBookingRequest } from './booking-request.ts'
import type { MoveTo } from './useSteps.ts'

export type PanelKind = { kind: 'book' } | { kind: 'wait-list' } | { kind: 'wait-list-form' } | { kind: 'check-in' | 'details' | 'cancel' | 'no-show'; id: string } | { kind: 'move-series'; id: string; to: MoveTo }

interface BookFor {
  isWalkIn: boolean
  providerId?: string
  /** Minutes since midnight, from a press on free time. */
  minute?: number
}

export interface DayPanel {
  shown: PanelKind | undefined
  open: (panel: PanelKind) => void
  close: () => void
  book: (wanted: BookFor) => void
  /** The same visit once more, at another time. */
  rebook: (one: DayAppointment) => void
}

/** Which side panel is open: one at a time. Booking goes on with what was in it before. */
export function useDayPanel(): DayPanel {
  const { userId } = useActor()
  const [shown, setShown] = useState<PanelKind>()
  const book = ({ isWalkIn, providerId, minute }: BookFor): void => {
    const before = bookingDraftOf(userId) ?? emptyDraft
    const place = { ...(providerId ? { providerId } : {}), ...(minute === undefined ? {} : { timeText: clock(minute) }) }
    setBookingDraft(userId, { ...before, isWalkIn, ...place })
    setShown({ kind: 'book' })
  }
  const rebook = (one: DayAppointment): void => {
    setBookingDraft(userId, { ...emptyDraft, patient: one.patient, typeId: one.typeId, providerId: one.providerId, reason: one.reason ?? '' })
    setShown({ kind: 'book' })
  }
  useRequestedBooking(() => book({ isWalkIn: bookingDraftOf(userId)?.isWalkIn ?? false }))
  return { shown, open: setShown, close: () => setShown(undefined), book, rebook }
}

/** Another screen (the palette, a chart, the new patient's form) has asked to book for a patient. */
function useRequestedBooking(open: () => void): void {
  const { userId } = useActor()
  const carried = useCarried()
  const requested = useBookingRequest()
  const patientId = requested ?? carried['book']
  const typeId = carried['type']
  const latest = useRef(open)
  useEffect(() => {
    latest.current = open
  })
  useEffect(() => {
    if (!patientId) return
    takeBookingRequest()
    void api.patients.get({ id: patientId }).then(({ patient }) => {
      setBookingDraft(userId, { ...(bookingDraftOf(userId) ?? emptyDraft), patient, typed: '', ...(typeId ? { typeId, durationMin: null } : {}) })
      latest.current()
    })
  }, [patientId, typeId, userId])
}
