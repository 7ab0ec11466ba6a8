import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant } from '../../kernel/time.ts'

export const equipmentKinds = ['ecg', 'ultrasound', 'spirometer', 'infusion', 'cautery', 'imaging', 'other'] as const
export const EquipmentKind = z.enum(equipmentKinds)
export type EquipmentKind = z.infer<typeof EquipmentKind>

/** A piece that an appointment can hold, like a room. */
export const Equipment = z.object({ id: Id, name: z.string().trim().min(1).max(limits.name_chars), kind: EquipmentKind, isActive: z.boolean(), sortOrder: z.int() })
export type Equipment = z.infer<typeof Equipment>

/** What an appointment holds of the equipment, its buffers included. */
export const EquipmentBooking = z.object({ id: Id, appointmentId: Id, equipmentId: Id, holdsFrom: Instant, holdsTo: Instant })
export type EquipmentBooking = z.infer<typeof EquipmentBooking>

/** The end of what has no end in sight: one index range finds everything that is not over. */
export const OPEN_END: Instant = '9999-12-31T00:00:00.000Z'

/** A time in which one room or one piece of equipment is out of service. */
export const Outage = z.object({
  id: Id, roomId: Id.nullable(), equipmentId: Id.nullable(), startsAt: Instant, endsAt: Instant, reason: z.string().trim().min(1).max(limits.line_chars),
})
export type Outage = z.infer<typeof Outage>

/** What somebody said of a room; whether it is free follows from this and from the visits. */
export const turnoverStates = ['clean', 'cleaning'] as const
export const Turnover = z.object({ id: Id, roomId: Id, state: z.enum(turnoverStates), markedAt: Instant })
export type Turnover = z.infer<typeof Turnover>

export const resourceStates = ['free', 'occupied', 'cleaning', 'out-of-service'] as const
export type ResourceState = (typeof resourceStates)[number]
