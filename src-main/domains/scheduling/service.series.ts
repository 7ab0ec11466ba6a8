import type { BookedSeveral, BookSeriesInput, CheckedOccurrence, CheckOccurrencesInput, Series } from '#shared/domains/scheduling/contract.series.ts'
import type { Appointment, AppointmentType, Slot } from '#shared/domains/scheduling/model.ts'
import type { OccurrenceProblem, RefusedOccurrence } from '#shared/domains/scheduling/model.series.ts'
import { heldSpan, type Span } from '#shared/domains/scheduling/rules.availability.ts'
import { lackingAt } from '#shared/domains/scheduling/rules.resources.ts'
import { nearestSlot } from '#shared/domains/scheduling/rules.series.ts'
import { findConflicts, sharesProvider, type Wanted } from '#shared/domains/scheduling/rules.ts'
import { standingOf } from '#shared/domains/scheduling/rules.slots.ts'
import { addDays, addMinutes, dateInZone, dayBounds, toMs } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { openFile } from '#main/core/access/opened.ts'
import { attempt } from '#main/core/rpc/attempt.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as schedule from './repository.schedule.ts'
import * as bookings from './repository.series.ts'
import * as repository from './repository.ts'
import { problemOf, softProblem } from './service.problems.ts'
import { requireProvider } from './service.schedule.ts'
import { frameOf, needsOf, requireType, searchTimes } from './service.slots.ts'
import { bookAppointment } from './service.ts'

export function seriesOf(context: ReadContext, appointmentId: string): Series | null {
  const { db, scope } = context
  const one = repository.appointmentById(db, scope, appointmentId)
  if (!one) throw refuse(CommonError.NOT_FOUND)
  const row = one.seriesId === null ? undefined : bookings.seriesById(db, one.seriesId)
  return row ? { id: row.id, pattern: row.pattern, visits: row.visits, appointments: bookings.visitsOfSeries(db, scope, row.id) } : null
}

/**
 * All of them or none while the person waits at the form. A series that comes from another machine keeps what is still free:
 * its patient was told all the dates, and the ones that somebody else has by now are named in Attention.
 */
export function bookSeries(context: WriteContext, input: BookSeriesInput): BookedSeveral {
  const { db, now, actor } = context
  context.audit({ patientId: input.patientId, entityId: input.id })
  const known = bookings.seriesById(db, input.id)
  if (known) return bookedBefore(context, input, known.patientId)
  const { patientId } = openFile(context, input.patientId, { absent: 'PATIENT_NOT_FOUND' })
  const visits = input.visits.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
  bookings.insertSeries(db, { id: input.id, patientId, pattern: input.pattern, visits: visits.length, createdAt: now, createdBy: actor.userId })
  const appointments: Appointment[] = []
  const refused: RefusedOccurrence[] = []
  for (const [at, visit] of visits.entries()) {
    const { typeId, durationMin, reason, telehealthUrl } = input
    const outcome = attempt(db, () => bookAppointment(context, { ...visit, patientId, roomId: null, typeId, durationMin, reason, telehealthUrl, hasArrived: false }, { seriesId: input.id, seriesPlace: at + 1 }))
    if (outcome.isDone) appointments.push(outcome.result)
    else if (isOfWhole(outcome.refusal.code)) throw outcome.refusal
    else refused.push({ place: input.visits.indexOf(visit), startsAt: visit.startsAt, problem: problemOf(outcome.refusal) })
  }
  if (refused.length > 0 && (!context.isCarried || appointments.length === 0)) throw refuse('TIMES_REFUSED', { occurrences: refused })
  if (refused.length > 0) context.notice({ code: 'SERIES_PARTLY_BOOKED', data: { dates: refused.map((one) => dateInZone(one.startsAt, context.zone)), occurrences: refused } })
  context.audit({ patientId, entityId: input.id, itemIds: appointments.map((one) => one.id) })
  return { appointments, refused }
}

const isOfWhole = (code: string): boolean => ['TYPE_NOT_FOUND', 'PATIENT_NOT_FOUND', 'PROVIDER_NOT_FOUND', 'ID_USED', 'NOT_FOUND'].includes(code)

/** Sent twice it is one series. */
function bookedBefore(context: WriteContext, input: BookSeriesInput, patientId: string): BookedSeveral {
  if (patientId !== openFile(context, input.patientId, { absent: 'PATIENT_NOT_FOUND' }).patientId) throw refuse(CommonError.ID_USED)
  return { appointments: bookings.visitsOfSeries(context.db, context.scope, input.id), refused: [] }
}

/** How far around a wanted time another one is proposed. */
const NEAR_DAYS = { before: 2, after: 5 } as const
const PROPOSALS = 200

export function checkOccurrences(context: ReadContext, input: CheckOccurrencesInput): CheckedOccurrence[] {
  const { db } = context
  const type = input.typeId === null ? undefined : requireType(db, input.typeId)
  for (const providerId of new Set(input.occurrences.map((one) => one.providerId))) requireProvider(db, providerId)
  const wanted = input.occurrences.map((one): Wanted => ({
    id: '', roomId: null, ...one, endsAt: addMinutes(one.startsAt, input.durationMin), typeId: input.typeId,
    bufferBeforeMin: type?.bufferBeforeMin ?? 0, bufferAfterMin: type?.bufferAfterMin ?? 0, capacity: type?.capacity ?? 1,
  }))
  const spans = wanted.map(heldSpan)
  return wanted.map((one, at) => {
    const { providerId, startsAt } = one
    const problem = problemAt(context, one, type, input.movingIds) ?? meetsEarlier(wanted, spans, at)
    if (!problem) return { startsAt, providerId, problem, by: null, proposal: null }
    const by = problem.kind === 'taken' && problem.byId !== '' ? repository.daySlotById(db, context.scope, problem.byId) ?? null : null
    return { startsAt, providerId, problem, by, proposal: proposalFor(context, one, type, input.durationMin, spans.toSpliced(at, 1)) ?? null }
  })
}

/** Two of the series itself may meet: a moved one, or visits longer than the days between them. */
function meetsEarlier(wanted: readonly Wanted[], spans: readonly Span[], at: number): OccurrenceProblem | null {
  const own = spans[at]
  const meets = own !== undefined && spans.some((one, i) => i < at && wanted[i]?.providerId === wanted[at]?.providerId && one.from < own.to && own.from < one.to)
  return meets ? { kind: 'refused', code: 'MEETS_ITSELF' } : null
}

function problemAt({ db, zone }: ReadContext, one: Wanted, type: AppointmentType | undefined, movingIds: readonly string[]): OccurrenceProblem | null {
  const [conflict] = findConflicts(repository.appointmentsTaking(db, one).filter((other) => !movingIds.includes(other.id)), one)
  if (conflict) return { kind: 'taken', byId: conflict.id, cause: sharesProvider(conflict, one) ? 'provider' : 'room' }
  const [from, to] = [toMs(one.startsAt), toMs(one.endsAt)]
  const date = dateInZone(one.startsAt, zone)
  const around = { from: dayBounds(addDays(date, -1), zone).from, to: dayBounds(addDays(date, 1), zone).to }
  // Places of a group visit that others have booked are in its room already.
  const needs = type && !repository.hasGroup(db, one) ? needsOf(db, { needs: type, bufferBeforeMin: one.bufferBeforeMin, bufferAfterMin: one.bufferAfterMin }, around, undefined) : []
  const lacking = movingIds.length > 0 ? undefined : lackingAt(needs, from, to)
  if (lacking) return { kind: 'nothing-fits', room: lacking === 'no-room' ? type?.roomKind ?? null : null, equipment: lacking === 'no-equipment' ? type?.equipmentKinds[0] ?? null : null }
  return softProblem(standingOf(frameOf(db, zone, date, 1), one))
}

/** The same provider's nearest time within a few days; somebody else's where there is none. */
function proposalFor({ db, zone, now }: ReadContext, one: Wanted, type: AppointmentType | undefined, durationMin: number, others: readonly Span[]): Slot | undefined {
  const earliest = dayBounds(addDays(dateInZone(one.startsAt, zone), -NEAR_DAYS.before), zone).from
  const search = (providerIds: readonly string[]): Slot[] => searchTimes(db, zone, {
    providerIds, from: earliest > now ? earliest : now, durationMin, days: NEAR_DAYS.before + NEAR_DAYS.after, limit: PROPOSALS, needs: type,
    bufferBeforeMin: one.bufferBeforeMin, bufferAfterMin: one.bufferAfterMin,
  }).slots
  return nearestSlot(search([one.providerId]), one.startsAt, others, zone)
    ?? nearestSlot(search(schedule.listProviders(db).map((provider) => provider.id).filter((id) => id !== one.providerId)), one.startsAt, others, zone)
}
