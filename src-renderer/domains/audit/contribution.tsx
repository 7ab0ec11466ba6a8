import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { IconActivity, IconEye } from '#renderer/ui/icons.ts'

export const auditContribution: Contribution = {
  domain: 'audit',
  routes: [{ path: '/activity', may: 'audit.read', page: async () => (await import('./ActivityPage.tsx')).ActivityPage }],
  places: [{ id: 'activity', label: 'Activity', icon: IconActivity, path: paths.activity(), may: 'audit.read', goKey: 'L' }],
  commands: [{ id: 'audit.open', label: 'Activity: who did, saw or was refused what', icon: IconActivity, may: 'audit.read', run: ({ go }) => go(paths.activity()) }],
  patientActions: [
    { id: 'audit.who-opened', label: 'Who opened this chart', letter: 'W', icon: IconEye, may: 'audit.read', run: (patientId, { go }) => go(paths.activity(), { patientId }) },
  ],
}
