import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { IconCalendarClock, IconCalendarEvent, IconCalendarPlus, IconClock, IconDoor, IconPrinter } from '#renderer/ui/icons.ts'
import { requestBooking } from './booking-request.ts'
import { errorTexts } from './words.ts'

registerErrorTexts(errorTexts)

const page = async () => (await import('./DayPage.tsx')).DayPage

export const schedulingContribution: Contribution = {
  domain: 'scheduling',
  routes: [
    // One route: going from a day to a week keeps what is open on the screen.
    { path: '/day/{-$date}/{-$view}/{-$providerId}', page, may: 'appointment.read' },
    { path: '/print/day-sheet/$date/{-$providerId}', page: async () => (await import('./print/DaySheetPage.tsx')).DaySheetPage, may: 'appointment.read', fullWindow: true },
    { path: paths.hours(), page: async () => (await import('./SchedulePage.tsx')).SchedulePage, may: 'schedule.manage' },
  ],
  places: [
    { id: 'day', label: 'Day', icon: IconCalendarClock, path: paths.day(), may: 'appointment.read', goKey: 'D' },
    { id: 'hours', label: 'Hours', icon: IconClock, path: paths.hours(), may: 'schedule.manage' },
  ],
  commands: [
    { id: 'scheduling.day', label: 'Open the day', icon: IconCalendarClock, may: 'appointment.read', run: ({ go }) => go(paths.day()) },
    { id: 'scheduling.rooms', label: 'Open the day by room', icon: IconDoor, may: 'appointment.read', run: ({ go }) => go(paths.calendar('today', 'rooms')) },
    { id: 'scheduling.week', label: 'Open the week', icon: IconCalendarEvent, may: 'appointment.read', run: ({ go }) => go(paths.calendar('today', 'week')) },
    { id: 'scheduling.month', label: 'Open the month', icon: IconCalendarEvent, may: 'appointment.read', run: ({ go }) => go(paths.calendar('today', 'month')) },
    { id: 'scheduling.day-sheet', label: 'Print today’s day sheet', icon: IconPrinter, may: 'appointment.read', run: ({ go }) => go(paths.daySheet('today')) },
    { id: 'scheduling.hours', label: 'Hours, time off and visit types', icon: IconClock, may: 'schedule.manage', run: ({ go }) => go(paths.hours()) },
  ],
  patientActions: [
    {
      id: 'scheduling.book', label: 'Book appointment', icon: IconCalendarPlus, letter: 'B', may: 'appointment.write',
      run: (patientId, { go }) => {
        requestBooking(patientId)
        go(paths.day())
      },
    },
  ],
}
