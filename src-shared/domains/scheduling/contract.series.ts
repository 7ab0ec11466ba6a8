import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant } from '../../kernel/time.ts'
import { command, query } from '../../rpc/define.ts'
import { PatientSummary } from '../patients/model.ts'
import { Appointment, cancelReasons, DayAppointment, Slot, TelehealthUrl } from './model.ts'
import { notExpected } from './model.booking.ts'
import { Occurrence, OccurrenceProblem, RefusedOccurrence, RefusedStep, SeriesPattern, TogetherOffer } from './model.series.ts'

// Several visits planned, moved or called off as one act: a series, a family, a group.

const topics = ['scheduling'] as const
const minutes = z.int().min(limits.appointment_minutes_min).max(limits.appointment_minutes_max)
const reason = z.string().trim().max(limits.line_chars).nullable()

const ofSeries = { typeId: Id.nullable(), durationMin: minutes }
export const CheckOccurrencesInput = z.strictObject({
  ...ofSeries, occurrences: z.array(Occurrence).min(1).max(limits.series_visits_max),
  /** Of a series that is moved: in the order of the occurrences. What is moved does not stand in its own way. */
  movingIds: z.array(Id).max(limits.series_visits_max).default([]),
})
export type CheckOccurrencesInput = z.output<typeof CheckOccurrencesInput>
export const CheckedOccurrence = z.object({
  startsAt: Instant, providerId: Id, problem: OccurrenceProblem.nullable(),
  /** Who has the time, for those who may know. */
  by: DayAppointment.nullable(),
  /** The nearest time that fits and meets no other one of the series. */
  proposal: Slot.nullable(),
})
export type CheckedOccurrence = z.infer<typeof CheckedOccurrence>

export const BookSeriesInput = z.strictObject({
  /** Of the series. */
  id: Id, patientId: Id, ...ofSeries, reason, telehealthUrl: TelehealthUrl.nullable().default(null), pattern: SeriesPattern,
  visits: z.array(Occurrence.extend({ id: Id }).strict()).min(1).max(limits.series_visits_max),
})
export type BookSeriesInput = z.output<typeof BookSeriesInput>
/** `refused` is empty while the person waits at the form: there all are booked, or none. */
export const BookedSeveral = z.object({ appointments: z.array(Appointment), refused: z.array(RefusedOccurrence) })
export type BookedSeveral = z.infer<typeof BookedSeveral>

export const BookTogetherInput = z.strictObject({
  visits: z.array(z.strictObject({ id: Id, patientId: Id, providerId: Id, typeId: Id.nullable(), startsAt: Instant, durationMin: minutes, reason })).min(2).max(limits.together_patients_max),
})
export type BookTogetherInput = z.infer<typeof BookTogetherInput>

/** In turn: one after the other with one provider. At once: each with another one. Group: all in one group visit. */
export const togetherWays = ['in-turn', 'at-once', 'group'] as const
export type TogetherWay = (typeof togetherWays)[number]
export const FindTogetherInput = z.strictObject({
  visits: z.array(z.strictObject(ofSeries)).min(2).max(limits.together_patients_max), way: z.enum(togetherWays),
  /** Null: any provider. */
  providerId: Id.nullable(), from: Instant, days: z.int().min(1).max(limits.slot_search_days_max), limit: z.int().min(1).max(10).default(5),
})
export type FindTogetherInput = z.output<typeof FindTogetherInput>

const Step = z.strictObject({ id: Id, version: z.int() })
const steps = z.array(Step).min(1).max(limits.series_visits_max)
export const CancelSeveralInput = z.strictObject({ steps, reason: z.enum(cancelReasons) })
export type CancelSeveralInput = z.infer<typeof CancelSeveralInput>
export const MoveSeveralInput = z.strictObject({ moves: z.array(Step.extend({ providerId: Id, startsAt: Instant }).strict()).min(1).max(limits.series_visits_max) })
export type MoveSeveralInput = z.infer<typeof MoveSeveralInput>
export const UndoSeveralInput = z.strictObject({ steps })
export type UndoSeveralInput = z.infer<typeof UndoSeveralInput>
export const SteppedSeveral = z.object({ appointments: z.array(Appointment), refused: z.array(RefusedStep) })
export type SteppedSeveral = z.infer<typeof SteppedSeveral>

export const Series = z.object({ id: Id, pattern: SeriesPattern, visits: z.int(), appointments: z.array(Appointment).max(limits.series_visits_max) })
export type Series = z.infer<typeof Series>

/** Who may come along: whoever has the same phone, and nobody whom the caller may not know. */
export const Relatives = z.array(PatientSummary).max(limits.together_patients_max)

const stepsRefused = { STEPS_REFUSED: z.object({ steps: z.array(RefusedStep) }) }
const timesRefused = { TIMES_REFUSED: z.object({ occurrences: z.array(RefusedOccurrence) }) }
const people = { ...notExpected, TYPE_NOT_FOUND: z.undefined(), PATIENT_NOT_FOUND: z.undefined(), PROVIDER_NOT_FOUND: z.undefined() }

export const seriesProcedures = {
  /** Each time of a series by itself: what is in its way, and the nearest time that fits. Nothing is written. */
  checkOccurrences: query({
    can: 'appointment.write', topics: ['scheduling', 'roster', 'rooms'], input: CheckOccurrencesInput, output: z.array(CheckedOccurrence).max(limits.series_visits_max),
    errors: { TYPE_NOT_FOUND: z.undefined(), PROVIDER_NOT_FOUND: z.undefined() },
  }),
  /** The series that an appointment was booked with, in order; null for one that stands alone. */
  seriesOf: query({ can: 'appointment.read', topics, input: z.strictObject({ id: Id }), output: Series.nullable() }),
  listRelatives: query({ can: 'appointment.write', topics: ['patients'], input: z.strictObject({ patientId: Id }), output: Relatives }),
  /** The next times at which all of them can be seen. */
  findTogether: query({
    can: 'appointment.write', topics: ['scheduling', 'roster', 'rooms'], input: FindTogetherInput, output: z.array(TogetherOffer).max(10),
    errors: { TYPE_NOT_FOUND: z.undefined(), GROUP_TOO_SMALL: z.object({ capacity: z.int() }) },
  }),

  /** All of a series, or none of it and what stands in the way of each. */
  bookSeries: command({ conflict: 'exclusive', can: 'appointment.write', audit: 'appointment.series-booked', topics, input: BookSeriesInput, output: BookedSeveral, errors: { ...timesRefused, ...people } }),
  /** A family one after the other, several at once, a group: all of them or nobody. */
  bookTogether: command({ conflict: 'exclusive', can: 'appointment.write', audit: 'appointment.booked-together', topics, input: BookTogetherInput, output: BookedSeveral, errors: { ...timesRefused, ...people } }),
  /** This one of a series and those after it. */
  cancelSeveral: command({ conflict: 'from-state', can: 'appointment.write', audit: 'appointment.several-cancelled', topics, input: CancelSeveralInput, output: SteppedSeveral, errors: stepsRefused }),
  moveSeveral: command({ conflict: 'exclusive', can: 'appointment.write', audit: 'appointment.several-moved', topics, input: MoveSeveralInput, output: SteppedSeveral, errors: { ...timesRefused, ...stepsRefused } }),
  /** Takes the last step of each back, all or none (Ctrl Z of the acts above). */
  undoSeveral: command({ conflict: 'from-state', can: 'appointment.write', audit: 'appointment.several-undone', topics, input: UndoSeveralInput, output: SteppedSeveral, errors: stepsRefused }),
  /** The link of a visit by video, for the person who joins it now; the shell opens it in the browser. */
  joinVideo: query({
    can: 'appointment.write', audit: 'appointment.video-joined', topics, input: z.strictObject({ id: Id }), output: z.object({ url: TelehealthUrl }),
    errors: { NO_VIDEO_LINK: z.undefined() },
  }),
}

