import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { IconHome, IconNotes } from '#renderer/ui/icons.ts'
import { errorTexts } from './words.ts'

registerErrorTexts(errorTexts)

const chartPage = async () => (await import('./ChartPage.tsx')).ChartPage

export const encountersContribution: Contribution = {
  domain: 'encounters',
  routes: [
    { path: '/patients/$patientId', may: 'chart.open', page: chartPage },
    { path: '/patients/$patientId/$tab', may: 'chart.open', page: chartPage },
    { path: '/encounters/$encounterId/note', may: 'chart.open', page: async () => (await import('./NotePage.tsx')).NotePage },
    { path: '/doctor', may: 'note.sign', page: async () => (await import('./DoctorHomePage.tsx')).DoctorHomePage },
  ],
  places: [
    { id: 'doctor-home', label: 'Home', icon: IconHome, path: paths.doctorHome(), may: 'note.sign' },
  ],
  patientActions: [{ id: 'chart.open', label: 'Open chart', icon: IconNotes, letter: 'C', may: 'chart.read', run: (patientId, { go }) => go(paths.chart(patientId)) }],
}
