import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { IconDeviceDesktop } from '#renderer/ui/icons.ts'
import './words.ts'

export const devicesContribution: Contribution = {
  domain: 'devices',
  routes: [{ path: '/devices', may: 'clinic.manage', page: async () => (await import('./DevicesPage.tsx')).DevicesPage }],
  places: [{ id: 'devices', label: 'Devices', icon: IconDeviceDesktop, path: paths.devices(), may: 'clinic.manage' }],
  commands: [{ id: 'devices.open', label: 'Devices and sessions: who is signed in where', icon: IconDeviceDesktop, may: 'clinic.manage', run: ({ go }) => go(paths.devices()) }],
}
