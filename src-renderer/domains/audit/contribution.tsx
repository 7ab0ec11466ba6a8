import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { IconActivity, IconEye, IconPrinter } from '#renderer/ui/icons.ts'
import { errorTexts } from './words.ts'

registerErrorTexts(errorTexts)

export const auditContribution: Contribution = {
  domain: 'audit',
  routes: [
    { path: '/activity', may: 'audit.read', page: async () => (await import('./ActivityPage.tsx')).ActivityPage },
    { path: '/activity/patients/$patientId', may: 'audit.read', page: async () => (await import('./ActivityPage.tsx')).ActivityPage },
    { path: '/activity/disclosures', may: 'audit.read', page: async () => (await import('./DisclosuresPage.tsx')).DisclosuresPage },
    { path: '/my-activity', page: async () => (await import('./OwnActivityPage.tsx')).OwnActivityPage },
  ],
  places: [{ id: 'activity', label: 'Activity', icon: IconActivity, path: paths.activity(), may: 'audit.read', goKey: 'L' }],
  commands: [
    { id: 'audit.open', label: 'Activity: who did, saw or was refused what', icon: IconActivity, may: 'audit.read', run: ({ go }) => go(paths.activity()) },
    { id: 'audit.disclosures', label: 'Printed and exported: what left the clinic', icon: IconPrinter, may: 'audit.read', run: ({ go }) => go(paths.disclosures()) },
    { id: 'audit.own', label: 'My activity: what the log says of me', icon: IconActivity, run: ({ go }) => go(paths.ownActivity()) },
  ],
  patientActions: [
    { id: 'audit.who-opened', label: 'Who opened this chart', letter: 'W', icon: IconEye, may: 'audit.read', run: (patientId, { go }) => go(paths.chartAccess(patientId)) },
  ],
}
