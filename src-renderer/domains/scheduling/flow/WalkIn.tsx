import { useEffect, useState } from 'react'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { AppointmentType } from '#shared/domains/scheduling/model.ts'
import { useActor } from '#renderer/app/actor.tsx'
import { useCarried, useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { bookingDraftOf, emptyDraft, setBookingDraft } from '../booking-draft.ts'
import { BookingPanel } from '../BookingPanel.tsx'
import { useBooking, type Booking } from '../useBooking.ts'
import type { Steps } from '../useSteps.ts'

const NO_TYPES: readonly AppointmentType[] = []

export interface WalkInState {
  isOpen: boolean
  booking: Booking
  types: readonly AppointmentType[]
  open: () => void
  close: () => void
}

/** The walk-in of the day's booking panel, on the board: what was typed in it is the same draft on both screens. */
export function useWalkIn(day: Day, steps: Steps, onDone: (id: string) => void): WalkInState {
  const { userId } = useActor()
  const [isOpen, setOpen] = useState(false)
  const types = useApiQuery('scheduling.listTypes', {}).data ?? NO_TYPES
  const booking = useBooking({
    isOpen, day, types, steps,
    onBooked: (id) => {
      setOpen(false)
      onDone(id)
    },
  })
  const carried = useCarried()['book']
  useEffect(() => {
    if (!carried) return
    void api.patients.get({ id: carried }).then(({ patient }) => {
      setBookingDraft(userId, { ...(bookingDraftOf(userId) ?? emptyDraft), isWalkIn: true, patient, typed: '' })
      setOpen(true)
    })
  }, [carried, userId])
  return {
    isOpen, booking, types,
    open: () => {
      setBookingDraft(userId, { ...(bookingDraftOf(userId) ?? emptyDraft), isWalkIn: true })
      setOpen(true)
    },
    close: () => setOpen(false),
  }
}

/** Somebody new is registered on the screen for it, and the walk-in goes on with them here. */
export function WalkInPanel({ walkIn, day }: { walkIn: WalkInState; day: Day }) {
  const go = useGo()
  if (!walkIn.isOpen) return null
  const register = () => go(paths.registerPatient(), { query: walkIn.booking.draft.typed, returnTo: paths.flow() })
  return <BookingPanel booking={walkIn.booking} day={day} types={walkIn.types} onDate={() => undefined} onRegister={register} onBookedSeries={walkIn.close} onClose={walkIn.close} />
}
