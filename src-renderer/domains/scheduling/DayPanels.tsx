import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { listName } from '#renderer/ui/format.ts'
import { IconCalendarEvent } from '#renderer/ui/icons.ts'
import { AppointmentView } from './AppointmentView.tsx'
import { BookingPanel } from './BookingPanel.tsx'
import { CancelPanel } from './CancelPanel.tsx'
import { CheckInPanel } from './CheckInPanel.tsx'
import { MoveSeriesPanel } from './MoveSeriesPanel.tsx'
import { NoShowPanel } from './NoShowPanel.tsx'
import { WaitListForm } from './WaitListForm.tsx'
import { WaitListPanel } from './WaitListPanel.tsx'
import { appointmentOf, type DayState } from './useDay.ts'
import { providerName } from './view.ts'

/** The one side panel of the day. It follows its appointment live; one that has left the day closes by itself. */
export function DayPanels({ state }: { state: DayState }) {
  const go = useGo()
  const { day, panel, rooms, types, booking, steps, acts } = state
  const { shown, close } = panel
  if (!day || !shown) return null
  if (shown.kind === 'book') {
    const register = () => go(paths.registerPatient(), { query: booking.draft.typed, returnTo: paths.day(day.date) })
    return <BookingPanel booking={booking} day={day} types={types} onDate={state.showDate} onRegister={register} onBookedSeries={state.showBooked} onClose={close} />
  }
  if (shown.kind === 'wait-list') return <WaitListPanel list={state.waitList} day={day} onAdd={acts && (() => panel.open({ kind: 'wait-list-form' }))} onClose={close} />
  if (shown.kind === 'wait-list-form') return <WaitListForm day={day} types={types} onClose={() => (acts ? state.showWaitList() : close())} />
  const one = appointmentOf(day, shown.id)
  if (!one) return null
  switch (shown.kind) {
    case 'check-in': {
      const provider = day.providers.find((candidate) => candidate.id === one.providerId)
      return <CheckInPanel key={one.id} one={one} provider={provider ? providerName(provider) : ''} onArrive={() => steps.arrive(one).then(close)} onClose={close} />
    }
    case 'cancel':
      return <CancelPanel key={one.id} one={one} onCancel={(reason, following) => void (following.length > 0 ? steps.cancelSeveral([one, ...following], reason, listName(one.patient)) : steps.cancel(one, reason)).then(close)} onClose={close} />
    case 'move-series':
      return <MoveSeriesPanel key={one.id} one={one} to={shown.to} day={day} steps={steps} onClose={close} />
    case 'no-show': {
      const hole = state.waitList.holes.find((free) => free.slot.providerId === one.providerId && free.slot.startsAt < one.endsAt && one.startsAt < free.slot.endsAt)
      return <NoShowPanel key={one.id} one={one} onMark={(reason) => void steps.markNoShow(one, reason)} onRebook={() => panel.rebook(one)} onFill={hole && (() => state.showWaitList(hole))} onClose={close} />
    }
    case 'details':
      return (
        <SidePanel title="Appointment" icon={IconCalendarEvent} onClose={close}>
          <AppointmentView one={one} day={state.clinicDay ?? day} rooms={rooms} types={types} acts={acts} />
        </SidePanel>
      )
  }
}
