import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { limits } from '../../kernel/limits.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'
import { command, query } from '../../rpc/define.ts'
import { StaffMember } from '../clinic/model.ts'
import { EquipmentBooking, Outage } from '../rooms/model.ts'
import { Leave, Shift } from '../staff/model.ts'
import {
  Appointment, AppointmentChange, AppointmentType, AvailabilityRule, cancelReasons, DayAppointment, dayParts, Holiday, missedReasons, ScheduleBlock, Slot, slotReasons, Stranded, TelehealthUrl,
} from './model.ts'
import { seriesProcedures } from './contract.series.ts'
import { AbsenceChoice, AbsencePlan, CallLine, ProposedRow } from './model.absence.ts'
import { deaths } from './contract.death.ts'
import { BookInput, notExpected, placeErrors } from './model.booking.ts'
import { MissedRules } from './model.missed.ts'
import { offerOutcomes, WaitListEntry, WaitListPreferences, WaitListRow, waitListStatuses } from './model.wait-list.ts'

export { BookInput, NothingFits, SlotTaken } from './model.booking.ts'

const topics = ['scheduling'] as const
const dayTopics = [...topics, 'patients', 'staff', 'encounters'] as const
const minutes = z.int().min(limits.appointment_minutes_min).max(limits.appointment_minutes_max)

const stepErrors = {
  /** Somebody changed it since this screen read it. */
  STALE: z.object({ version: z.int() }),
  /** The step is not one this status allows. */
  STEP_NOT_ALLOWED: z.object({ status: Appointment.shape.status }),
}
const step = { id: Id, version: z.int() }

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

/** Seven days of one provider: what a day holds, over a longer span. `providers` are all, to switch between them. */
export const Week = Day.extend({ providerId: Id })
export type Week = z.infer<typeof Week>

/** How full a day is: minutes that can be booked and that are, without whom they are for. */
export const DayOccupancy = z.object({ date: PlainDate, openMin: z.int(), bookedMin: z.int(), visits: z.int(), holiday: z.string().nullable() })
export type DayOccupancy = z.infer<typeof DayOccupancy>

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

/** `isAway`: the provider is gone for all of these days, today from now on; else only what no longer fits is looked at. */
export const AbsenceSpan = z.strictObject({ providerId: Id.nullable(), from: PlainDate, to: PlainDate, isAway: z.boolean() })
export type AbsenceSpan = z.infer<typeof AbsenceSpan>
export const ApplyPlanInput = z.strictObject({ id: Id, ...AbsenceSpan.shape, rows: z.array(z.strictObject({ ...step, choice: AbsenceChoice })).min(1).max(limits.absence_rows) })
export type ApplyPlanInput = z.output<typeof ApplyPlanInput>

/** Why a row of a plan cannot be done as it was planned: somebody changed, took or added something meanwhile. */
export const planCauses = ['changed', 'gone', 'taken', 'not-free', 'added'] as const
export const PlanOutdated = z.object({ rows: z.array(z.object({ id: Id, cause: z.enum(planCauses) })) })
export type PlanOutdated = z.infer<typeof PlanOutdated>

/** A change that is only being thought about. */
export const FrameChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('block'), providerId: Id, startsAt: Instant, endsAt: Instant }),
  z.strictObject({ kind: z.literal('hours'), providerId: Id, from: PlainDate, hours: z.array(AvailabilityRule.pick({ weekday: true, startMin: true, endMin: true }).strict()).max(limits.weekly_hours_rows) }),
  z.strictObject({ kind: z.literal('leave'), providerId: Id, fromOn: PlainDate, toOn: PlainDate }),
  z.strictObject({ kind: z.literal('shift'), shift: Shift.strict() }),
  z.strictObject({ kind: z.literal('no-shift'), ids: z.array(Id).min(1).max(limits.roster_week_shifts) }),
  z.strictObject({ kind: z.literal('holiday'), date: PlainDate }),
])
export type FrameChange = z.infer<typeof FrameChange>

const waitListErrors = {
  STALE: stepErrors.STALE,
  /** They have been given a time, or do not want one any more. */
  NOT_WAITING: z.object({ status: z.enum(waitListStatuses) }),
}

const none = z.strictObject({})

export const scheduling = {
  listDay: query({ can: 'appointment.read', topics: dayTopics, input: z.strictObject({ date: PlainDate }), output: Day }),
  /** `from` and the six days after it. */
  listWeek: query({ can: 'appointment.read', topics: dayTopics, input: z.strictObject({ from: PlainDate, providerId: Id }), output: Week }),
  /** Of one provider or of the clinic; `to` included. */
  occupancy: query({
    can: 'appointment.read', topics: [...topics, 'staff'], input: z.strictObject({ from: PlainDate, to: PlainDate, providerId: Id.nullable() }), output: z.array(DayOccupancy),
    errors: { SPAN_TOO_LONG: z.object({ days_max: z.int() }) },
  }),
  listTypes: query({ can: 'appointment.read', topics, input: none, output: z.array(AppointmentType) }),
  /** Also those that are off the list. */
  listAllTypes: query({ can: 'schedule.manage', topics, input: none, output: z.array(AppointmentType) }),
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
  /** The same for a change that nobody has made yet. */
  wouldStrand: query({ can: 'schedule.manage', topics: ['scheduling', 'staff', 'roster', 'rooms'], input: FrameChange, output: strandedLists.max(limits.page_rows) }),
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
  /** Done and gone: the desk's last step. It holds the time it was said at, and can be taken back. */
  leave: command({ conflict: 'from-state', can: 'appointment.write', audit: 'appointment.left', topics, input: z.strictObject(step), output: Appointment, errors: stepErrors }),
  cancel: command({
    conflict: 'from-state', can: 'appointment.write', audit: 'appointment.cancelled', topics: [...topics, 'billing'],
    input: z.strictObject({ ...step, reason: z.enum(cancelReasons) }), output: Appointment, errors: stepErrors,
  }),
  markNoShow: command({
    conflict: 'from-state', can: 'appointment.write', audit: 'appointment.no-show', topics: [...topics, 'billing'],
    input: z.strictObject({ ...step, reason: z.enum(missedReasons).default('patient') }), output: Appointment, errors: stepErrors,
  }),
  /** Takes the last step back (Ctrl Z): status, time, provider and room as they were before it. A booking is cancelled as booked in error. */
  undo: command({
    conflict: 'from-state', can: 'appointment.write', audit: 'appointment.undone', topics: [...topics, 'billing'], input: z.strictObject(step), output: Appointment,
    errors: { ...placeErrors, VISIT_SIGNED: z.undefined(), ...stepErrors },
  }),

  listHours: query({ can: 'appointment.read', topics, input: none, output: z.array(AvailabilityRule) }),
  listBlocks: query({ can: 'appointment.read', topics, input: z.strictObject({ from: PlainDate, to: PlainDate }), output: z.array(ScheduleBlock) }),
  setHours: command({
    conflict: 'host-only', offline: false, can: 'schedule.manage', audit: 'schedule.hours-set', topics, input: SetHoursInput, output: z.object({ hours: z.array(AvailabilityRule), stranded: strandedLists }),
    errors: { PROVIDER_NOT_FOUND: z.undefined(), HOURS_OVERLAP: z.undefined() },
  }),
  addBlock: command({
    conflict: 'host-only', offline: false, can: 'schedule.manage', audit: 'schedule.block-added', topics, input: ScheduleBlock.strict(), output: z.object({ block: ScheduleBlock, stranded: strandedLists }),
    errors: { PROVIDER_NOT_FOUND: z.undefined(), BLOCK_LENGTH: z.object({ days_max: z.int() }) },
  }),
  removeBlock: command({ conflict: 'host-only', offline: false, can: 'schedule.manage', audit: 'schedule.block-removed', topics, input: z.strictObject({ id: Id }), output: none }),
  listHolidays: query({ can: 'appointment.read', topics, input: z.strictObject({ from: PlainDate, to: PlainDate }), output: z.array(Holiday) }),
  saveHoliday: command({
    conflict: 'host-only', offline: false, can: 'schedule.manage', audit: 'schedule.holiday-saved', topics, input: Holiday.strict(), output: z.object({ stranded: strandedLists }),
    errors: { HOLIDAY_EXISTS: z.undefined() },
  }),
  removeHoliday: command({ conflict: 'host-only', offline: false, can: 'schedule.manage', audit: 'schedule.holiday-removed', topics, input: z.strictObject({ id: Id }), output: none }),
  /** The link of a visit by video; null takes it away. `was`: what stood there when the form was opened. */
  setTelehealth: command({
    conflict: 'field-merge', can: 'appointment.write', audit: 'appointment.telehealth-set', topics, input: z.strictObject({ id: Id, url: TelehealthUrl.nullable(), was: TelehealthUrl.nullable() }), output: Appointment,
    errors: { LINK_CHANGED: z.undefined() },
  }),
  saveType: command({
    conflict: 'host-only', offline: false, can: 'schedule.manage', audit: 'schedule.type-saved', topics, input: AppointmentType.strict(), output: AppointmentType,
    errors: { GROUP_HOLDS_NO_EQUIPMENT: z.undefined() },
  }),

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
  ...seriesProcedures,

  /** What can be done for everybody whom an absence leaves without a place, the best for each first. Nothing of it conflicts. */
  proposePlan: query({
    can: 'schedule.manage', topics: ['scheduling', 'patients', 'staff', 'roster', 'rooms'], input: AbsenceSpan, output: z.array(ProposedRow).max(limits.absence_rows),
    errors: { SPAN_TOO_LONG: z.object({ days_max: z.int() }) },
  }),
  /** All of it or nothing: looked at once more, and refused by row with what is in the way. */
  applyPlan: command({
    conflict: 'exclusive', can: 'schedule.manage', audit: 'absence.planned', topics, input: ApplyPlanInput, output: AbsencePlan,
    errors: { SPAN_TOO_LONG: z.object({ days_max: z.int() }), PROVIDER_NOT_FOUND: z.undefined(), PLAN_OUTDATED: PlanOutdated },
  }),
  /** Everybody back where they were; refused while somebody has gone on with one of the visits. */
  undoPlan: command({ conflict: 'from-state', can: 'schedule.manage', audit: 'absence.undone', topics, input: z.strictObject({ id: Id }), output: AbsencePlan, errors: { PLAN_OUTDATED: PlanOutdated } }),
  /** Whom the plans of the last weeks have moved, to be told by phone. */
  callSheets: query({
    can: 'appointment.write', topics: ['scheduling', 'patients', 'calls', 'staff', 'access'], input: none,
    output: z.array(z.object({ plan: AbsencePlan, lines: z.array(CallLine).max(limits.absence_rows) })).max(limits.absence_plans_listed),
  }),

  missedRules: query({ can: 'appointment.read', topics, input: none, output: MissedRules }),
  saveMissedRules: command({ conflict: 'host-only', offline: false, can: 'fee.write', audit: 'missed-rules.saved', topics, input: MissedRules, output: MissedRules, errors: { TYPE_NOT_FOUND: z.undefined() } }),

  ...deaths,
}
