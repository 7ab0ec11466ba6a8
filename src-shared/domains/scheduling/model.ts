import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { isPlainHttps } from '../../kernel/plain-https.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { RoomKind } from '../clinic/model.ts'
import { PatientSummary } from '../patients/model.ts'
import { EquipmentKind } from '../rooms/model.ts'

/** FHIR R4 Appointment.status, with the two stages of the clinic's flow (roomed, in-progress) between arrived and fulfilled. */
export const AppointmentStatus = {
  proposed: 'proposed',
  booked: 'booked',
  arrived: 'arrived',
  roomed: 'roomed',
  inProgress: 'in-progress',
  fulfilled: 'fulfilled',
  cancelled: 'cancelled',
  noShow: 'no-show',
} as const
export type AppointmentStatus = (typeof AppointmentStatus)[keyof typeof AppointmentStatus]
export const appointmentStatuses = Object.values(AppointmentStatus)

/** These give their time back: they never conflict with a booking. */
export const statusesWithoutSlot = [AppointmentStatus.cancelled, AppointmentStatus.noShow] as const
/** These have left their room, or never took it. */
export const statusesWithoutRoom = [...statusesWithoutSlot, AppointmentStatus.fulfilled] as const

export const CancelReason = {
  patientAsked: 'patient-asked',
  providerAway: 'provider-away',
  bookedInError: 'booked-in-error',
  weather: 'weather',
  other: 'other',
} as const
export type CancelReason = (typeof CancelReason)[keyof typeof CancelReason]
export const cancelReasons = Object.values(CancelReason)

/** Why somebody did not come. The last three are not the patient's doing, and cost nobody a fee. */
export const missedReasons = ['patient', 'illness', 'transport', 'other', 'weather', 'clinic', 'telehealth-failed'] as const
export type MissedReason = (typeof missedReasons)[number]

const buffer = z.int().min(0).max(limits.appointment_buffer_minutes_max)
/** Opened in the person's browser with one click, so nothing but a plain https address. */
export const TelehealthUrl = z.string().max(limits.telehealth_url_chars).refine(isPlainHttps, 'not a plain https address')

export const Appointment = z.object({
  id: Id,
  patientId: Id,
  providerId: Id,
  roomId: Id.nullable(),
  typeId: Id.nullable(),
  startsAt: Instant,
  endsAt: Instant,
  status: z.enum(appointmentStatuses),
  reason: z.string().trim().max(limits.line_chars).nullable(),
  arrivedAt: Instant.nullable(),
  roomedAt: Instant.nullable(),
  startedAt: Instant.nullable(),
  fulfilledAt: Instant.nullable(),
  /** Until then whoever is done stands at the check-out. */
  leftAt: Instant.nullable(),
  cancelledAt: Instant.nullable(),
  cancelReason: z.enum(cancelReasons).nullable(),
  /** Of a no-show. */
  missedReason: z.enum(missedReasons).nullable(),
  version: z.int(),
  /** Held before and after its own time, as the visit type asked when it was booked. */
  bufferBeforeMin: buffer,
  bufferAfterMin: buffer,
  telehealthUrl: TelehealthUrl.nullable(),
  /** The series it was booked with, and which one of it. */
  seriesId: Id.nullable(),
  seriesPlace: z.int().nullable(),
  /** So many patients share its time; 1 for an ordinary visit. */
  capacity: z.int().min(1).max(limits.group_places_max),
})
export type Appointment = z.infer<typeof Appointment>

/** The colour of a visit type; states of a visit keep theirs. */
export const typeColours = ['slate', 'fjord', 'moss', 'amber', 'clay', 'heather', 'plum'] as const
export type TypeColour = (typeof typeColours)[number]

/** An appointment as the day shows it: with the patient's summary and the names it needs. */
export const DayAppointment = Appointment.extend({
  patient: PatientSummary,
  typeName: z.string().nullable(),
  typeColour: z.enum(typeColours).nullable(),
  roomName: z.string().nullable(),
  encounterId: Id.nullable(),
  /** How many the series was booked with: "3 of 10". */
  seriesVisits: z.int().nullable(),
  /** The time is taken by somebody whom the person who asks may not know: `patient` is `hiddenPatient`, the reason empty. */
  isRestricted: z.boolean(),
})
export type DayAppointment = z.infer<typeof DayAppointment>

/** One step of an appointment's history, as it stood after the step. */
export const AppointmentChange = z.object({
  id: Id,
  version: z.int(),
  changedAt: Instant,
  /** Spoken name of the person who did it. */
  changedBy: z.string(),
  status: z.enum(appointmentStatuses),
  startsAt: Instant,
  endsAt: Instant,
  providerId: Id,
  roomId: Id.nullable(),
  leftAt: Instant.nullable(),
})
export type AppointmentChange = z.infer<typeof AppointmentChange>

export const AppointmentType = z.object({
  id: Id,
  name: z.string().min(1).max(limits.name_chars),
  durationMin: z.int().min(limits.appointment_minutes_min).max(limits.appointment_minutes_max),
  isActive: z.boolean(),
  sortOrder: z.int(),
  bufferBeforeMin: buffer.default(0),
  bufferAfterMin: buffer.default(0),
  /** It takes a room of this kind; null: a room is chosen when the patient is shown in. */
  roomKind: RoomKind.nullable().default(null),
  /** One piece of each. */
  equipmentKinds: z.array(EquipmentKind).max(5).default([]),
  colour: z.enum(typeColours).default('slate'),
  /** The fee that such a visit proposes. */
  feeItemId: Id.nullable().default(null),
  /** For the patient: "Come with an empty stomach". */
  instructions: z.string().trim().max(limits.line_chars).nullable().default(null),
  isTelehealth: z.boolean().default(false),
  /** A group visit: so many patients at one time. */
  capacity: z.int().min(1).max(limits.group_places_max).default(1),
  /** Where visits by video of this type are held; one that ends in "/" gives each visit a room of its own. */
  telehealthBase: TelehealthUrl.nullable().default(null),
})
export type AppointmentType = z.infer<typeof AppointmentType>

/** A visit type that is a name and a length, and asks for nothing. */
export const plainType = {
  bufferBeforeMin: 0, bufferAfterMin: 0, roomKind: null, equipmentKinds: [], colour: 'slate', feeItemId: null, instructions: null, isTelehealth: false, capacity: 1, telehealthBase: null,
} satisfies Omit<AppointmentType, 'id' | 'name' | 'durationMin' | 'isActive' | 'sortOrder'>

/** Weekly opening hours of a provider, minutes since midnight in the clinic's zone; a gap between two rows is a break. */
export const AvailabilityRule = z.object({
  id: Id,
  providerId: Id,
  weekday: z.int().min(0).max(6),
  startMin: z.int().min(0).max(1439),
  endMin: z.int().min(1).max(1440),
  validFrom: PlainDate.nullable(),
  validTo: PlainDate.nullable(),
})
export type AvailabilityRule = z.infer<typeof AvailabilityRule>

/** Time taken out of the hours: a meeting, a hospital round, leave. */
export const ScheduleBlock = z.object({
  id: Id,
  providerId: Id,
  startsAt: Instant,
  endsAt: Instant,
  title: z.string().trim().min(1).max(limits.name_chars),
})
export type ScheduleBlock = z.infer<typeof ScheduleBlock>

/** `places`: still free in a group visit that others have booked. */
export const Slot = z.object({ providerId: Id, startsAt: Instant, endsAt: Instant, places: z.int().optional() })
export type Slot = z.infer<typeof Slot>

/** A day on which the weekly hours of everybody are off. */
export const Holiday = z.object({ id: Id, date: PlainDate, name: z.string().trim().min(1).max(limits.name_chars) })
export type Holiday = z.infer<typeof Holiday>

/** When in the day a visit may begin. */
export const dayParts = ['morning', 'afternoon', 'evening'] as const
export type DayPart = (typeof dayParts)[number]

/** Why a provider has nothing free: the last thing that stood in the way. */
export const slotReasons = ['no-hours', 'away', 'taken', 'no-room', 'no-equipment'] as const
export type SlotReason = (typeof slotReasons)[number]

/** Why an appointment cannot stay where it is. */
export const strandedReasons = ['away', 'holiday', 'blocked', 'outside-hours', 'room-out-of-service', 'equipment-out-of-service'] as const
export type StrandedReason = (typeof strandedReasons)[number]
/** Ids and times only: who it is, `scheduling.listStranded` says. */
export const Stranded = z.object({ id: Id, version: z.int(), providerId: Id, startsAt: Instant, endsAt: Instant, reason: z.enum(strandedReasons) })
export type Stranded = z.infer<typeof Stranded>
