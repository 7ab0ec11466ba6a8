import { addDays, dateInZone, toInstant, toMs, wallMs, type Instant } from '../../kernel/time.ts'
import type { Appointment, StrandedReason } from './model.ts'
import type { AbsenceLine, Proposal, ProposalReason } from './model.absence.ts'
import { heldSpan, united, type Span } from './rules.availability.ts'
import { isFreeDuring, type ResourceCalendar } from './rules.resources.ts'
import { firstEndingAfter, SLOT_STEP_MIN } from './rules.search.ts'

/*
 * What can be done for the patients of somebody who is away, all at once. Each visit gets the place that is nearest to what
 * was agreed with the patient: the same room and provider where only the room is gone, the same time with a colleague, the
 * same day, then the soonest day. Nothing it proposes conflicts with what exists, nor with the rest of the plan.
 */

export interface AbsentVisit extends Pick<Appointment, 'id' | 'patientId' | 'providerId' | 'roomId' | 'startsAt' | 'endsAt' | 'typeId' | 'bufferBeforeMin' | 'bufferAfterMin'> {
  reason: StrandedReason
  isUrgent: boolean
  /** When it may begin, where the patient has said so; undefined: any time of the hours. */
  windows?: readonly Span[]
}

export interface ProviderCalendar {
  id: string
  /** Opening hours from today on, in order and apart. */
  open: readonly Span[]
  /** Held by appointments, each for itself, in order. */
  held: readonly Span[]
  /** Taken out of the hours, in order and apart; also the absence itself. */
  blocked: readonly Span[]
}

/** What a visit needs beside its provider; without a kind a room is chosen when the patient is shown in, and a video visit needs none. */
export interface VisitNeeds { rooms: readonly ResourceCalendar[] | undefined; equipment: readonly (readonly ResourceCalendar[])[] }

export interface AbsenceFrame {
  zone: string
  now: Instant
  /** Days that are looked through, the first of the visit's own day included. */
  days: number
  providers: readonly ProviderCalendar[]
  needsOf: (visit: AbsentVisit) => VisitNeeds
  /** Whether a provider sees visits of this type. */
  mayDo: (providerId: string, typeId: string | null) => boolean
  /** What the patient has beside this visit: nobody is at two places at once. */
  busyOf: (visit: AbsentVisit) => readonly Span[]
}

export interface PlannedRow<V extends AbsentVisit = AbsentVisit> { visit: V; proposals: Proposal[] }

const STEP_MS = SLOT_STEP_MIN * 60_000
const ALTERNATIVES = 3
/** A colleague's time this much away from the agreed one is still "about then" on the same day. */
const byNearness = (wanted: number) => (a: Found, b: Found): number => Math.abs(a.at - wanted) - Math.abs(b.at - wanted) || a.order - b.order

interface Found { at: number; order: number; providerId: string }
/** What the plan itself has taken since: spans by provider, room, piece and patient. */
type Taken = Map<string, Span[]>
interface Search {
  frame: AbsenceFrame
  taken: Taken
  visit: AbsentVisit
  needs: VisitNeeds
  /** What the visit's provider holds beside it: it does not stand in its own way. */
  ownHeld: readonly Span[]
}

function searchOf(frame: AbsenceFrame, taken: Taken, visit: AbsentVisit): Search {
  const own = heldSpan(visit)
  const held = frame.providers.find((one) => one.id === visit.providerId)?.held ?? []
  return { frame, taken, visit, needs: frame.needsOf(visit), ownHeld: held.filter((span) => span.from !== own.from || span.to !== own.to) }
}

/** Urgent visits choose first, then the earliest; of two that begin together the shorter one, which leaves more to the others. */
const inTurn = (a: AbsentVisit, b: AbsentVisit): number =>
  Number(b.isUrgent) - Number(a.isUrgent) || (a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0) || toMs(a.endsAt) - toMs(b.endsAt)

/** Each visit, in order of time, with its best place first and up to three others that stay free when the whole plan is done. */
export function planAbsence<V extends AbsentVisit>(frame: AbsenceFrame, visits: readonly V[]): PlannedRow<V>[] {
  const taken: Taken = new Map()
  const best = new Map<string, Proposal>()
  for (const visit of visits.toSorted(inTurn)) {
    const search = searchOf(frame, taken, visit)
    const [first] = proposalsFor(search, 1)
    if (!first) continue
    best.set(visit.id, first)
    take(search, first)
  }
  return visits.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1)).map((visit) => {
    const first = best.get(visit.id)
    // Looked for once more among what the plan has left, so that another choice for one patient takes nothing from the others.
    const others = proposalsFor(searchOf(frame, taken, visit), ALTERNATIVES)
    return { visit, proposals: first ? [first, ...others] : others }
  })
}

function proposalsFor(search: Search, limit: number): Proposal[] {
  const { frame, visit } = search
  const date = dateInZone(visit.startsAt, frame.zone)
  const [from, wanted, dayEnd] = [Math.max(toMs(frame.now), wallMs(date, 0, frame.zone)), toMs(visit.startsAt), wallMs(date, 1440, frame.zone)]
  const last = wallMs(addDays(date, frame.days - 1), 1440, frame.zone)
  const found: Proposal[] = []
  const add = (reason: ProposalReason, one: Found): void => {
    const isNew = !found.some((other) => other.providerId === one.providerId && toMs(other.startsAt) === one.at)
    if (isNew && found.length < limit) found.push(proposal(search, reason, one))
  }
  const able = frame.providers.map((calendar, order) => ({ calendar, order })).filter(({ calendar }) => calendar.id === visit.providerId || frame.mayDo(calendar.id, visit.typeId))
  const others = able.filter(({ calendar }) => calendar.id !== visit.providerId)
  const own = able.filter(({ calendar }) => calendar.id === visit.providerId)
  const at = (time: number) => ({ calendar, order }: (typeof able)[number]): Found[] => (time >= toMs(frame.now) && fits(search, calendar, time) ? [{ at: time, order, providerId: calendar.id }] : [])
  const soonest = (list: typeof able, begin: number, end: number, each: number): Found[] =>
    list.flatMap(({ calendar, order }) => startsIn(search, calendar, begin, end, each).map((time) => ({ at: time, order, providerId: calendar.id })))

  for (const one of own.flatMap(at(wanted))) add('other-room', one)
  for (const one of others.flatMap(at(wanted))) add('same-time', one)
  if (found.length >= limit) return found
  for (const one of soonest(able, from, dayEnd, Infinity).toSorted(byNearness(wanted)).slice(0, limit)) add('same-day', one)
  if (found.length >= limit) return found
  const ahead = [...soonest(own, dayEnd, last, 1), ...soonest(others, dayEnd, last, 1)]
  // The soonest day; on one day the patient's own provider.
  const day = (one: Found): string => dateInZone(toInstant(one.at), frame.zone)
  const isOwn = (one: Found): number => (one.providerId === visit.providerId ? 0 : 1)
  for (const one of ahead.toSorted((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : isOwn(a) - isOwn(b) || a.at - b.at || a.order - b.order))) {
    add(isOwn(one) === 0 ? 'own-provider-later' : 'other-provider-later', one)
  }
  return found
}

/** Starts on the quarters of the provider's hours at which everything the visit needs is free. */
function startsIn(search: Search, calendar: ProviderCalendar, from: number, to: number, limit: number): number[] {
  const length = lengthOf(search.visit)
  const starts: number[] = []
  for (let i = firstEndingAfter(calendar.open, from); i < calendar.open.length && starts.length < limit; i += 1) {
    const span = calendar.open[i]
    if (!span || span.from >= to) break
    for (let at = span.from + Math.max(0, Math.ceil((from - span.from) / STEP_MS)) * STEP_MS; at + length <= span.to && at < to && starts.length < limit; at += STEP_MS) {
      if (fits(search, calendar, at)) starts.push(at)
    }
  }
  return starts
}

const lengthOf = (visit: AbsentVisit): number => toMs(visit.endsAt) - toMs(visit.startsAt)
const holdAt = (visit: AbsentVisit, at: number): Span => ({ from: at - visit.bufferBeforeMin * 60_000, to: at + lengthOf(visit) + visit.bufferAfterMin * 60_000 })

/** In spans in order and apart. */
function isFreeOf(spans: readonly Span[], held: Span): boolean {
  const next = spans[firstEndingAfter(spans, held.from)]
  return next === undefined || next.from >= held.to
}

function fits(search: Search, calendar: ProviderCalendar, at: number): boolean {
  const { frame, taken, visit, needs } = search
  const own: Span = { from: at, to: at + lengthOf(visit) }
  const held = holdAt(visit, at)
  const open = calendar.open[firstEndingAfter(calendar.open, at)]
  if (!open || open.from > own.from || open.to < own.to) return false
  if (visit.windows && !visit.windows.some((window) => window.from <= own.from && own.to <= window.to)) return false
  const others = calendar.id === visit.providerId ? search.ownHeld : calendar.held
  if (!isFreeOf(others, held) || !isFreeOf(calendar.blocked, own) || !isFreeOf(taken.get(calendar.id) ?? [], held)) return false
  if (![...frame.busyOf(visit), ...taken.get(visit.patientId) ?? []].every((span) => span.to <= own.from || own.to <= span.from)) return false
  return roomAt(search, at) !== undefined && needs.equipment.every((candidates) => freePiece(candidates, taken, held) !== undefined)
}

const freePiece = (candidates: readonly ResourceCalendar[], taken: Taken, held: Span): ResourceCalendar | undefined =>
  candidates.find((one) => isFreeDuring(one, held) && isFreeOf(taken.get(one.id) ?? [], held))

/** The room it would be in, its own first; null where it needs none. Undefined: none is free. */
function roomAt({ needs, taken, visit }: Search, at: number): string | null | undefined {
  // A room that was named for its own sake stays where only the provider changes.
  if (!needs.rooms) return at === toMs(visit.startsAt) && !visit.reason.startsWith('room') ? visit.roomId : null
  const held = holdAt(visit, at)
  const inOrder = needs.rooms.toSorted((a, b) => Number(b.id === visit.roomId) - Number(a.id === visit.roomId))
  return freePiece(inOrder, taken, held)?.id
}

function proposal(search: Search, reason: ProposalReason, { at, providerId }: Found): Proposal {
  const { visit } = search
  return { reason, providerId, roomId: roomAt(search, at) ?? null, startsAt: toInstant(at), endsAt: toInstant(at + lengthOf(visit)) }
}

function take({ taken, visit, needs }: Search, chosen: Proposal): void {
  const held = heldSpan({ ...visit, startsAt: chosen.startsAt, endsAt: chosen.endsAt })
  const pieces = needs.equipment.map((candidates) => freePiece(candidates, taken, held)?.id)
  for (const id of [chosen.providerId, chosen.roomId, visit.patientId, ...pieces]) if (id) taken.set(id, united([...(taken.get(id) ?? []), held]))
}

export interface Placed { id: string; patientId: string; choice: Pick<Proposal, 'providerId' | 'roomId' | 'startsAt' | 'endsAt'>; bufferBeforeMin: number; bufferAfterMin: number }

/** Rows of a plan that were given the same time or room by hand, each with the one it meets. */
export function clashesWithin(rows: readonly Placed[]): Map<string, string> {
  const clashes = new Map<string, string>()
  for (const [i, a] of rows.entries()) {
    for (const b of rows.slice(i + 1)) {
      const [one, other] = [heldSpan({ ...a, ...a.choice }), heldSpan({ ...b, ...b.choice })]
      const isSame = a.choice.providerId === b.choice.providerId || (a.choice.roomId !== null && a.choice.roomId === b.choice.roomId) || a.patientId === b.patientId
      if (isSame && one.from < other.to && other.from < one.to) clashes.set(a.id, b.id).set(b.id, a.id)
    }
  }
  return clashes
}

export type CallState = 'to-call' | 'told' | 'gone-on'

/** Whether somebody still has to be told: nobody after they were, nor once the visit has gone on since the plan. */
export function callState({ line, appointment, outcome }: { line: Pick<AbsenceLine, 'kind' | 'doneVersion'>; appointment: Pick<Appointment, 'version'>; outcome: string | null }): CallState {
  if (outcome === 'confirmed') return 'told'
  return appointment.version === line.doneVersion ? 'to-call' : 'gone-on'
}
