import type { AppointmentDetails, BookInput, Day, MoveInput, SlotTaken, Week } from '#shared/domains/scheduling/contract.ts'
import { AppointmentStatus, CancelReason, type Appointment, type DayAppointment, type MissedReason } from '#shared/domains/scheduling/model.ts'
import { videoLinkOf } from '#shared/domains/scheduling/rules.video.ts'
import { canLeave, canMove, canStep, findConflicts, holdsItsSlot, isGroupMate, isSamePlace, saysWhatIsSo, sharesProvider, steps, type Step } from '#shared/domains/scheduling/rules.ts'
import { addDays, addMinutes, dateInZone, dayBounds, minutesBetween, type Instant, type PlainDate } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { openFile, type OpenedFile } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { standingOf } from '#main/domains/patients/service.family.ts'
import * as standing from './repository.frame.ts'
import * as schedule from './repository.schedule.ts'
import * as repository from './repository.ts'
import { tellFollowers } from './service.followers.ts'
import { requireInService, settleEquipment, typeOf, withRoom } from './service.resources.ts'
import * as waiting from './repository.wait-list.ts'
import { requireProvider } from './service.schedule.ts'
import { ALTERNATIVES_DAYS, frameOf, requireType, searchTimes } from './service.slots.ts'

export function listDay(context: ReadContext, date: PlainDate): Day {
  const { from, to } = dayBounds(date, context.zone)
  return { ...planOf(context, date, 1), appointments: repository.appointmentsBetween(context.db, context.scope, from, to) }
}

export function listWeek(context: ReadContext, { from: date, providerId }: { from: PlainDate; providerId: string }): Week {
  const { from, to } = spanOfDays(date, WEEK_DAYS, context.zone)
  return { ...planOf(context, date, WEEK_DAYS), providerId, appointments: repository.appointmentsOfProvider(context.db, context.scope, providerId, from, to) }
}

const WEEK_DAYS = 7
const spanOfDays = (date: PlainDate, days: number, zone: string): { from: Instant; to: Instant } => ({ from: dayBounds(date, zone).from, to: dayBounds(addDays(date, days - 1), zone).to })

/** All of some days but who comes. */
function planOf({ db, zone }: ReadContext, date: PlainDate, days: number): Omit<Day, 'appointments'> {
  const { from, to } = spanOfDays(date, days, zone)
  const { zone: _zone, blocks: _around, ...frame } = frameOf(db, zone, date, days)
  return {
    date,
    ...frame,
    providers: schedule.listProviders(db),
    blocks: schedule.blocksBetween(db, from, to),
    outages: standing.outagesBetween(db, from, to),
    equipmentBookings: standing.equipmentBookingsBetween(db, from, to),
  }
}

export function listForPatient(context: ReadContext, patientId: string): DayAppointment[] {
  return repository.appointmentsOfPatient(context.db, openFile(context, patientId))
}

export function details(context: ReadContext, id: string): AppointmentDetails {
  const appointment = repository.dayAppointmentById(context.db, context.scope, id)
  if (!appointment) throw refuse(CommonError.NOT_FOUND)
  context.audit({ patientId: appointment.patientId, entityId: id })
  return { appointment, changes: repository.changesOf(context.db, id) }
}

/** For who is called to a room: an appointment with its names, for those who may know. */
export const visitOf = ({ db, scope }: Pick<ReadContext, 'db' | 'scope'>, id: string): DayAppointment | undefined => repository.dayAppointmentById(db, scope, id)

/** For what is tied to an appointment: whose it is, for those who may know. */
export const patientOfAppointment = ({ db, scope }: Pick<ReadContext, 'db' | 'scope'>, id: string): string | undefined => repository.appointmentById(db, scope, id)?.patientId

/**
 * Refuses with SLOT_TAKEN and the three next free slots of the same provider when the time is not free.
 * The id comes with the input, so a booking that is sent twice is made once.
 */
export function bookAppointment(context: WriteContext, input: BookInput, series: Pick<Appointment, 'seriesId' | 'seriesPlace'> = alone): Appointment {
  const { db, now } = context
  context.audit({ patientId: input.patientId, entityId: input.id })
  if (repository.appointmentExists(db, input.id)) {
    const known = repository.appointmentById(db, context.scope, input.id)
    if (!known) throw refuse(CommonError.NOT_FOUND)
    if (known.patientId !== input.patientId) throw refuse(CommonError.ID_USED)
    return known
  }
  requireExpected(context, openFile(context, input.patientId, { absent: 'PATIENT_NOT_FOUND' }))
  requireProvider(db, input.providerId)
  const type = input.typeId === null ? undefined : requireType(db, input.typeId)
  const wanted: Appointment = {
    id: input.id, patientId: input.patientId, providerId: input.providerId, roomId: input.roomId, typeId: input.typeId,
    startsAt: input.startsAt, endsAt: addMinutes(input.startsAt, input.durationMin), reason: input.reason,
    status: input.hasArrived ? AppointmentStatus.arrived : AppointmentStatus.booked, arrivedAt: input.hasArrived ? now : null,
    roomedAt: null, startedAt: null, fulfilledAt: null, leftAt: null, cancelledAt: null, cancelReason: null, missedReason: null, version: 1,
    bufferBeforeMin: type?.bufferBeforeMin ?? 0, bufferAfterMin: type?.bufferAfterMin ?? 0, telehealthUrl: input.telehealthUrl ?? videoLinkOf(type, input.id),
    capacity: type?.capacity ?? 1, ...series,
  }
  requireFree(context, wanted)
  const appointment = withRoom(context, wanted, type)
  repository.insertAppointment(db, appointment, stampOf(context))
  settleEquipment(context, undefined, appointment)
  return appointment
}

const alone = { seriesId: null, seriesPlace: null }

/** What was booked on another machine before it could know stands; somebody sees it on the day. */
export function requireExpected(context: WriteContext, file: OpenedFile): void {
  const { deceasedOn, inactiveReason } = standingOf(context, file)
  if (context.isCarried) return
  if (deceasedOn !== null) throw refuse('PATIENT_DECEASED')
  if (inactiveReason !== null) throw refuse('PATIENT_INACTIVE')
}

/** Two who move the same appointment without knowing of each other: the second one looks first. Moved to where it stands, it is done. */
export function moveAppointment(context: WriteContext, input: MoveInput): Appointment {
  const before = input.from ? find(context, input.id) : load(context, input)
  const durationMin = input.durationMin ?? minutesBetween(before.startsAt, before.endsAt)
  const moved: Appointment = {
    ...before, providerId: input.providerId, startsAt: input.startsAt, endsAt: addMinutes(input.startsAt, durationMin),
    roomId: input.roomId === undefined ? before.roomId : input.roomId,
  }
  if (input.from && isSamePlace(before, moved)) return before
  if (input.from && !isSamePlace(before, input.from)) throw refuse('STALE', { version: before.version })
  if (!canMove(before.status)) throw refuse('STEP_NOT_ALLOWED', { status: before.status })
  requireProvider(context.db, input.providerId)
  return save(context, roomFor(context, before, moved, input.roomId))
}

/** A room that was not named follows the move where the visit's type needs one; another one that fits is taken if it has to be. */
function roomFor(context: WriteContext, before: Appointment, moved: Appointment, named: string | null | undefined): Appointment {
  const type = typeOf(context.db, before)
  if (named || !type?.roomKind) return withRoom(context, moved, type)
  requireFree(context, { ...moved, roomId: null })
  return withRoom(context, { ...moved, roomId: null }, type, before.roomId)
}

interface StepInput { id: string; version: number }

export const arrive = (context: WriteContext, input: StepInput): Appointment => take(context, input, 'arrive', { arrivedAt: context.now })
/** Refuses with ROOM_IN_USE while somebody is in the room, whatever the plan says, and with SLOT_TAKEN when it is planned for another. */
export function room(context: WriteContext, input: StepInput & { roomId: string }): Appointment {
  if (!repository.roomExists(context.db, input.roomId)) throw refuse('ROOM_NOT_FOUND')
  const { from, to } = dayBounds(dateInZone(context.now, context.zone), context.zone)
  const byId = repository.idsInRoom(context.db, input.roomId, input.id, from, to).find((id) => !isWithMate(context, input.id, id))
  if (byId) throw refuse('ROOM_IN_USE', { byId })
  requireInService(context, find(context, input.id), input.roomId)
  return take(context, input, 'room', { roomedAt: context.now, roomId: input.roomId })
}
/** Those of one group visit sit in one room. */
function isWithMate({ db }: WriteContext, id: string, otherId: string): boolean {
  const [one, other] = [repository.placeOf(db, id), repository.placeOf(db, otherId)]
  return one !== undefined && other !== undefined && isGroupMate(one, other)
}
export const start = (context: WriteContext, input: StepInput): Appointment => take(context, input, 'start', { startedAt: context.now })
export const complete = (context: WriteContext, input: StepInput): Appointment => take(context, input, 'complete', { fulfilledAt: context.now })
/** Two who say so on two machines are both right: the first word stands. */
export function leave(context: WriteContext, input: StepInput): Appointment {
  const before = find(context, input.id)
  if (context.isCarried && before.leftAt !== null) return before
  if (!context.isCarried) requireVersion(before, input)
  if (!canLeave(before)) throw refuse('STEP_NOT_ALLOWED', { status: before.status })
  return save(context, { ...before, leftAt: context.now })
}
export const cancel = (context: WriteContext, input: StepInput & { reason: CancelReason }): Appointment =>
  take(context, input, 'cancel', { cancelledAt: context.now, cancelReason: input.reason })
export const markNoShow = (context: WriteContext, input: StepInput & { reason: MissedReason }): Appointment => take(context, input, 'markNoShow', { missedReason: input.reason })

/** For a plan: the visit as somebody saw it when the plan was made, while it can still be moved. */
export function loadForPlan(context: WriteContext, input: StepInput): Appointment {
  const found = load(context, input)
  if (!canMove(found.status)) throw refuse('STEP_NOT_ALLOWED', { status: found.status })
  return found
}

/** For a plan that is taken back: where and how it was before, if nobody has gone on with it. */
export function putBack(context: WriteContext, input: StepInput, was: Pick<Appointment, 'providerId' | 'roomId' | 'startsAt' | 'endsAt' | 'status'>): Appointment {
  return save(context, { ...load(context, input), ...was, cancelledAt: null, cancelReason: null })
}

/** For the chart: the doctor has opened the visit. Whoever is with the doctor has arrived, whether or not the desk said so. */
export function beginVisit(context: WriteContext, id: string): void {
  takeIfAllowed(context, id, 'arrive', { arrivedAt: context.now })
  takeIfAllowed(context, id, 'start', { startedAt: context.now })
}

/** For the chart: the note is signed. A visit that has ended already stays as it is. */
export const endVisit = (context: WriteContext, id: string): void => takeIfAllowed(context, id, 'complete', { fulfilledAt: context.now })

function takeIfAllowed(context: WriteContext, id: string, step: Step, fields: Partial<Appointment>): void {
  const before = repository.appointmentById(context.db, context.scope, id)
  if (before && canStep(before.status, step)) save(context, { ...before, ...fields, status: steps[step].to })
}

/**
 * Puts back what the newest change replaced. The step that is undone stays in the history, the undoing is a step of
 * its own. Undoing the booking itself cancels it as booked in error; an undone cancellation is not cancelled again; what
 * a doctor has signed is not undone at the desk, that somebody has left is. Whoever got the time from the wait list waits again.
 */
export function undo(context: WriteContext, input: StepInput): Appointment {
  const now = load(context, input)
  // Nothing comes after leaving, so that is the newest change.
  if (now.leftAt !== null) return save(context, { ...now, leftAt: null })
  if (repository.isVisitSigned(context.db, now.id)) throw refuse('VISIT_SIGNED')
  const [, earlier] = repository.lastTwoChanges(context.db, now.id)
  waiting.letWaitAgain(context.db, input)
  if (!earlier) return cancel(context, { ...input, reason: CancelReason.bookedInError })
  const status = earlier.status as AppointmentStatus // It was written from an appointment's status.
  if (!holdsItsSlot(status)) throw refuse('STEP_NOT_ALLOWED', { status: now.status })
  return save(context, {
    ...now, status, startsAt: earlier.startsAt, endsAt: earlier.endsAt, providerId: earlier.providerId, roomId: earlier.roomId,
    ...stampsUpTo(now, status),
  })
}

/** A step that came from another machine and that somebody else has taken meanwhile is done. */
function take(context: WriteContext, input: StepInput, step: Step, fields: Partial<Appointment>): Appointment {
  const before = find(context, input.id)
  const isThere = before.status === steps[step].to
  if (context.isCarried && isThere && (fields.roomId === undefined || fields.roomId === before.roomId)) return before
  if (!context.isCarried || isThere || !saysWhatIsSo(step)) requireVersion(before, input)
  if (!canStep(before.status, step)) throw refuse('STEP_NOT_ALLOWED', { status: before.status })
  return save(context, { ...before, ...fields, status: steps[step].to })
}

function load(context: WriteContext, input: StepInput): Appointment {
  const found = find(context, input.id)
  requireVersion(found, input)
  return found
}

/** Of somebody whom the caller may know; the act is about them. */
export function find(context: WriteContext, id: string): Appointment {
  const found = repository.appointmentById(context.db, context.scope, id)
  if (!found) throw refuse(CommonError.NOT_FOUND)
  context.audit({ patientId: found.patientId, entityId: found.id })
  return found
}

function requireVersion({ version }: Appointment, input: StepInput): void {
  if (version !== input.version) throw refuse('STALE', { version })
}

function save(context: WriteContext, changed: Appointment): Appointment {
  const next = { ...changed, version: changed.version + 1 }
  requireFree(context, next)
  const before = repository.appointmentById(context.db, context.scope, next.id)
  repository.updateAppointment(context.db, next, stampOf(context))
  settleEquipment(context, before, next)
  if (before) tellFollowers(context, before, next)
  return next
}

function requireFree(context: WriteContext, wanted: Appointment): void {
  if (!holdsItsSlot(wanted.status)) return
  const [conflict] = findConflicts(repository.appointmentsTaking(context.db, wanted), wanted)
  if (!conflict) return
  const { slots: alternatives } = searchTimes(context.db, context.zone, {
    providerIds: [wanted.providerId], roomId: wanted.roomId, movingId: wanted.id, from: wanted.startsAt, days: ALTERNATIVES_DAYS,
    durationMin: minutesBetween(wanted.startsAt, wanted.endsAt), bufferBeforeMin: wanted.bufferBeforeMin, bufferAfterMin: wanted.bufferAfterMin, limit: 3,
  })
  const cause = sharesProvider(conflict, wanted) ? 'provider' : 'room'
  throw refuse('SLOT_TAKEN', { conflictingId: conflict.id, cause, alternatives } satisfies SlotTaken)
}

const stampOf = ({ now, actor, newId }: WriteContext) => ({ at: now, by: actor.userId, changeId: newId() })

/** The stage times that belong to a status: going back to "arrived" forgets when it was roomed. */
function stampsUpTo(appointment: Appointment, status: AppointmentStatus): Partial<Appointment> {
  const order: AppointmentStatus[] = [AppointmentStatus.booked, AppointmentStatus.arrived, AppointmentStatus.roomed, AppointmentStatus.inProgress, AppointmentStatus.fulfilled]
  const reached = order.indexOf(status)
  return {
    arrivedAt: reached >= 1 ? appointment.arrivedAt : null, roomedAt: reached >= 2 ? appointment.roomedAt : null,
    startedAt: reached >= 3 ? appointment.startedAt : null, fulfilledAt: reached >= 4 ? appointment.fulfilledAt : null,
    leftAt: null, cancelledAt: null, cancelReason: null, missedReason: null,
  }
}
