import type { AppointmentDetails, BookInput, Day, FreeSlotsInput, MoveInput, SlotTaken } from '#shared/domains/scheduling/contract.ts'
import { AppointmentStatus, CancelReason, type Appointment, type DayAppointment, type Slot } from '#shared/domains/scheduling/model.ts'
import { canMove, canStep, findConflicts, holdsItsSlot, isSamePlace, saysWhatIsSo, sharesProvider, steps, type Step } from '#shared/domains/scheduling/rules.ts'
import { nextFreeSlots, type WantedSlots } from '#shared/domains/scheduling/rules.slots.ts'
import { addDays, addMinutes, dateInZone, dayBounds, minutesBetween, type PlainDate } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { openFile } from '#main/core/access/opened.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as frame from './repository.schedule.ts'
import * as repository from './repository.ts'
import { requireProvider } from './service.schedule.ts'

export function listDay({ db, scope, zone }: ReadContext, date: PlainDate): Day {
  const { from, to } = dayBounds(date, zone)
  return {
    date,
    providers: frame.listProviders(db),
    hours: frame.listHours(db),
    blocks: frame.blocksBetween(db, from, to),
    appointments: repository.appointmentsBetween(db, scope, from, to),
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

/** For what is tied to an appointment: whose it is, for those who may know. */
export const patientOfAppointment = ({ db, scope }: Pick<ReadContext, 'db' | 'scope'>, id: string): string | undefined => repository.appointmentById(db, scope, id)?.patientId

export function freeSlots({ db, zone }: ReadContext, { providerId, ...wanted }: FreeSlotsInput): Slot[] {
  const providerIds = providerId ? [providerId] : frame.listProviders(db).map((provider) => provider.id)
  return searchFreeSlots(db, zone, { providerIds, from: wanted.from, durationMin: wanted.durationMin, limit: wanted.limit, ...(wanted.movingId ? { movingId: wanted.movingId } : {}) })
}

/**
 * Refuses with SLOT_TAKEN and the three next free slots of the same provider when the time is not free.
 * The id comes with the input, so a booking that is sent twice is made once.
 */
export function bookAppointment(context: WriteContext, input: BookInput): Appointment {
  const { db, now } = context
  context.audit({ patientId: input.patientId, entityId: input.id })
  if (repository.appointmentExists(db, input.id)) {
    const known = repository.appointmentById(db, context.scope, input.id)
    if (!known) throw refuse(CommonError.NOT_FOUND)
    if (known.patientId !== input.patientId) throw refuse(CommonError.ID_USED)
    return known
  }
  openFile(context, input.patientId, { absent: 'PATIENT_NOT_FOUND' })
  requireProvider(db, input.providerId)
  const appointment: Appointment = {
    id: input.id, patientId: input.patientId, providerId: input.providerId, roomId: input.roomId, typeId: input.typeId,
    startsAt: input.startsAt, endsAt: addMinutes(input.startsAt, input.durationMin), reason: input.reason,
    status: input.hasArrived ? AppointmentStatus.arrived : AppointmentStatus.booked, arrivedAt: input.hasArrived ? now : null,
    roomedAt: null, startedAt: null, fulfilledAt: null, cancelledAt: null, cancelReason: null, version: 1,
  }
  requireFree(context, appointment)
  repository.insertAppointment(db, appointment, stampOf(context))
  return appointment
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
  return save(context, moved)
}

interface StepInput { id: string; version: number }

export const arrive = (context: WriteContext, input: StepInput): Appointment => take(context, input, 'arrive', { arrivedAt: context.now })
/** Refuses with ROOM_IN_USE while somebody is in the room, whatever the plan says, and with SLOT_TAKEN when it is planned for another. */
export function room(context: WriteContext, input: StepInput & { roomId: string }): Appointment {
  if (!repository.roomExists(context.db, input.roomId)) throw refuse('ROOM_NOT_FOUND')
  const { from, to } = dayBounds(dateInZone(context.now, context.zone), context.zone)
  const byId = repository.idInRoom(context.db, input.roomId, input.id, from, to)
  if (byId) throw refuse('ROOM_IN_USE', { byId })
  return take(context, input, 'room', { roomedAt: context.now, roomId: input.roomId })
}
export const start = (context: WriteContext, input: StepInput): Appointment => take(context, input, 'start', { startedAt: context.now })
export const complete = (context: WriteContext, input: StepInput): Appointment => take(context, input, 'complete', { fulfilledAt: context.now })
export const cancel = (context: WriteContext, input: StepInput & { reason: CancelReason }): Appointment =>
  take(context, input, 'cancel', { cancelledAt: context.now, cancelReason: input.reason })
export const markNoShow = (context: WriteContext, input: StepInput): Appointment => take(context, input, 'markNoShow', {})

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
 * a doctor has signed is not undone at the desk.
 */
export function undo(context: WriteContext, input: StepInput): Appointment {
  const now = load(context, input)
  if (repository.isVisitSigned(context.db, now.id)) throw refuse('VISIT_SIGNED')
  const [, earlier] = repository.lastTwoChanges(context.db, now.id)
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

function find(context: WriteContext, id: string): Appointment {
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
  repository.updateAppointment(context.db, next, stampOf(context))
  return next
}

function requireFree(context: WriteContext, wanted: Appointment): void {
  if (!holdsItsSlot(wanted.status)) return
  const [conflict] = findConflicts(repository.appointmentsTaking(context.db, wanted), wanted)
  if (!conflict) return
  const alternatives = searchFreeSlots(context.db, context.zone, {
    providerIds: [wanted.providerId], roomId: wanted.roomId, movingId: wanted.id, from: wanted.startsAt,
    durationMin: minutesBetween(wanted.startsAt, wanted.endsAt), limit: 3,
  })
  const cause = sharesProvider(conflict, wanted) ? 'provider' : 'room'
  throw refuse('SLOT_TAKEN', { conflictingId: conflict.id, cause, alternatives } satisfies SlotTaken)
}

const SEARCH_WEEKS = 9

/** Looks a week at a time: nearly always the first one has enough, and the others are not read. */
function searchFreeSlots(db: ReadDb, zone: string, wanted: Omit<WantedSlots, 'days'>): Slot[] {
  const found: Slot[] = []
  const today = dateInZone(wanted.from, zone)
  const hours = frame.listHours(db)
  for (let week = 0; week < SEARCH_WEEKS && found.length < wanted.limit; week += 1) {
    const { from } = dayBounds(addDays(today, week * 7), zone)
    const { from: to } = dayBounds(addDays(today, week * 7 + 7), zone)
    const blocks = frame.blocksBetween(db, from, to)
    const appointments = wanted.providerIds.flatMap((providerId) => repository.liveAppointments(db, { providerId, roomId: wanted.roomId ?? null }, from, to))
    found.push(...nextFreeSlots({ hours, blocks, appointments, zone }, { ...wanted, from: week === 0 ? wanted.from : from, days: 7, limit: wanted.limit - found.length }))
  }
  return found
}

const stampOf = ({ now, actor, newId }: WriteContext) => ({ at: now, by: actor.userId, changeId: newId() })

/** The stage times that belong to a status: going back to "arrived" forgets when it was roomed. */
function stampsUpTo(appointment: Appointment, status: AppointmentStatus): Partial<Appointment> {
  const order: AppointmentStatus[] = [AppointmentStatus.booked, AppointmentStatus.arrived, AppointmentStatus.roomed, AppointmentStatus.inProgress, AppointmentStatus.fulfilled]
  const reached = order.indexOf(status)
  return {
    arrivedAt: reached >= 1 ? appointment.arrivedAt : null, roomedAt: reached >= 2 ? appointment.roomedAt : null,
    startedAt: reached >= 3 ? appointment.startedAt : null, fulfilledAt: reached >= 4 ? appointment.fulfilledAt : null,
    cancelledAt: null, cancelReason: null,
  }
}
