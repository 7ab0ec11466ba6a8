import type { Day } from '#shared/domains/scheduling/contract.ts'
import { useMay } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import type { KeyDef } from '#renderer/app/keys/registry.ts'
import type { Booking } from './useBooking.ts'
import { cycle } from './view.booking.ts'
import { emptyRepeat } from './view.series.ts'

const where = 'Booking'
const numbers = [1, 2, 3, 4, 5]

/** 1 to 5 take an offer at once (with Ctrl while typing), ← → change the provider, Ctrl Enter books. */
export function useBookingKeys(booking: Booking, day: Day, onRegister: () => void, onOthers: () => void): void {
  const mayRegister = useMay('patient.write')
  const choices = [...day.providers.map((provider) => provider.id), null]
  const turn = (step: 1 | -1) => booking.change({ providerId: cycle(choices, booking.draft.providerId, step) })
  const isPlanned = !booking.draft.isWalkIn && booking.draft.patient !== undefined
  const slotKeys: KeyDef[] = numbers.flatMap((number) => [
    { id: `booking.take-${number}`, keys: String(number), label: `Book slot ${number}`, where, run: () => booking.takeNumber(number) },
    { id: `booking.take-${number}-typing`, keys: `Ctrl+${number}`, label: `Book slot ${number} while typing`, where, hidden: true, run: () => booking.takeNumber(number) },
  ])
  useKeys([
    ...slotKeys,
    { id: 'booking.submit', keys: 'Ctrl+Enter', label: booking.draft.isWalkIn ? 'Walk in' : 'Book', where, run: booking.submit },
    { id: 'booking.provider-before', keys: '←', label: 'Provider before', where, run: () => turn(-1) },
    { id: 'booking.provider-after', keys: '→', label: 'Provider after', where, run: () => turn(1) },
    { id: 'booking.repeat', keys: 'R', label: 'Repeat: a series', where, run: () => booking.change({ repeat: booking.draft.repeat ? undefined : emptyRepeat }), when: () => isPlanned && booking.draft.companions.length === 0 },
    { id: 'booking.others', keys: 'O', label: 'Others come along', where, run: onOthers, when: () => isPlanned },
    ...(mayRegister ? [{ id: 'booking.register', keys: 'Ctrl+Shift+N', label: 'Register a new patient and come back', where, run: onRegister }] : []),
  ])
}
