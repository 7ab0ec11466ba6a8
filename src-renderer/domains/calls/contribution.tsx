import { askForRecall } from '#renderer/app/asked.ts'
import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { IconPhone } from '#renderer/ui/icons.ts'
import { RecallResident } from './RecallPanel.tsx'
import { useStillToTell } from './useStillToTell.ts'
import { errorTexts } from './words.ts'

registerErrorTexts(errorTexts)

export const callsContribution: Contribution = {
  domain: 'calls',
  routes: [
    { path: paths.calls(), page: async () => (await import('./CallsPage.tsx')).CallsPage, may: 'appointment.write' },
    { path: '/print/reminder/$appointmentId', fullWindow: true, page: async () => (await import('./ReminderPrintPage.tsx')).ReminderPrintPage, may: 'appointment.write' },
    { path: '/print/calls/$planId', fullWindow: true, page: async () => (await import('./CallsPrintPage.tsx')).CallsPrintPage, may: 'appointment.write' },
  ],
  places: [{ id: 'calls', label: 'Calls', icon: IconPhone, path: paths.calls(), may: 'appointment.write', goKey: 'K', useCount: useStillToTell }],
  commands: [{ id: 'calls.open', label: 'Calls: confirm tomorrow, recall patients', icon: IconPhone, may: 'appointment.write', run: ({ go }) => go(paths.calls()) }],
  patientActions: [{ id: 'calls.recall', label: 'Recall: should come again', icon: IconPhone, letter: 'R', may: 'appointment.write', run: askForRecall }],
  Resident: RecallResident,
}
