import type { BookInput, Day, FreeSlotsInput, MoveInput } from '#shared/domains/scheduling/contract.ts'
import { AppointmentStatus, type Appointment, type AppointmentType, type CancelReason, type DayAppointment, type Slot } from '#shared/domains/scheduling/model.ts'
import { canMove, canStep, findConflicts, nextFreeSlots, steps, type Step } from '#shared/domains/scheduling/rules.ts'
import { addDays, addMinutes, dateInZone, dayBounds, minutesBetween, type Instant, type PlainDate } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.ts'

export function listDay({ db, zone }: ReadContext, date: PlainDate): Day {
  const { from, to } = dayBounds(date, zone)
  return {
    date,
    providers: repository.listProviders(db),
    hours: repository.listHours(db),
    blocks: repository.blocksBetween(db, from, to),
    appointments: repository.appointmentsBetween(db, from, to),
  }
}

export const listTypes = ({ db }: ReadContext): AppointmentType[] => repository.listTypes(db)

export function listForPatient(context: ReadContext, patientId: string): DayAppointment[] {
  context.audit({ patientId })
  return repository.appointmentsOfPatient(context.db, patientId)
}

export function freeSlots({ db, zone }: ReadContext, input: FreeSlotsInput): Slot[] {
  const providerIds = input.providerId ? [input.providerId] : repository.listProviders(db).map((provider) => provider.id)
  return searchFreeSlots(db, zone, { providerIds, from: input.from, durationMin: input.durationMin, limit: input.limit })
}

/** Refuses with SLOT_TAKEN and the three next free slots of the same provider when the time is not free. */
export function bookAppointment(context: WriteContext, input: BookInput): Appointment {
  const { db, now } = context
  context.audit({ patientId: input.patientId, entityId: input.id })
  if (!repository.patientExists(db, input.patientId)) throw refuse('PATIENT_NOT_FOUND')
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

export function moveAppointment(context: WriteContext, input: MoveInput): Appointment {
  const before = load(context, input)
  if (!canMove(before.status)) throw refuse('STEP_NOT_ALLOWED', { status: before.status })
  requireProvider(context.db, input.providerId)
  const durationMin = input.durationMin ?? minutesBetween(before.startsAt, before.endsAt)
  return save(context, {
    ...before, providerId: input.providerId, startsAt: input.startsAt, endsAt: addMinutes(input.startsAt, durationMin),
    roomId: input.roomId === undefined ? before.roomId : input.roomId,
  })
}

interface StepInput { id: string; version: number }

export const arrive = (context: WriteContext, input: StepInput): Appointment => take(context, input, 'arrive', { arrivedAt: context.now })
export const room = (context: WriteContext, input: StepInput & { roomId: string }): Appointment =>
  take(context, input, 'room', { roomedAt: context.now, roomId: input.roomId })
export const start = (context: WriteContext, input: StepInput): Appointment => take(context, input, 'start', { startedAt: context.now })
export const complete = (context: WriteContext, input: StepInput): Appointment => take(context, input, 'complete', { fulfilledAt: context.now })
export const cancel = (context: WriteContext, input: StepInput & { reason: CancelReason }): Appointment =>
  take(context, input, 'cancel', { cancelledAt: context.now, cancelReason: input.reason })
export const markNoShow = (context: WriteContext, input: StepInput): Appointment => take(context, input, 'markNoShow', {})

/** Puts back what the newest change replaced. The step that is undone stays in the history, the undoing is a step of its own. */
export function undo(context: WriteContext, input: StepInput): Appointment {
  const now = load(context, input)
  const [, earlier] = repository.lastTwoChanges(context.db, now.id)
  if (!earlier) throw refuse('STEP_NOT_ALLOWED', { status: now.status })
  const status = earlier.status as AppointmentStatus // It was written from an appointment's status.
  return save(context, {
    ...now, status, startsAt: earlier.startsAt, endsAt: earlier.endsAt, providerId: earlier.providerId, roomId: earlier.roomId,
    ...stampsUpTo(now, status),
  })
}

function take(context: WriteContext, input: StepInput, step: Step, fields: Partial<Appointment>): Appointment {
  const before = load(context, input)
  if (!canStep(before.status, step)) throw refuse('STEP_NOT_ALLOWED', { status: before.status })
  return save(context, { ...before, ...fields, status: steps[step].to })
}

function load(context: WriteContext, input: StepInput): Appointment {
  const found = repository.appointmentById(context.db, input.id)
  if (!found) throw refuse(CommonError.NOT_FOUND)
  context.audit({ patientId: found.patientId, entityId: found.id })
  if (found.version !== input.version) throw refuse('STALE', { version: found.version })
  return found
}

function save(context: WriteContext, changed: Appointment): Appointment {
  const next = { ...changed, version: changed.version + 1 }
  requireFree(context, next)
  repository.updateAppointment(context.db, next, stampOf(context))
  return next
}

function requireFree(context: WriteContext, wanted: Appointment): void {
  if (wanted.status === AppointmentStatus.cancelled || wanted.status === AppointmentStatus.noShow) return
  const conflict = findConflicts(repository.appointmentsTaking(context.db, wanted), wanted)[0]
  if (!conflict) return
  const alternatives = searchFreeSlots(context.db, context.zone, {
    providerIds: [wanted.providerId], from: wanted.startsAt, durationMin: minutesBetween(wanted.startsAt, wanted.endsAt), limit: 3,
  })
  throw refuse('SLOT_TAKEN', { conflictingId: conflict.id, alternatives })
}

function requireProvider(db: ReadDb, providerId: string): void {
  if (!repository.listProviders(db).some((provider) => provider.id === providerId)) throw refuse('PROVIDER_NOT_FOUND')
}

const SEARCH_DAYS = 60

function searchFreeSlots(db: ReadDb, zone: string, wanted: { providerIds: string[]; from: Instant; durationMin: number; limit: number }): Slot[] {
  const first = dateInZone(wanted.from, zone)
  const from = dayBounds(first, zone).from
  const to = dayBounds(addDays(first, SEARCH_DAYS), zone).to
  return nextFreeSlots({
    hours: repository.listHours(db), blocks: repository.blocksBetween(db, from, to), zone,
    appointments: wanted.providerIds.flatMap((id) => repository.liveAppointmentsOfProvider(db, id, from, to)),
  }, wanted)
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
