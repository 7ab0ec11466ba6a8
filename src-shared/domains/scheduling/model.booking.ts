import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant } from '../../kernel/time.ts'
import { RoomKind } from '../clinic/model.ts'
import { EquipmentKind } from '../rooms/model.ts'
import { Slot, TelehealthUrl } from './model.ts'

/** Which appointment holds the time, whether as the provider's or the room's, and the three next that are free. Ids and times only. */
export const SlotTaken = z.object({ conflictingId: Id, cause: z.enum(['provider', 'room', 'equipment']), alternatives: z.array(Slot).max(3) })
export type SlotTaken = z.infer<typeof SlotTaken>
const slotTaken = SlotTaken.optional() // The table's own trigger knows nothing but the code.

/** What the visit type needs and nobody can give at this time, and the three next times at which it can. */
export const NothingFits = z.object({ room: RoomKind.nullable(), equipment: EquipmentKind.nullable(), alternatives: z.array(Slot).max(3) })
export type NothingFits = z.infer<typeof NothingFits>
export const placeErrors = {
  SLOT_TAKEN: slotTaken,
  NOTHING_FITS: NothingFits,
  /** The room that was named is out of service then. */
  OUT_OF_SERVICE: z.object({ until: Instant }),
}
/** Nobody is booked who has died; who is inactive is made active first, by somebody who asked. */
export const notExpected = { PATIENT_DECEASED: z.undefined(), PATIENT_INACTIVE: z.undefined() }

export const BookInput = z.strictObject({
  id: Id, patientId: Id, providerId: Id, roomId: Id.nullable(), typeId: Id.nullable(), startsAt: Instant, durationMin: z.int().min(limits.appointment_minutes_min).max(limits.appointment_minutes_max),
  reason: z.string().trim().max(limits.line_chars).nullable(),
  /** A walk-in is here already. */
  hasArrived: z.boolean().default(false),
  telehealthUrl: TelehealthUrl.nullable().default(null),
})
export type BookInput = z.infer<typeof BookInput>
