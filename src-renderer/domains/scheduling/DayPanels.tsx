import type { Room } from '#shared/domains/clinic/model.ts'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { AppointmentType } from '#shared/domains/scheduling/model.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { IconCalendarEvent } from '#renderer/ui/icons.ts'
import { AppointmentView, type AppointmentActs } from './AppointmentView.tsx'
import { BookingPanel } from './BookingPanel.tsx'
import { CancelPanel } from './CancelPanel.tsx'
import { CheckInPanel } from './CheckInPanel.tsx'
import { appointmentOf } from './DayGrid.tsx'
import type { Booking } from './useBooking.ts'
import type { DayPanel } from './useDayPanel.ts'
import type { Steps } from './useSteps.ts'
import { providerName } from './view.ts'

interface DayPanelsProps {
  panel: DayPanel
  day: Day
  rooms: readonly Room[]
  types: readonly AppointmentType[]
  booking: Booking
  steps: Steps
  acts: AppointmentActs | undefined
  onDate: (date: PlainDate) => void
}

/** The one side panel of the day. It follows its appointment live; one that has left the day closes by itself. */
export function DayPanels({ panel, day, rooms, types, booking, steps, acts, onDate }: DayPanelsProps) {
  const go = useGo()
  const { shown, close } = panel
  if (!shown) return null
  if (shown.kind === 'book') {
    const register = () => go(paths.registerPatient(), { query: booking.draft.typed, returnTo: paths.day(day.date) })
    return <BookingPanel booking={booking} day={day} types={types} onDate={onDate} onRegister={register} onClose={close} />
  }
  const one = appointmentOf(day, shown.id)
  if (!one) return null
  if (shown.kind === 'check-in') {
    const provider = day.providers.find((candidate) => candidate.id === one.providerId)
    return <CheckInPanel key={one.id} one={one} provider={provider ? providerName(provider) : ''} onArrive={() => void steps.arrive(one).then(close)} onClose={close} />
  }
  if (shown.kind === 'cancel') return <CancelPanel key={one.id} one={one} onCancel={(reason) => void steps.cancel(one, reason).then(close)} onClose={close} />
  return (
    <SidePanel title="Appointment" icon={IconCalendarEvent} onClose={close}>
      <AppointmentView one={one} day={day} rooms={rooms} acts={acts} />
    </SidePanel>
  )
}
