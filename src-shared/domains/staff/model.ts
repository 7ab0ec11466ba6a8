import * as z from 'zod'
import { RoleSchema } from '../../access/roles.ts'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { StaffMember } from '../clinic/model.ts'

const DAY_MIN = 1440
const minuteOfShift = z.int().min(0).max(2 * DAY_MIN)

/** `off`: away on this day by the roster, although the weekly hours say otherwise. */
export const shiftKinds = ['work', 'off'] as const

/** Minutes since midnight of the clinic's wall clock; an end past 1440 is after midnight. */
const shiftTimes = {
  kind: z.enum(shiftKinds), startMin: z.int().min(0).max(DAY_MIN - 1), endMin: minuteOfShift,
  breakStartMin: minuteOfShift.nullable(), breakEndMin: minuteOfShift.nullable(),
}
export const Shift = z.object({ id: Id, staffId: Id, date: PlainDate, ...shiftTimes })
export type Shift = z.infer<typeof Shift>
export type ShiftTimes = Pick<Shift, keyof typeof shiftTimes>

/** One shift of a week that can be laid over any week. */
export const TemplateShift = z.object({ staffId: Id, weekday: z.int().min(0).max(6), ...shiftTimes })
export type TemplateShift = z.infer<typeof TemplateShift>
export const RosterTemplate = z.object({ id: Id, name: z.string().trim().min(1).max(limits.name_chars), shifts: z.array(TemplateShift).max(limits.roster_week_shifts) })
export type RosterTemplate = z.infer<typeof RosterTemplate>

export const leaveKinds = ['vacation', 'sick', 'training', 'family', 'other'] as const
export type LeaveKind = (typeof leaveKinds)[number]
export const leaveStatuses = ['requested', 'approved', 'declined', 'withdrawn'] as const
export type LeaveStatus = (typeof leaveStatuses)[number]
const note = z.string().trim().max(limits.line_chars).nullable()

/** Whole days, the first and the last included. */
export const LeaveRequest = z.object({
  id: Id, staffId: Id, kind: z.enum(leaveKinds), fromOn: PlainDate, toOn: PlainDate, note, status: z.enum(leaveStatuses),
  requestedAt: Instant, decidedAt: Instant.nullable(),
})
export type LeaveRequest = z.infer<typeof LeaveRequest>

/** Approved leave as everybody sees it: that somebody is away, and not why. */
export const Leave = z.object({ staffId: Id, fromOn: PlainDate, toOn: PlainDate })
export type Leave = z.infer<typeof Leave>

export const swapStatuses = ['asked', 'agreed', 'approved', 'declined', 'withdrawn'] as const
export type SwapStatus = (typeof swapStatuses)[number]
/** Somebody asks a colleague to take a shift: the colleague agrees, then whoever keeps the roster approves. */
export const SwapRequest = z.object({
  id: Id, shiftId: Id, fromStaffId: Id, toStaffId: Id, note, status: z.enum(swapStatuses), requestedAt: Instant, decidedAt: Instant.nullable(),
  /** The shift as it stands; null where it was taken away meanwhile. */
  shift: Shift.nullable(),
})
export type SwapRequest = z.infer<typeof SwapRequest>

/** At least so many people of a role on this weekday, all the time between these minutes. */
export const CoverageRule = z.object({
  id: Id, role: RoleSchema, weekday: z.int().min(0).max(6), startMin: z.int().min(0).max(DAY_MIN - 1), endMin: z.int().min(1).max(DAY_MIN),
  peopleMin: z.int().min(1).max(50),
})
export type CoverageRule = z.infer<typeof CoverageRule>

export const RosterPerson = StaffMember.extend({ roles: z.array(RoleSchema) })
export type RosterPerson = z.infer<typeof RosterPerson>
