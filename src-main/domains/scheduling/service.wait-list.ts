import type { AddToWaitListInput, FillInput } from '#shared/domains/scheduling/contract.ts'
import type { Appointment } from '#shared/domains/scheduling/model.ts'
import type { OfferOutcome, WaitListEntry, WaitListRow } from '#shared/domains/scheduling/model.wait-list.ts'
import { canMove } from '#shared/domains/scheduling/rules.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { openFile } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { appointmentById } from './repository.ts'
import * as repository from './repository.wait-list.ts'
import { requireProvider } from './service.schedule.ts'
import { bookAppointment, moveAppointment, requireExpected } from './service.ts'

type Preferences = Omit<AddToWaitListInput, 'id' | 'patientId' | 'appointmentId'>
interface StepInput { id: string; version: number }

export const listWaitList = ({ db, scope }: ReadContext): WaitListRow[] => repository.waitingEntries(db, scope)

/** Refuses with TIMES_TOO_SHORT what can never fit: fewer minutes between the times of day than the visit takes. */
export function add(context: WriteContext, input: AddToWaitListInput): WaitListEntry {
  context.audit({ patientId: input.patientId, entityId: input.id })
  if (repository.entryExists(context.db, input.id)) {
    const known = find(context, input.id)
    if (known.patientId !== input.patientId) throw refuse(CommonError.ID_USED)
    return known
  }
  requireExpected(context, openFile(context, input.patientId, { absent: 'PATIENT_NOT_FOUND' }))
  requireSound(context, input)
  if (input.appointmentId && appointmentById(context.db, context.scope, input.appointmentId)?.patientId !== input.patientId) throw refuse(CommonError.NOT_FOUND)
  const entry: WaitListEntry = { ...input, status: 'waiting', filledId: null, offeredAt: null, offer: null, version: 1, createdAt: context.now }
  repository.insertEntry(context.db, entry, context.actor.userId)
  return entry
}

export function change(context: WriteContext, { id, version, ...preferences }: StepInput & Preferences): WaitListEntry {
  const before = load(context, { id, version })
  requireSound(context, preferences)
  return save(context, { ...before, ...preferences })
}

export const noteOffer = (context: WriteContext, input: StepInput & { outcome: OfferOutcome }): WaitListEntry =>
  save(context, { ...load(context, input), offeredAt: context.now, offer: input.outcome })

export function withdraw(context: WriteContext, input: StepInput): WaitListEntry {
  const before = find(context, input.id)
  if (context.isCarried && before.status === 'withdrawn') return before
  return save(context, { ...load(context, input), status: 'withdrawn' })
}

/** For a plan that is taken back: refused when they have been given a time meanwhile. */
export function withdrawUnfilled(context: WriteContext, id: string): void {
  const entry = find(context, id)
  if (entry.status === 'filled') throw refuse('NOT_WAITING', { status: entry.status })
  if (entry.status === 'waiting') save(context, { ...entry, status: 'withdrawn' })
}

/**
 * Two machines may both have found the free time, or the same entry: the first one fills it, the other is refused with
 * SLOT_TAKEN or NOT_WAITING, and whoever was asked there is still on the list.
 */
export function fill(context: WriteContext, input: FillInput): Appointment {
  const before = find(context, input.id)
  requireWaiting(before)
  const has = before.appointmentId ? appointmentById(context.db, context.scope, before.appointmentId) : undefined
  const place = { providerId: input.providerId, startsAt: input.startsAt, durationMin: before.durationMin }
  const appointment = has && canMove(has.status)
    ? moveAppointment(context, { id: has.id, version: has.version, roomId: null, ...place })
    : bookAppointment(context, { id: input.bookingId, patientId: before.patientId, roomId: null, typeId: before.typeId, reason: before.note, hasArrived: false, telehealthUrl: null, ...place })
  save(context, { ...before, status: 'filled', filledId: appointment.id }, appointment.version)
  context.audit({ patientId: before.patientId, entityId: before.id })
  return appointment
}

function requireSound(context: WriteContext, { providerId, fromMin, toMin, durationMin }: Preferences): void {
  if (providerId) requireProvider(context.db, providerId)
  if (toMin - fromMin < durationMin) throw refuse('TIMES_TOO_SHORT')
}

function find(context: WriteContext, id: string): WaitListEntry {
  const found = repository.entryById(context.db, context.scope, id)
  if (!found) throw refuse(CommonError.NOT_FOUND)
  context.audit({ patientId: found.patientId, entityId: found.id })
  return found
}

function load(context: WriteContext, input: StepInput): WaitListEntry {
  const found = find(context, input.id)
  requireWaiting(found)
  if (found.version !== input.version) throw refuse('STALE', { version: found.version })
  return found
}

function requireWaiting({ status }: WaitListEntry): void {
  if (status !== 'waiting') throw refuse('NOT_WAITING', { status })
}

function save(context: WriteContext, changed: WaitListEntry, filledVersion: number | null = null): WaitListEntry {
  const next = { ...changed, version: changed.version + 1 }
  repository.updateEntry(context.db, next, filledVersion)
  return next
}
