import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { IconAlertTriangle } from '#renderer/ui/icons.ts'
import { BreakGlassDialog } from './BreakGlassDialog.tsx'
import './words.ts'

export const accessContribution: Contribution = {
  domain: 'access',
  // Open to everyone signed in: whether somebody is a privacy officer is a flag on the account, and the page asks the core.
  routes: [{ path: '/emergency-access', page: async () => (await import('./EmergencyAccessPage.tsx')).EmergencyAccessPage }],
  commands: [
    { id: 'access.review', label: 'Review emergency access', icon: IconAlertTriangle, run: ({ go }) => go(paths.emergencyAccess()) },
  ],
  Resident: BreakGlassDialog,
}
