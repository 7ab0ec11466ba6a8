import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { IconUsersGroup } from '#renderer/ui/icons.ts'
import { errorTexts } from './words.ts'

registerErrorTexts(errorTexts)

export const staffContribution: Contribution = {
  domain: 'staff',
  routes: [
    { path: paths.roster(), page: async () => (await import('./RosterPage.tsx')).RosterPage, may: 'roster.read' },
    { path: '/print/hours/$from/$to', fullWindow: true, page: async () => (await import('./HoursPrintPage.tsx')).HoursPrintPage, may: 'schedule.manage' },
  ],
  places: [{ id: 'roster', label: 'Roster', icon: IconUsersGroup, path: paths.roster(), may: 'roster.read' }],
  commands: [{ id: 'staff.roster', label: 'Roster, leave and swaps', icon: IconUsersGroup, may: 'roster.read', run: ({ go }) => go(paths.roster()) }],
}
