import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { IconDoor } from '#renderer/ui/icons.ts'

export const roomsContribution: Contribution = {
  domain: 'rooms',
  routes: [{ path: paths.rooms(), page: async () => (await import('./RoomsPage.tsx')).RoomsPage, may: 'resource.read' }],
  places: [{ id: 'rooms', label: 'Rooms', icon: IconDoor, path: paths.rooms(), may: 'resource.read' }],
  commands: [{ id: 'rooms.board', label: 'Rooms and equipment', icon: IconDoor, may: 'resource.read', run: ({ go }) => go(paths.rooms()) }],
}
