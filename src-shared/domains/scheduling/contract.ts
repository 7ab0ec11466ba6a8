import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { command, query } from '../../rpc/define.ts'
import { RoomKind, StaffMember } from '../clinic/model.ts'
import { EquipmentBooking, EquipmentKind, Outage } from '../rooms/model.ts'
import { Leave, Shift } from '../staff/model.ts'
import {
  Appointment, AppointmentChange, AppointmentType, AvailabilityRule, cancelReasons, DayAppointment, dayParts, Holiday, ScheduleBlock, Slot, slotReasons, Stranded, TelehealthUrl,
} from './model.ts'
import { deaths } from './contract.death.ts'
import { offerOutcomes, WaitListEntry, WaitListPreferences, WaitListRow, waitListStatuses } from './model.wait-list.ts'

const topics = ['scheduling'] as const
const minutes = z.int().min(limits.appointment_minutes_min).max(limits.appointment_minutes_max)
const reason = z.string().trim().max(limits.line_chars).nullable()

/** Which appointment holds the time, whether as the provider's or the room's, and the three next that are free. Ids and times only. */
export const SlotTaken = z.object({ conflictingId: Id, cause: z.enum(['provider', 'room', 'equipment']), alternatives: z.array(Slot).max(3) })
export type SlotTaken = z.infer<typeof SlotTaken>
const slotTaken = SlotTaken.optional() // The table's own trigger knows nothing but the code.

/** What the visit type needs and nobody can give at this time, and the three next times at which it can. */
export const NothingFits = z.object({ room: RoomKind.nullable(), equipment: EquipmentKind.nullable(), alternatives: z.array(Slot).max(3) })
export type NothingFits = z.infer<typeof NothingFits>
const placeErrors = {
  SLOT_TAKEN: slotTaken,
  NOTHING_FITS: NothingFits,
  /** The room that was named is out of service then. */
  OUT_OF_SERVICE: z.object({ until: Instant }),
}
/** Nobody is booked who has died; who is inactive is made active first, by somebody who asked. */
const notExpected = { PATIENT_DECEASED: z.undefined(), PATIENT_INACTIVE: z.undefined() }
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
  telehealthUrl: TelehealthUrl.nullable().default(null),
})
export type BookInput = z.infer<typeof BookInput>

export const Day = z.object({
  date: PlainDate,
  providers: z.array(StaffMember),
  hours: z.array(AvailabilityRule),
  blocks: z.array(ScheduleBlock),
  /** Of this day, and night shifts of the one before. */
  shifts: z.array(Shift),
  leaves: z.array(Leave),
  holidays: z.array(Holiday),
  outages: z.array(Outage),
  equipmentBookings: z.array(EquipmentBooking),
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

export const FindSlotsInput = z.strictObject({
  /** None: any provider. */
  providerIds: z.array(Id).max(limits.slot_search_providers_max),
  /** What the visit needs follows from its type. */
  typeId: Id.nullable(), durationMin: minutes, from: Instant, days: z.int().min(1).max(limits.slot_search_days_max), limit: z.int().min(1).max(30).default(5),
  /** None of them: any. */
  dayParts: z.array(z.enum(dayParts)).max(dayParts.length).default([]), weekdays: z.array(z.int().min(0).max(6)).max(7).default([]),
  movingId: Id.optional(),
})
export type FindSlotsInput = z.infer<typeof FindSlotsInput>
export const FoundSlots = z.object({ slots: z.array(Slot), reasons: z.array(z.object({ providerId: Id, reason: z.enum(slotReasons) })) })

export const StrandedSpan = z.strictObject({ from: PlainDate, to: PlainDate, providerId: Id.nullable().default(null) })
export type StrandedSpan = z.infer<typeof StrandedSpan>
/** A plan that no longer stands, with whom it is about. */
export const StrandedVisit = Stranded.extend({ appointment: DayAppointment })
export type StrandedVisit = z.infer<typeof StrandedVisit>
const strandedLists = z.array(Stranded)

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
  /** The next fitting times over up to half a year, and of each provider without any, why. */
  findSlots: query({ can: 'appointment.read', topics: ['scheduling', 'roster', 'rooms'], input: FindSlotsInput, output: FoundSlots, errors: { TYPE_NOT_FOUND: z.undefined() } }),
  /** Visits ahead that no longer fit: their provider is away, their room out of service. Nobody moves them by themselves. */
  listStranded: query({
    can: 'schedule.manage', topics: ['scheduling', 'patients', 'staff', 'roster', 'rooms'], input: StrandedSpan, output: z.array(StrandedVisit).max(limits.page_rows),
    errors: { SPAN_TOO_LONG: z.object({ days_max: z.int() }) },
  }),
  freeSlots: query({ can: 'appointment.read', topics, input: FreeSlotsInput, output: z.array(Slot) }),

  book: command({
    conflict: 'exclusive', can: 'appointment.write', audit: 'appointment.booked', topics, input: BookInput, output: Appointment,
    errors: { ...placeErrors, ...notExpected, TYPE_NOT_FOUND: z.undefined(), PATIENT_NOT_FOUND: z.undefined(), PROVIDER_NOT_FOUND: z.undefined() },
  }),
  move: command({
    conflict: 'exclusive', can: 'appointment.write', audit: 'appointment.moved', topics, input: MoveInput, output: Appointment,
    errors: { ...placeErrors, PROVIDER_NOT_FOUND: z.undefined(), ...stepErrors },
  }),
  arrive: command({ conflict: 'from-state', can: 'appointment.write', audit: 'appointment.arrived', topics, input: z.strictObject(step), output: Appointment, errors: stepErrors }),
  room: command({
    conflict: 'exclusive', can: 'appointment.write', audit: 'appointment.roomed', topics, input: z.strictObject({ ...step, roomId: Id }), output: Appointment,
    errors: { ...placeErrors, ROOM_IN_USE: z.object({ byId: Id }), ROOM_NOT_FOUND: z.undefined(), ...stepErrors },
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
    errors: { ...placeErrors, VISIT_SIGNED: z.undefined(), ...stepErrors },
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
  listHolidays: query({ can: 'appointment.read', topics, input: z.strictObject({ from: PlainDate, to: PlainDate }), output: z.array(Holiday) }),
  saveHoliday: command({
    conflict: 'host-only', offline: false, can: 'schedule.manage', audit: 'schedule.holiday-saved', topics, input: Holiday.strict(), output: z.object({ stranded: strandedLists }),
    errors: { HOLIDAY_EXISTS: z.undefined() },
  }),
  removeHoliday: command({ conflict: 'host-only', offline: false, can: 'schedule.manage', audit: 'schedule.holiday-removed', topics, input: z.strictObject({ id: Id }), output: none }),
  /** The link of a visit by video; null takes it away. */
  setTelehealth: command({
    conflict: 'field-merge', can: 'appointment.write', audit: 'appointment.telehealth-set', topics, input: z.strictObject({ id: Id, url: TelehealthUrl.nullable() }), output: Appointment,
  }),
  saveType: command({ conflict: 'host-only', offline: false, can: 'schedule.manage', audit: 'schedule.type-saved', topics, input: AppointmentType.strict(), output: AppointmentType }),

  listWaitList: query({ can: 'appointment.read', topics: ['scheduling', 'patients'], input: none, output: z.array(WaitListRow).max(limits.page_rows) }),
  addToWaitList: command({
    conflict: 'insert', can: 'appointment.write', audit: 'wait-list.added', topics, input: AddToWaitListInput, output: WaitListEntry,
    errors: { PATIENT_NOT_FOUND: z.undefined(), PROVIDER_NOT_FOUND: z.undefined(), TIMES_TOO_SHORT: z.undefined(), ...notExpected },
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
    errors: { ...placeErrors, ...notExpected, TYPE_NOT_FOUND: z.undefined(), PROVIDER_NOT_FOUND: z.undefined(), ...waitListErrors },
  }),

  ...deaths,
}
