import type { Contribution } from '#renderer/app/contribution.ts'
import { bridge } from '#renderer/app/bridge.ts'
import { paths } from '#renderer/app/paths.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { IconCalendarClock, IconCalendarEvent, IconCalendarPlus, IconCalendarX, IconClock, IconDeviceDesktop, IconDoor, IconLayoutKanban, IconPrinter } from '#renderer/ui/icons.ts'
import { searchQueue } from './flow/palette.ts'
import { requestBooking } from './booking-request.ts'
import { errorTexts } from './words.ts'

registerErrorTexts(errorTexts)

const flowPage = async () => (await import('./flow/FlowPage.tsx')).FlowPage
const page = async () => (await import('./DayPage.tsx')).DayPage

const absence = async () => (await import('./AbsencePage.tsx')).AbsencePage

export const schedulingContribution: Contribution = {
  domain: 'scheduling',
  routes: [
    // One route: going from a day to a week keeps what is open on the screen.
    { path: '/day/{-$date}/{-$view}/{-$providerId}', page, may: 'appointment.read' },
    { path: '/print/day-sheet/$date/{-$providerId}', page: async () => (await import('./print/DaySheetPage.tsx')).DaySheetPage, may: 'appointment.read', fullWindow: true },
    { path: '/flow', page: flowPage, may: 'appointment.write' },
    { path: '/flow/$appointmentId', page: flowPage, may: 'appointment.write' },
    { path: '/print/slip/$appointmentId', fullWindow: true, page: async () => (await import('./flow/SlipPrintPage.tsx')).SlipPrintPage, may: 'appointment.write' },
    { path: '/absent', page: absence, may: 'schedule.manage' },
    { path: '/absent/$providerId/$from/$to', page: absence, may: 'schedule.manage' },
    { path: '/stranded/$providerId/$from/$to', page: async () => (await import('./AbsencePage.tsx')).StrandedPage, may: 'schedule.manage' },
    { path: paths.hours(), page: async () => (await import('./SchedulePage.tsx')).SchedulePage, may: 'schedule.manage' },
  ],
  places: [
    { id: 'day', label: 'Day', icon: IconCalendarClock, path: paths.day(), may: 'appointment.read', goKey: 'D' },
    { id: 'flow', label: 'Flow', icon: IconLayoutKanban, path: paths.flow(), may: 'appointment.write', goKey: 'F' },
    { id: 'hours', label: 'Hours', icon: IconClock, path: paths.hours(), may: 'schedule.manage' },
  ],
  commands: [
    { id: 'scheduling.day', label: 'Open the day', icon: IconCalendarClock, may: 'appointment.read', run: ({ go }) => go(paths.day()) },
    { id: 'flow.display', label: 'Open the waiting-room display', icon: IconDeviceDesktop, may: 'appointment.write', run: () => bridge()?.window.openDisplay() },
    { id: 'scheduling.rooms', label: 'Open the day by room', icon: IconDoor, may: 'appointment.read', run: ({ go }) => go(paths.calendar('today', 'rooms')) },
    { id: 'scheduling.week', label: 'Open the week', icon: IconCalendarEvent, may: 'appointment.read', run: ({ go }) => go(paths.calendar('today', 'week')) },
    { id: 'scheduling.month', label: 'Open the month', icon: IconCalendarEvent, may: 'appointment.read', run: ({ go }) => go(paths.calendar('today', 'month')) },
    { id: 'scheduling.day-sheet', label: 'Print today’s day sheet', icon: IconPrinter, may: 'appointment.read', run: ({ go }) => go(paths.daySheet('today')) },
    { id: 'scheduling.absent', label: 'Doctor absent today: place the patients', icon: IconCalendarX, may: 'schedule.manage', run: ({ go }) => go(paths.absent()) },
    { id: 'scheduling.hours', label: 'Hours, time off and visit types', icon: IconClock, may: 'schedule.manage', run: ({ go }) => go(paths.hours()) },
  ],
  paletteSource: { id: 'queue', group: 'Queue', may: 'appointment.write', search: searchQueue },
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
