import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { PatientSummary } from '../patients/model.ts'

export const waitListStatuses = ['waiting', 'filled', 'withdrawn'] as const
/** What came of the last time they were asked. */
export const offerOutcomes = ['declined', 'no-answer'] as const
export type OfferOutcome = (typeof offerOutcomes)[number]

/** Bits, Sunday the lowest. */
export const ANY_WEEKDAY = 0b111_1111
const minuteOfDay = z.int().min(0).max(1440)

/** What somebody who wants to come earlier can and cannot do. Times of day are minutes since midnight on the clinic's clock. */
const preferences = {
  typeId: Id.nullable(),
  durationMin: z.int().min(limits.appointment_minutes_min).max(limits.appointment_minutes_max),
  /** Null: any provider. */
  providerId: Id.nullable(),
  weekdays: z.int().min(1).max(ANY_WEEKDAY).default(ANY_WEEKDAY),
  fromMin: minuteOfDay.default(0),
  toMin: minuteOfDay.default(1440),
  notBefore: PlainDate.nullable().default(null),
  until: PlainDate.nullable().default(null),
  /** How long before they have to be told. */
  noticeMin: z.int().min(0).max(limits.notice_minutes_max).default(0),
  isUrgent: z.boolean().default(false),
  note: z.string().trim().max(limits.line_chars).nullable().default(null),
}
export const WaitListPreferences = z.strictObject(preferences)

/** FHIR R4 Appointment.status `waitlist`; here a row of its own, because it has no time yet. */
export const WaitListEntry = z.object({
  ...preferences,
  id: Id,
  patientId: Id,
  /** What they have already, to be moved when a time is found. */
  appointmentId: Id.nullable(),
  status: z.enum(waitListStatuses),
  filledId: Id.nullable(),
  offeredAt: Instant.nullable(),
  offer: z.enum(offerOutcomes).nullable(),
  version: z.int(),
  createdAt: Instant,
})
export type WaitListEntry = z.infer<typeof WaitListEntry>

/** An entry as the list shows it. */
export const WaitListRow = WaitListEntry.extend({
  patient: PatientSummary,
  typeName: z.string().nullable(),
  /** Of the appointment they have, while it still stands. */
  hasStartsAt: Instant.nullable(),
  hasEndsAt: Instant.nullable(),
})
export type WaitListRow = z.infer<typeof WaitListRow>
