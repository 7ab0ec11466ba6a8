import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { IconHome, IconId, IconSettings, IconUserCircle, IconUserPlus } from '#renderer/ui/icons.ts'
import './words.ts'
import { OfficerFacts, RolesFacts } from './ApprovalFacts.tsx'
import { IdleLock } from './IdleLock.tsx'

export const clinicContribution: Contribution = {
  domain: 'clinic',
  routes: [
    { path: '/clinic', may: 'clinic.manage', page: async () => (await import('./OwnerHomePage.tsx')).OwnerHomePage },
    { path: '/staff', may: 'clinic.manage', page: async () => (await import('./StaffPage.tsx')).StaffPage },
    { path: '/me', page: async () => (await import('./MySignInPage.tsx')).MySignInPage },
    { path: '/settings', may: 'clinic.manage', page: async () => (await import('./SettingsPage.tsx')).SettingsPage },
    { path: '/print/invite', fullWindow: true, may: 'clinic.manage', page: async () => (await import('./InvitePrintPage.tsx')).InvitePrintPage },
  ],
  approvals: [
    { procedure: 'clinic.changeRoles', title: 'Change roles', Facts: RolesFacts },
    { procedure: 'clinic.setPrivacyOfficer', title: 'Change privacy officer', Facts: OfficerFacts },
  ],
  places: [
    { id: 'owner-home', label: 'Home', icon: IconHome, path: paths.owner(), may: 'clinic.manage', goKey: 'H' },
    { id: 'staff', label: 'Staff', icon: IconId, path: paths.staff(), may: 'clinic.manage', goKey: 'S' },
    { id: 'settings', label: 'Settings', icon: IconSettings, path: paths.settings(), may: 'clinic.manage' },
  ],
  commands: [
    { id: 'session.mine', label: 'My sign-in: password, PIN, second factor, open windows', icon: IconUserCircle, run: ({ go }) => go(paths.mySignIn()) },
    { id: 'clinic.add-person', label: 'Invite a person to the staff', icon: IconUserPlus, may: 'clinic.manage', run: ({ go }) => go(paths.staff(), { act: 'add' }) },
    { id: 'clinic.settings', label: 'Clinic settings: name, address, rooms', icon: IconSettings, may: 'clinic.manage', run: ({ go }) => go(paths.settings()) },
  ],
  Resident: IdleLock,
}
