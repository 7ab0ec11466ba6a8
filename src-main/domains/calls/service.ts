import type { AddRecallInput, CloseRecallInput, ConfirmationDay, ConfirmInput, RecallCursor, RecallPage, RecordCallInput } from '#shared/domains/calls/contract.ts'
import type { ListedRecall, Recall, RecallOrigin, RecallRule } from '#shared/domains/calls/model.ts'
import { nextAttempt, nextWorkingDay, RECALL_AHEAD_DAYS, recallDue, visitsInQuestion } from '#shared/domains/calls/rules.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addDays, addMonths, dateInZone, dayBounds, type PlainDate } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { openFile } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { listHours, requireProvider } from '#main/domains/scheduling/service.schedule.ts'
import * as repository from './repository.ts'

const first: RecallCursor = { workOn: '0001-01-01', id: '' }
const isBehind = (one: Pick<Recall, 'workOn' | 'id'>, cursor: RecallCursor): boolean => one.workOn > cursor.workOn || (one.workOn === cursor.workOn && one.id > cursor.id)

/** Written recalls and those that follow from a rule, each read in order and merged, so that a page never reads more than a page of each. */
export function listRecalls(context: ReadContext, after: RecallCursor | null): RecallPage {
  const { db, scope, now, zone } = context
  const today = dateInZone(now, zone)
  const cursor = after ?? first
  const written = repository.writtenRecalls(db, scope, cursor, addDays(today, RECALL_AHEAD_DAYS))
  const ruled = repository.listRules(db).filter((rule) => rule.isActive).flatMap((rule) => recallsOfRule(context, rule, today, cursor))
  const all = [...written, ...withoutTwins(ruled)].sort((a, b) => (isBehind(a, b) ? 1 : -1))
  const page = all.slice(0, limits.recall_page_rows)
  const last = all.length > page.length ? page.at(-1) : undefined
  return { recalls: page, next: last ? { workOn: last.workOn, id: last.id } : null }
}

function recallsOfRule({ db, scope, zone }: ReadContext, rule: RecallRule, today: PlainDate, cursor: RecallCursor): ListedRecall[] {
  const span = visitsInQuestion(rule, today)
  // What is due at the cursor was visited so many months before; a few days earlier, because months end differently.
  const reached = cursor.workOn > '0001-01-01' ? addDays(addMonths(cursor.workOn, -rule.months), -3) : span.from
  const { from } = dayBounds(reached > span.from ? reached : span.from, zone)
  const { from: to } = dayBounds(span.to, zone)
  const until = addDays(today, RECALL_AHEAD_DAYS)
  return repository.lastVisits(db, scope, rule, from, to)
    .map((visit) => {
      const dueOn = recallDue(dateInZone(visit.startsAt, zone), rule)
      return {
        id: visit.id, patientId: visit.patient.id, typeId: visit.typeId, reason: null, providerId: visit.providerId, dueOn, workOn: dueOn, status: 'open' as const,
        origin: { ruleId: rule.id, sourceId: visit.id }, lastOutcome: null, lastContactAt: null, contacts: 0, patient: visit.patient, typeName: visit.typeName,
      }
    })
    .filter((one) => one.dueOn < until && isBehind(one, cursor))
}

/** Two rules of one visit type call a patient once: the sooner one. */
function withoutTwins(ruled: readonly ListedRecall[]): ListedRecall[] {
  const bySource = new Map<Id, ListedRecall>()
  for (const one of ruled) {
    const known = bySource.get(one.id)
    if (!known || one.workOn < known.workOn) bySource.set(one.id, one)
  }
  return [...bySource.values()]
}

export const openRecalls = (context: ReadContext, patientId: Id): Recall[] => repository.openRecallsOf(context.db, openFile(context, patientId))

export const listRules = ({ db }: ReadContext): RecallRule[] => repository.listRules(db)

export function saveRule(context: WriteContext, rule: RecallRule): RecallRule {
  context.audit({ entityId: rule.id })
  if (!repository.typeExists(context.db, rule.typeId)) throw refuse('TYPE_NOT_FOUND')
  repository.saveRule(context.db, rule)
  return rule
}

/** Written by hand or at check-out. A fitting appointment that stands already closes it at once, and its end opens it. */
export function addRecall(context: WriteContext, input: AddRecallInput): Recall {
  const { db, actor, now } = context
  context.audit({ patientId: input.patientId, entityId: input.id })
  if (repository.recallExists(db, input.id)) {
    const known = find(context, input.id)
    if (known.patientId !== input.patientId) throw refuse(CommonError.ID_USED)
    return known
  }
  openFile(context, input.patientId, { absent: 'PATIENT_NOT_FOUND' })
  if (input.providerId !== null) requireProvider(db, input.providerId)
  if (input.typeId !== null && !repository.typeExists(db, input.typeId)) throw refuse('TYPE_NOT_FOUND')
  const appointmentId = repository.fittingAhead(db, input, now) ?? null
  const recall: Recall = {
    ...input, reason: input.reason === '' ? null : input.reason, workOn: input.dueOn, status: appointmentId === null ? 'open' : 'booked', origin: null, lastOutcome: null, lastContactAt: null, contacts: 0,
  }
  repository.insertRecall(db, recall, { at: now, by: actor.userId, appointmentId })
  return recall
}

/** Each attempt is kept, also one that comes from another machine after the patient has been booked. */
export function recordCall(context: WriteContext, { id, origin, callId, outcome }: RecordCallInput): Recall {
  const { db, actor, now, zone } = context
  const recall = findOrMake(context, id, origin)
  if (repository.contactExists(db, callId)) return recall
  if (recall.status !== 'open' && !context.isCarried) throw refuse('RECALL_SETTLED', { status: recall.status })
  repository.insertContact(db, { id: callId, recallId: recall.id, outcome, at: now, by: actor.userId })
  const called = { ...recall, lastOutcome: outcome, lastContactAt: now, contacts: recall.contacts + 1, workOn: nextAttempt(outcome, dateInZone(now, zone)) }
  repository.updateRecall(db, called)
  return called
}

/** The patient is not to be called about this any more: moved away, seen elsewhere. */
export function closeRecall(context: WriteContext, { id, origin }: CloseRecallInput): Recall {
  const recall = findOrMake(context, id, origin)
  if (recall.status === 'closed' && context.isCarried) return recall
  if (recall.status !== 'open') throw refuse('RECALL_SETTLED', { status: recall.status })
  return saveStatus(context, recall, 'closed')
}

export function reopenRecall(context: WriteContext, id: Id): Recall {
  const recall = find(context, id)
  if (recall.status === 'open' && context.isCarried) return recall
  if (recall.status !== 'closed') throw refuse('RECALL_SETTLED', { status: recall.status })
  return saveStatus(context, recall, 'open')
}

function saveStatus({ db }: WriteContext, recall: Recall, status: Recall['status']): Recall {
  const changed = { ...recall, status }
  repository.updateRecall(db, changed)
  return changed
}

function find(context: WriteContext, id: Id): Recall {
  const recall = repository.recallById(context.db, context.scope, id)
  if (!recall) throw refuse(CommonError.NOT_FOUND)
  context.audit({ patientId: recall.patientId, entityId: recall.id })
  return recall
}

/** A recall by rule gets its row with the first thing that is done about it. Two machines that do so have one row: the rule and the visit name it. */
function findOrMake(context: WriteContext, id: Id, origin: RecallOrigin | null): Recall {
  const { db, scope, actor, now, zone } = context
  if (origin === null || repository.recallExists(db, id)) return find(context, id)
  const known = repository.recallOfRule(db, scope, origin)
  if (known) return find(context, known.id)
  const rule = repository.listRules(db).find((one) => one.id === origin.ruleId)
  if (!rule) throw refuse('RULE_NOT_FOUND')
  const visit = repository.keptVisit(db, scope, origin.sourceId)
  if (!visit || visit.typeId !== rule.typeId) throw refuse(CommonError.NOT_FOUND)
  context.audit({ patientId: visit.patientId, entityId: id })
  const dueOn = recallDue(dateInZone(visit.startsAt, zone), rule)
  const appointmentId = repository.fittingAhead(db, visit, now) ?? null
  const recall: Recall = {
    id, patientId: visit.patientId, typeId: visit.typeId, reason: null, providerId: visit.providerId, dueOn, workOn: dueOn, status: appointmentId === null ? 'open' : 'booked', origin,
    lastOutcome: null, lastContactAt: null, contacts: 0,
  }
  repository.insertRecall(db, recall, { at: now, by: actor.userId, appointmentId })
  return recall
}

export function listConfirmations(context: ReadContext, date: PlainDate | null): ConfirmationDay {
  const { db, scope, now, zone } = context
  const day = date ?? nextWorkingDay(listHours(context), dateInZone(now, zone))
  const { from, to } = dayBounds(day, zone)
  return { date: day, appointments: repository.confirmationsBetween(db, scope, from, to) }
}

/** What the patient said holds for the time it was asked about. Somebody who waits at the form hears that it was moved; off line it is kept as it was said. */
export function confirm(context: WriteContext, { id, appointmentId, startsAt, outcome, note }: ConfirmInput): { id: Id } {
  const { db, scope, actor, now } = context
  const appointment = repository.appointmentOf(db, scope, appointmentId)
  if (!appointment) throw refuse(CommonError.NOT_FOUND)
  context.audit({ patientId: appointment.patientId, entityId: appointmentId })
  if (repository.confirmationExists(db, id)) return { id }
  if (appointment.startsAt !== startsAt && !context.isCarried) throw refuse('APPOINTMENT_MOVED')
  repository.insertConfirmation(db, { id, appointmentId, startsAt, outcome, note: note === '' ? null : note, at: now, by: actor.userId })
  return { id }
}
