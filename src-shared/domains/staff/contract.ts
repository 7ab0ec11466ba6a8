import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { PlainDate } from '../../kernel/time.ts'
import { command, query } from '../../rpc/define.ts'
import { Holiday, Stranded } from '../scheduling/model.ts'
import { CoverageRule, Leave, LeaveRequest, RosterPerson, RosterTemplate, Shift, SwapRequest } from './model.ts'

const none = z.strictObject({})
const topics = ['roster', 'scheduling'] as const
const hostOnly = { conflict: 'host-only', offline: false, can: 'schedule.manage', topics } as const

/** Visits that a change leaves without their provider, said at once: nobody moves them by themselves. */
const stranded = z.array(Stranded)

export const Roster = z.object({
  people: z.array(RosterPerson),
  shifts: z.array(Shift),
  leaves: z.array(Leave),
  holidays: z.array(Holiday),
  coverage: z.array(CoverageRule),
})
export type Roster = z.infer<typeof Roster>

const shiftErrors = { STAFF_NOT_FOUND: z.undefined(), SHIFTS_OVERLAP: z.undefined(), SHIFT_TIMES: z.undefined() }
const week = z.strictObject({ weekOf: PlainDate })

export const FillWeekInput = z.strictObject({
  /** Any day of the week, which begins on Monday. */
  weekOf: PlainDate,
  from: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('week'), weekOf: PlainDate }), z.strictObject({ kind: z.literal('template'), id: Id })]),
})
export type FillWeekInput = z.infer<typeof FillWeekInput>

const leaveWish = LeaveRequest.pick({ id: true, kind: true, fromOn: true, toOn: true, note: true }).strict()
export type LeaveWish = z.infer<typeof leaveWish>
const leaveErrors = { LEAVE_LENGTH: z.object({ days_max: z.int() }), STAFF_NOT_FOUND: z.undefined() }
/** Somebody has decided it meanwhile, or it was taken back. */
const decided = { ALREADY_DECIDED: z.object({ status: z.string() }) }
const verdict = z.strictObject({ id: Id, isApproved: z.boolean() })

export const PersonHours = z.object({ staffId: Id, shifts: z.int(), workMinutes: z.int(), leaveDays: z.int() })
export type PersonHours = z.infer<typeof PersonHours>

export const staff = {
  roster: query({ can: 'roster.read', topics: ['roster', 'scheduling', 'staff'], input: week, output: Roster }),
  saveShift: command({ ...hostOnly, audit: 'shift.saved', input: Shift.strict(), output: z.object({ shift: Shift, stranded }), errors: shiftErrors }),
  removeShifts: command({ ...hostOnly, audit: 'shift.removed', input: z.strictObject({ ids: z.array(Id).min(1).max(limits.roster_week_shifts) }), output: z.object({ stranded }) }),
  /** Copies a week or lays a template over it. Who has a shift on a day keeps it; holidays stay free. */
  fillWeek: command({ ...hostOnly, audit: 'roster.filled', input: FillWeekInput, output: z.object({ addedIds: z.array(Id), kept: z.int(), stranded }) }),
  listTemplates: query({ can: 'schedule.manage', topics: ['roster'], input: none, output: z.array(RosterTemplate) }),
  /** The shifts of a week, to be laid over others. */
  saveTemplate: command({ ...hostOnly, audit: 'roster.template-saved', input: z.strictObject({ id: Id, name: RosterTemplate.shape.name, weekOf: PlainDate }), output: RosterTemplate, errors: { WEEK_EMPTY: z.undefined() } }),
  removeTemplate: command({ ...hostOnly, audit: 'roster.template-removed', input: z.strictObject({ id: Id }), output: none }),

  /** One's own; of everybody for whoever keeps the roster or decides. */
  listLeave: query({ can: 'roster.read', topics: ['roster'], input: z.strictObject({ from: PlainDate }), output: z.array(LeaveRequest).max(limits.page_rows) }),
  requestLeave: command({ conflict: 'insert', can: 'roster.read', audit: 'leave.requested', topics: ['roster'], input: leaveWish, output: LeaveRequest, errors: leaveErrors }),
  withdrawLeave: command({ conflict: 'from-state', can: 'roster.read', audit: 'leave.withdrawn', topics, input: z.strictObject({ id: Id }), output: LeaveRequest, errors: decided }),
  decideLeave: command({ ...hostOnly, can: 'leave.decide', audit: 'leave.decided', input: verdict, output: z.object({ request: LeaveRequest, stranded }), errors: decided }),
  /** Somebody has called in sick: it holds at once, and nobody is asked. */
  recordLeave: command({ ...hostOnly, audit: 'leave.recorded', input: leaveWish.extend({ staffId: Id }), output: z.object({ request: LeaveRequest, stranded }), errors: leaveErrors }),

  listSwaps: query({ can: 'roster.read', topics: ['roster'], input: none, output: z.array(SwapRequest).max(limits.page_rows) }),
  askSwap: command({
    conflict: 'insert', can: 'roster.read', audit: 'swap.asked', topics: ['roster'], input: z.strictObject({ id: Id, shiftId: Id, toStaffId: Id, note: SwapRequest.shape.note }), output: SwapRequest,
    errors: { SHIFT_NOT_YOURS: z.undefined(), STAFF_NOT_FOUND: z.undefined() },
  }),
  answerSwap: command({ conflict: 'from-state', can: 'roster.read', audit: 'swap.answered', topics: ['roster'], input: z.strictObject({ id: Id, agrees: z.boolean() }), output: SwapRequest, errors: decided }),
  withdrawSwap: command({ conflict: 'from-state', can: 'roster.read', audit: 'swap.withdrawn', topics: ['roster'], input: z.strictObject({ id: Id }), output: SwapRequest, errors: decided }),
  decideSwap: command({ ...hostOnly, audit: 'swap.decided', input: verdict, output: z.object({ swap: SwapRequest, stranded }), errors: { ...decided, SHIFTS_OVERLAP: z.undefined(), SHIFT_GONE: z.undefined() } }),

  saveCoverage: command({ ...hostOnly, topics: ['roster'], audit: 'coverage.saved', input: CoverageRule.strict(), output: CoverageRule, errors: { COVERAGE_TIMES: z.undefined() } }),
  removeCoverage: command({ ...hostOnly, topics: ['roster'], audit: 'coverage.removed', input: z.strictObject({ id: Id }), output: none }),
  hoursReport: query({
    can: 'schedule.manage', topics: ['roster', 'staff'], input: z.strictObject({ from: PlainDate, to: PlainDate }), output: z.array(PersonHours), errors: { SPAN_TOO_LONG: z.object({ days_max: z.int() }) },
  }),
}
