import type { ResourceState } from '#shared/domains/rooms/model.ts'

export const stateWords: Record<ResourceState, string> = { free: 'Free', occupied: 'Occupied', cleaning: 'To be cleaned', 'out-of-service': 'Out of service' }
