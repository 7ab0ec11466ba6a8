import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { IconCalendarClock, IconCalendarPlus, IconCalendarX, IconClock } from '#renderer/ui/icons.ts'
import { requestBooking } from './booking-request.ts'
import { errorTexts } from './words.ts'

registerErrorTexts(errorTexts)

const page = async () => (await import('./DayPage.tsx')).DayPage

const absence = async () => (await import('./AbsencePage.tsx')).AbsencePage

export const schedulingContribution: Contribution = {
  domain: 'scheduling',
  routes: [
    { path: '/day', page, may: 'appointment.read' },
    { path: '/day/$date', page, may: 'appointment.read' },
    { path: '/absent', page: absence, may: 'schedule.manage' },
    { path: '/absent/$providerId/$from/$to', page: absence, may: 'schedule.manage' },
    { path: '/stranded/$providerId/$from/$to', page: async () => (await import('./AbsencePage.tsx')).StrandedPage, may: 'schedule.manage' },
    { path: paths.hours(), page: async () => (await import('./SchedulePage.tsx')).SchedulePage, may: 'schedule.manage' },
  ],
  places: [
    { id: 'day', label: 'Day', icon: IconCalendarClock, path: paths.day(), may: 'appointment.read', goKey: 'D' },
    { id: 'hours', label: 'Hours', icon: IconClock, path: paths.hours(), may: 'schedule.manage' },
  ],
  commands: [
    { id: 'scheduling.day', label: 'Open the day', icon: IconCalendarClock, may: 'appointment.read', run: ({ go }) => go(paths.day()) },
    { id: 'scheduling.absent', label: 'Doctor absent today: place the patients', icon: IconCalendarX, may: 'schedule.manage', run: ({ go }) => go(paths.absent()) },
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
