import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { command, query } from '../../rpc/define.ts'
import { StaffMember } from '../clinic/model.ts'
import { Appointment, AppointmentChange, AppointmentType, AvailabilityRule, cancelReasons, DayAppointment, ScheduleBlock, Slot } from './model.ts'
import { offerOutcomes, WaitListEntry, WaitListPreferences, WaitListRow, waitListStatuses } from './model.wait-list.ts'

const topics = ['scheduling'] as const
const minutes = z.int().min(limits.appointment_minutes_min).max(limits.appointment_minutes_max)
const reason = z.string().trim().max(limits.line_chars).nullable()

/** Which appointment holds the time, whether as the provider's or the room's, and the three next that are free. Ids and times only. */
export const SlotTaken = z.object({ conflictingId: Id, cause: z.enum(['provider', 'room']), alternatives: z.array(Slot).max(3) })
export type SlotTaken = z.infer<typeof SlotTaken>
const slotTaken = SlotTaken.optional() // The table's own trigger knows nothing but the code.
const stepErrors = {
  /** Somebody changed it since this screen read it. */
  STALE: z.object({ version: z.int() }),
  /** The step is not one this status allows. */
  STEP_NOT_ALLOWED: z.object({ status: Appointment.shape.status }),
}
const step = { id: Id, version: z.int() }

export const BookInput = z.strictObject({
  id: Id, patientId: Id, providerId: Id, roomId: Id.nullable(), typeId: Id.nullable(), startsAt: Instant, durationMin: minutes, reason,
  /** A walk-in is here already. */
  hasArrived: z.boolean().default(false),
})
export type BookInput = z.infer<typeof BookInput>

export const Day = z.object({
  date: PlainDate,
  providers: z.array(StaffMember),
  hours: z.array(AvailabilityRule),
  blocks: z.array(ScheduleBlock),
  appointments: z.array(DayAppointment),
})
export type Day = z.infer<typeof Day>

/** One appointment with everything that happened to it, newest first. */
export const AppointmentDetails = z.object({ appointment: DayAppointment, changes: z.array(AppointmentChange) })
export type AppointmentDetails = z.infer<typeof AppointmentDetails>

export const FreeSlotsInput = z.strictObject({
  /** Null looks at every provider. */
  providerId: Id.nullable(), from: Instant, durationMin: minutes, limit: z.int().min(1).max(30).default(5),
  /** The appointment that is being moved does not stand in its own way. */
  movingId: Id.optional(),
})
export type FreeSlotsInput = z.infer<typeof FreeSlotsInput>

/** Where an appointment stands in the plan. */
const Place = z.strictObject({ providerId: Id, roomId: Id.nullable(), startsAt: Instant, endsAt: Instant })
/** `from`: where it was moved from. With it only another move stands in the way; that the patient has arrived meanwhile does not. */
export const MoveInput = z.strictObject({ ...step, from: Place.optional(), providerId: Id, roomId: Id.nullable().optional(), startsAt: Instant, durationMin: minutes.optional() })
export type MoveInput = z.infer<typeof MoveInput>

export const SetHoursInput = z.strictObject({
  providerId: Id,
  /** The first day the new week holds; days before it keep the old one. */
  from: PlainDate,
  hours: z.array(AvailabilityRule.omit({ providerId: true, validFrom: true, validTo: true }).strict()).max(limits.weekly_hours_rows),
})
export type SetHoursInput = z.infer<typeof SetHoursInput>

/** Counts of one day: no patient in them. */
export const DayFigures = z.object({ date: PlainDate, kept: z.int(), missed: z.int(), cancelled: z.int(), ahead: z.int() })
export type DayFigures = z.infer<typeof DayFigures>

export const AddToWaitListInput = WaitListPreferences.extend({ id: Id, patientId: Id, appointmentId: Id.nullable().default(null) })
export type AddToWaitListInput = z.infer<typeof AddToWaitListInput>

/** `bookingId`: of the appointment that is made where they have none to be moved. */
export const FillInput = z.strictObject({ ...step, bookingId: Id, providerId: Id, startsAt: Instant })
export type FillInput = z.infer<typeof FillInput>

const waitListErrors = {
  STALE: stepErrors.STALE,
  /** They have been given a time, or do not want one any more. */
  NOT_WAITING: z.object({ status: z.enum(waitListStatuses) }),
}

const none = z.strictObject({})

export const scheduling = {
  listDay: query({ can: 'appointment.read', topics: ['scheduling', 'patients', 'staff', 'encounters'], input: z.strictObject({ date: PlainDate }), output: Day }),
  listTypes: query({ can: 'appointment.read', topics, input: none, output: z.array(AppointmentType) }),
  listForPatient: query({ can: 'appointment.read', topics, input: z.strictObject({ patientId: Id }), output: z.array(DayAppointment).max(limits.page_rows) }),
  details: query({ can: 'appointment.read', topics: ['scheduling', 'patients', 'staff', 'encounters'], input: z.strictObject({ id: Id }), output: AppointmentDetails }),
  figures: query({
    can: 'figures.read', topics, input: z.strictObject({ from: PlainDate, to: PlainDate }), output: z.array(DayFigures),
    errors: { SPAN_TOO_LONG: z.object({ days_max: z.int() }) },
  }),
  freeSlots: query({ can: 'appointment.read', topics, input: FreeSlotsInput, output: z.array(Slot) }),

  book: command({
    conflict: 'exclusive', can: 'appointment.write', audit: 'appointment.booked', topics, input: BookInput, output: Appointment,
    errors: { SLOT_TAKEN: slotTaken, PATIENT_NOT_FOUND: z.undefined(), PROVIDER_NOT_FOUND: z.undefined() },
  }),
  move: command({
    conflict: 'exclusive', can: 'appointment.write', audit: 'appointment.moved', topics, input: MoveInput, output: Appointment,
    errors: { SLOT_TAKEN: slotTaken, PROVIDER_NOT_FOUND: z.undefined(), ...stepErrors },
  }),
  arrive: command({ conflict: 'from-state', can: 'appointment.write', audit: 'appointment.arrived', topics, input: z.strictObject(step), output: Appointment, errors: stepErrors }),
  room: command({
    conflict: 'exclusive', can: 'appointment.write', audit: 'appointment.roomed', topics, input: z.strictObject({ ...step, roomId: Id }), output: Appointment,
    errors: { SLOT_TAKEN: slotTaken, ROOM_IN_USE: z.object({ byId: Id }), ROOM_NOT_FOUND: z.undefined(), ...stepErrors },
  }),
  start: command({ conflict: 'from-state', can: 'appointment.write', audit: 'appointment.started', topics, input: z.strictObject(step), output: Appointment, errors: stepErrors }),
  complete: command({ conflict: 'from-state', can: 'appointment.write', audit: 'appointment.fulfilled', topics, input: z.strictObject(step), output: Appointment, errors: stepErrors }),
  cancel: command({
    conflict: 'from-state', can: 'appointment.write', audit: 'appointment.cancelled', topics,
    input: z.strictObject({ ...step, reason: z.enum(cancelReasons) }), output: Appointment, errors: stepErrors,
  }),
  markNoShow: command({ conflict: 'from-state', can: 'appointment.write', audit: 'appointment.no-show', topics, input: z.strictObject(step), output: Appointment, errors: stepErrors }),
  /** Takes the last step back (Ctrl Z): status, time, provider and room as they were before it. A booking is cancelled as booked in error. */
  undo: command({
    conflict: 'from-state', can: 'appointment.write', audit: 'appointment.undone', topics, input: z.strictObject(step), output: Appointment,
    errors: { SLOT_TAKEN: slotTaken, VISIT_SIGNED: z.undefined(), ...stepErrors },
  }),

  listHours: query({ can: 'appointment.read', topics, input: none, output: z.array(AvailabilityRule) }),
  listBlocks: query({ can: 'appointment.read', topics, input: z.strictObject({ from: PlainDate, to: PlainDate }), output: z.array(ScheduleBlock) }),
  setHours: command({
    conflict: 'host-only', offline: false, can: 'schedule.manage', audit: 'schedule.hours-set', topics, input: SetHoursInput, output: z.array(AvailabilityRule),
    errors: { PROVIDER_NOT_FOUND: z.undefined(), HOURS_OVERLAP: z.undefined() },
  }),
  addBlock: command({
    conflict: 'host-only', offline: false, can: 'schedule.manage', audit: 'schedule.block-added', topics, input: ScheduleBlock.strict(), output: ScheduleBlock,
    errors: { PROVIDER_NOT_FOUND: z.undefined(), BLOCK_LENGTH: z.object({ days_max: z.int() }) },
  }),
  removeBlock: command({ conflict: 'host-only', offline: false, can: 'schedule.manage', audit: 'schedule.block-removed', topics, input: z.strictObject({ id: Id }), output: none }),
  saveType: command({ conflict: 'host-only', offline: false, can: 'schedule.manage', audit: 'schedule.type-saved', topics, input: AppointmentType.strict(), output: AppointmentType }),

  listWaitList: query({ can: 'appointment.read', topics: ['scheduling', 'patients'], input: none, output: z.array(WaitListRow).max(limits.page_rows) }),
  addToWaitList: command({
    conflict: 'insert', can: 'appointment.write', audit: 'wait-list.added', topics, input: AddToWaitListInput, output: WaitListEntry,
    errors: { PATIENT_NOT_FOUND: z.undefined(), PROVIDER_NOT_FOUND: z.undefined(), TIMES_TOO_SHORT: z.undefined() },
  }),
  changeWaitListEntry: command({
    conflict: 'from-state', can: 'appointment.write', audit: 'wait-list.changed', topics, input: WaitListPreferences.extend(step), output: WaitListEntry,
    errors: { PROVIDER_NOT_FOUND: z.undefined(), TIMES_TOO_SHORT: z.undefined(), ...waitListErrors },
  }),
  /** They were asked and do not want that time, or did not answer: they stay, behind the others. */
  noteOffer: command({
    conflict: 'from-state', can: 'appointment.write', audit: 'wait-list.offered', topics, input: z.strictObject({ ...step, outcome: z.enum(offerOutcomes) }), output: WaitListEntry, errors: waitListErrors,
  }),
  withdrawFromWaitList: command({ conflict: 'from-state', can: 'appointment.write', audit: 'wait-list.withdrawn', topics, input: z.strictObject(step), output: WaitListEntry, errors: waitListErrors }),
  /** Gives them the time: the appointment they have is moved there, or a new one is booked. */
  fillFromWaitList: command({
    conflict: 'exclusive', can: 'appointment.write', audit: 'wait-list.filled', topics, input: FillInput, output: Appointment,
    errors: { SLOT_TAKEN: slotTaken, PROVIDER_NOT_FOUND: z.undefined(), ...waitListErrors },
  }),
}
