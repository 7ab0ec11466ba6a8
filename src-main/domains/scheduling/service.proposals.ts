import type { AbsenceSpan } from '#shared/domains/scheduling/contract.ts'
import type { ProposedRow } from '#shared/domains/scheduling/model.absence.ts'
import type { DayAppointment, Stranded } from '#shared/domains/scheduling/model.ts'
import type { WaitListRow } from '#shared/domains/scheduling/model.wait-list.ts'
import { planAbsence, type AbsenceFrame, type AbsentVisit, type ProviderCalendar, type VisitNeeds } from '#shared/domains/scheduling/rules.absence.ts'
import { openSpans, spanOf, united, type Span } from '#shared/domains/scheduling/rules.availability.ts'
import { calendarOf, fittingEquipment, fittingRooms } from '#shared/domains/scheduling/rules.resources.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addDays, dateInZone, dayBounds, daysBetween, wallMs, weekdayOf, type Instant, type PlainDate } from '#shared/kernel/time.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import type { ReadContext } from '#main/core/rpc/context.ts'
import * as absence from './repository.absence.ts'
import * as standing from './repository.frame.ts'
import * as schedule from './repository.schedule.ts'
import * as repository from './repository.ts'
import { waitingEntries } from './repository.wait-list.ts'
import { frameOf, heldBy, movingOf, type Times } from './service.slots.ts'
import { strandedNow } from './service.stranded.ts'

// What the rule for an absence is told: whom it is about, who has time, and what rooms and pieces there are.

/** How far ahead a place is looked for, from the last day of the absence on. */
const AHEAD_DAYS = 28
/** Who has seen a type of visit in so many days sees it. */
const SEEN_DAYS = 365

interface Now { db: ReadDb; zone: string; now: Instant }

/** From now on where it begins today. */
export function boundsOf({ now, zone }: Pick<Now, 'now' | 'zone'>, { from, to }: AbsenceSpan): Times {
  if (to < from || daysBetween(from, to) >= limits.absence_days_max) throw refuse('SPAN_TOO_LONG', { days_max: limits.absence_days_max })
  const begins = dayBounds(from, zone).from
  return { from: begins > now ? begins : now, to: dayBounds(to, zone).to }
}

/** The visits that a plan has to say something about. */
export function concerned(context: Now, span: AbsenceSpan): Stranded[] {
  const bounds = boundsOf(context, span)
  if (span.isAway && span.providerId !== null) {
    return standing.plansBetween(context.db, span.providerId, bounds.from, bounds.to).slice(0, limits.absence_rows)
      .map(({ id, version, providerId, startsAt, endsAt }) => ({ id, version, providerId, startsAt, endsAt, reason: 'away' as const }))
  }
  return strandedNow(context, span).slice(0, limits.absence_rows)
}

export function propose(context: ReadContext, span: AbsenceSpan): ProposedRow[] {
  const entries = waitingEntries(context.db, context.scope)
  const rows = concerned(context, span).flatMap(({ id, reason }) => {
    const appointment = repository.daySlotById(context.db, context.scope, id)
    return appointment ? [{ appointment, reason, entry: entries.find((one) => one.appointmentId === id) }] : []
  })
  const horizon = { first: dateInZone(boundsOf(context, span).from, context.zone), last: addDays(span.to, AHEAD_DAYS) }
  const known = rows.filter((row) => !row.appointment.isRestricted)
  const frame = frameFor(context, span, horizon)
  const planned = planAbsence(frame, known.map((row): AbsentVisit => visitOf(row, horizon, context.zone)))
  const proposals = new Map(planned.map((one) => [one.visit.id, one.proposals]))
  return rows.map(({ appointment, reason, entry }) => ({
    appointment, reason, isUrgent: isUrgent(appointment, entry), proposals: proposals.get(appointment.id) ?? [],
  }))
}

/** Somebody who is here already, or whose wish for an earlier time is urgent. */
const isUrgent = (appointment: DayAppointment, entry: WaitListRow | undefined): boolean => entry?.isUrgent === true || appointment.status === 'arrived'

interface Horizon { first: PlainDate; last: PlainDate }

function visitOf({ appointment, reason, entry }: { appointment: DayAppointment; reason: AbsentVisit['reason']; entry: WaitListRow | undefined }, horizon: Horizon, zone: string): AbsentVisit {
  const { id, patientId, providerId, roomId, startsAt, endsAt, typeId, bufferBeforeMin, bufferAfterMin } = appointment
  const windows = entry && windowsOf(entry, horizon, zone)
  return { id, patientId, providerId, roomId, startsAt, endsAt, typeId, bufferBeforeMin, bufferAfterMin, reason, isUrgent: isUrgent(appointment, entry), ...(windows ? { windows } : {}) }
}

/** The days and times of day that somebody on the wait list can do. */
function windowsOf({ weekdays, fromMin, toMin }: WaitListRow, { first, last }: Horizon, zone: string): Span[] {
  return Array.from({ length: daysBetween(first, last) + 1 }, (_, i) => addDays(first, i))
    .filter((date) => (weekdays & (1 << weekdayOf(date))) !== 0)
    .map((date) => ({ from: wallMs(date, fromMin, zone), to: wallMs(date, toMin, zone) }))
}

function frameFor(context: ReadContext, span: AbsenceSpan, { first, last }: Horizon): AbsenceFrame {
  const { db, zone, now } = context
  const days = daysBetween(first, last) + 1
  const times: Times = { from: dayBounds(addDays(first, -1), zone).from, to: dayBounds(addDays(last, 1), zone).to }
  const frame = frameOf(db, zone, first, days)
  const away = spanOf({ startsAt: dayBounds(span.from, zone).from, endsAt: dayBounds(span.to, zone).to })
  const providers = schedule.listProviders(db).map(({ id }): ProviderCalendar => ({
    id, open: openSpans(frame, id, first, days), held: heldBy(db, 'provider', id, times, undefined, true),
    blocked: united([...frame.blocks.filter((block) => block.providerId === id).map(spanOf), ...(span.isAway && id === span.providerId ? [away] : [])]),
  }))
  return { zone, now, days: AHEAD_DAYS, providers, needsOf: needsReader(db, times), mayDo: typeReader(db, zone, first), busyOf: busyReader(db, times) }
}

/** One look at each type's rooms and pieces; a visit's own are read again without what it holds itself. */
function needsReader(db: ReadDb, times: Times): AbsenceFrame['needsOf'] {
  const outages = standing.outagesBetween(db, times.from, times.to)
  const [rooms, pieces] = [standing.activeRooms(db), standing.activeEquipment(db)]
  const calendar = remembered((of: 'room' | 'equipment', id: string) => calendarOf(id, heldBy(db, of, id, times, undefined), outages))
  return remembered((visit: AbsentVisit): VisitNeeds => {
    const type = visit.typeId === null ? undefined : schedule.typeById(db, visit.typeId)
    const moving = movingOf(db, visit.id)
    const has = (of: 'room' | 'equipment', id: string): boolean => moving !== undefined && (of === 'room' ? moving.roomId === id : moving.equipmentIds.includes(id))
    const without = (of: 'room' | 'equipment', id: string) => (has(of, id) ? calendarOf(id, heldBy(db, of, id, times, moving), outages) : calendar(of, id))
    return {
      rooms: type?.roomKind ? fittingRooms(rooms, type.roomKind).map((room) => without('room', room.id)) : undefined,
      equipment: (type?.equipmentKinds ?? []).map((kind) => fittingEquipment(pieces, kind).map((piece) => without('equipment', piece.id))),
    }
  }, (visit) => visit.id)
}

function typeReader(db: ReadDb, zone: string, first: PlainDate): AbsenceFrame['mayDo'] {
  const [from, to] = [dayBounds(addDays(first, -SEEN_DAYS), zone).from, dayBounds(addDays(first, SEEN_DAYS), zone).to]
  return remembered((providerId: string, typeId: string | null) => absence.seesType(db, providerId, typeId, from, to))
}

function busyReader(db: ReadDb, { from, to }: Times): AbsenceFrame['busyOf'] {
  return remembered((visit: AbsentVisit) => absence.visitsBeside(db, visit.id, from, to).map(spanOf), (visit) => visit.id)
}

/** Each answer is worked out once. */
function remembered<A extends readonly unknown[], R>(work: (...given: A) => R, keyOf: (...given: A) => string = (...given) => given.join(' ')): (...given: A) => R {
  const known = new Map<string, R>()
  return (...given) => {
    const key = keyOf(...given)
    const before = known.get(key)
    if (before !== undefined) return before
    const answer = work(...given)
    known.set(key, answer)
    return answer
  }
}
