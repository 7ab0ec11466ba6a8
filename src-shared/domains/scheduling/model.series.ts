import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { Holiday, ScheduleBlock, Slot } from './model.ts'
import { EquipmentKind } from '../rooms/model.ts'
import { RoomKind } from '../clinic/model.ts'

export const seriesUnits = ['day', 'week', 'month'] as const
export type SeriesUnit = (typeof seriesUnits)[number]

/** "Every two weeks on Monday and Thursday, ten times", on the clinic's calendar. It ends by a number or by a day. */
export const SeriesPattern = z.strictObject({
  unit: z.enum(seriesUnits),
  every: z.int().min(1).max(limits.series_every_max),
  /** Of weeks; none: the weekday of the first one. Sunday is 0. */
  weekdays: z.array(z.int().min(0).max(6)).max(7).default([]),
  /** Of months: "the second Tuesday" instead of "the tenth". */
  isByWeekday: z.boolean().default(false),
  count: z.int().min(2).max(limits.series_visits_max).nullable().default(null),
  until: PlainDate.nullable().default(null),
}).refine(({ count, until }) => (count === null) !== (until === null), 'ends by a number or by a day')
export type SeriesPattern = z.infer<typeof SeriesPattern>

/** One visit of several that are planned together. */
export const Occurrence = z.strictObject({ providerId: Id, startsAt: Instant })
export type Occurrence = z.infer<typeof Occurrence>

/** What stands in the way of one time. The first three cannot be booked; the others are said, and somebody decides. Ids, times and names of days only. */
export const OccurrenceProblem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('taken'), byId: Id, cause: z.enum(['provider', 'room', 'equipment']) }),
  z.object({ kind: z.literal('nothing-fits'), room: RoomKind.nullable(), equipment: EquipmentKind.nullable() }),
  z.object({ kind: z.literal('refused'), code: z.string() }),
  z.object({ kind: z.literal('blocked'), by: ScheduleBlock }),
  z.object({ kind: z.literal('holiday'), by: Holiday }),
  z.object({ kind: z.literal('away') }),
  z.object({ kind: z.literal('outside-hours') }),
])
export type OccurrenceProblem = z.infer<typeof OccurrenceProblem>
export const isHardProblem = ({ kind }: OccurrenceProblem): boolean => kind === 'taken' || kind === 'nothing-fits' || kind === 'refused'

/** Of a list that was sent: the place of one in it, from 0, and why not. */
export const RefusedOccurrence = z.object({ place: z.int(), startsAt: Instant, problem: OccurrenceProblem })
export type RefusedOccurrence = z.infer<typeof RefusedOccurrence>

/** Of steps that were sent: which one, and the code of why not. */
export const RefusedStep = z.object({ id: Id, code: z.string() })
export type RefusedStep = z.infer<typeof RefusedStep>

/** Times one after the other, or at once, in the order of the visits that were asked for. */
export const TogetherOffer = z.object({ slots: z.array(Slot) })
export type TogetherOffer = z.infer<typeof TogetherOffer>

/** What the notice SERIES_PARTLY_BOOKED says: the clinic's dates that are somebody else's by now. */
export const PartlyBooked = z.object({ dates: z.array(PlainDate), occurrences: z.array(RefusedOccurrence) })
