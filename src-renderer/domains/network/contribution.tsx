import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { IconDeviceDesktop } from '#renderer/ui/icons.ts'
import './words.ts'

export const networkContribution: Contribution = {
  domain: 'network',
  routes: [
    { path: '/devices', may: 'clinic.manage', page: async () => (await import('./MachinesPage.tsx')).MachinesPage },
    { path: '/devices/host-gone', may: 'clinic.manage', page: async () => (await import('./HostGonePage.tsx')).HostGonePage },
    { path: '/print/lost-machine/$deviceId', fullWindow: true, may: 'clinic.manage', page: async () => (await import('./LostMachinePage.tsx')).LostMachinePage },
  ],
  places: [{ id: 'devices', label: 'Machines', icon: IconDeviceDesktop, path: paths.devices(), may: 'clinic.manage' }],
  commands: [
    { id: 'devices.open', label: 'Devices and sessions: the clinic’s machines, the host, who is signed in', icon: IconDeviceDesktop, may: 'clinic.manage', run: ({ go }) => go(paths.devices()) },
    { id: 'network.host-gone', label: 'The host is gone: another machine takes its place', icon: IconDeviceDesktop, may: 'clinic.manage', run: ({ go }) => go(paths.hostGone()) },
  ],
}
