import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { command, query } from '../../rpc/define.ts'
import { Room } from '../clinic/model.ts'
import { Stranded } from '../scheduling/model.ts'
import { Equipment, EquipmentBooking, Outage, Turnover, turnoverStates } from './model.ts'

const none = z.strictObject({})
const topics = ['rooms', 'scheduling'] as const

/** Everything from which the board says what each room and piece is now; the visits of the day come with `scheduling.listDay`. */
export const Board = z.object({
  rooms: z.array(Room),
  equipment: z.array(Equipment),
  /** What is not over yet. */
  outages: z.array(Outage),
  bookings: z.array(EquipmentBooking),
  /** The newest of each room today. */
  turnovers: z.array(Turnover),
})
export type Board = z.infer<typeof Board>

export const MarkRoomInput = z.strictObject({ id: Id, roomId: Id, state: z.enum(turnoverStates) })
export type MarkRoomInput = z.infer<typeof MarkRoomInput>

export const rooms = {
  board: query({ can: 'resource.read', topics: ['rooms', 'scheduling', 'clinic'], input: z.strictObject({ date: PlainDate }), output: Board }),
  listEquipment: query({ can: 'resource.read', topics: ['rooms'], input: none, output: z.array(Equipment) }),
  saveEquipment: command({ conflict: 'host-only', offline: false, can: 'clinic.manage', audit: 'equipment.saved', topics, input: Equipment.strict(), output: Equipment }),
  /** Key X: the room is clean. What a room is, is said by whoever stands in it; two who say it are both right. */
  mark: command({ conflict: 'insert', can: 'room.mark', audit: 'room.marked', topics: ['rooms'], input: MarkRoomInput, output: Turnover, errors: { ROOM_NOT_FOUND: z.undefined() } }),
  /** Out of service from now or later on; answers with the visits that this leaves without a place. */
  takeOut: command({
    conflict: 'host-only', offline: false, can: 'resource.manage', audit: 'resource.taken-out', topics, input: Outage.strict(), output: z.object({ outage: Outage, stranded: z.array(Stranded) }),
    errors: { RESOURCE_NOT_FOUND: z.undefined(), OUTAGE_ENDS_FIRST: z.undefined() },
  }),
  /** In service again from a moment on; one that had not begun never was. */
  bringBack: command({ conflict: 'host-only', offline: false, can: 'resource.manage', audit: 'resource.brought-back', topics, input: z.strictObject({ id: Id, at: Instant }), output: none }),
}
