import type { EquipmentKind, ResourceState } from '#shared/domains/rooms/model.ts'

export const stateWords: Record<ResourceState, string> = { free: 'Free', occupied: 'Occupied', cleaning: 'To be cleaned', 'out-of-service': 'Out of service' }
export const equipmentWords: Record<EquipmentKind, string> = {
  ecg: 'ECG', ultrasound: 'Ultrasound', spirometer: 'Spirometer', infusion: 'Infusion', cautery: 'Cautery', imaging: 'Imaging', other: 'Other',
}
