import type { Room } from '#shared/domains/clinic/model.ts'
import type { EquipmentKind } from '#shared/domains/rooms/model.ts'

/** What a visit may need, in the words of the desk. */
export const roomKindWords: Record<Room['kind'], string> = { exam: 'Exam', treatment: 'Treatment', lab: 'Lab', other: 'Other' }
export const equipmentWords: Record<EquipmentKind, string> = {
  ecg: 'ECG', ultrasound: 'Ultrasound', spirometer: 'Spirometer', infusion: 'Infusion', cautery: 'Cautery', imaging: 'Imaging', other: 'Other',
}
