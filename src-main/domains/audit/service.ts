import type { AuditListInput, AuditMineInput, AuditPage, DisclosuresInput } from '#shared/domains/audit/contract.ts'
import type { AuditEvent, ChartAccess, Disclosure } from '#shared/domains/audit/model.ts'
import { CLOCK_SLACK_MS } from '#shared/domains/audit/rules.ts'
import { dayBounds, toInstant, toMs, type Instant } from '#shared/kernel/time.ts'
import { fileIfKnown } from '#main/core/access/opened.ts'
import { hashedTerm } from '#main/core/audit/keys.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as disclosureRows from './repository.disclosures.ts'
import * as repository from './repository.ts'

export function listEvents(context: ReadContext, input: AuditListInput): AuditPage {
  context.audit(input.patientId ? { patientId: input.patientId } : {})
  return page(context, input)
}

/** The person comes from the session; the input cannot name another. */
export function listOwn(context: ReadContext, input: AuditMineInput): AuditPage {
  const own = page(context, { ...input, actorId: context.actor.userId })
  return { ...own, events: own.events.map((event) => (mayTell(context, event) ? event : { ...event, entityId: null, patientId: null, patientName: null, patientMrn: null })) }
}

/** A refused look at a restricted patient is on one's own list too, and must not tell whose file it was. */
const mayTell = (context: ReadContext, { outcome, patientId }: AuditEvent): boolean => (patientId === null ? outcome !== 'refused' : fileIfKnown(context, patientId) !== undefined)

export const listActions = ({ db }: ReadContext): string[] => repository.listActions(db)

export function chartAccess(context: ReadContext, patientId: string): ChartAccess[] {
  context.audit({ patientId })
  return repository.chartAccess(context.db, patientId)
}

function page({ db, zone }: Pick<ReadContext, 'db' | 'zone'>, { before, limit, ...filter }: AuditListInput): AuditPage {
  const { query, bounds } = queryOf(db, zone, filter)
  const events = repository.listEvents(db, query, { ...bounds, before: Math.min(bounds.before, before ?? bounds.before) }, limit)
  const last = events[events.length - 1]
  return { events, next: events.length === limit && last ? last.seq : null }
}

type Filter = Omit<AuditListInput, 'before' | 'limit'>

/** The filter as rows are asked for: days as instants and as a stretch of numbers, the searched word as its hash. */
export function queryOf(db: ReadDb, zone: string, { from, to, searched, ...rest }: Filter): { query: repository.EventQuery; bounds: repository.Bounds } {
  const [start, end] = [from && dayBounds(from, zone).from, to && dayBounds(to, zone).to]
  const query = { ...rest, from: start, to: end, term: searched ? hashedTerm(db, searched) : null }
  return { query, bounds: seqRange(db, start, end) }
}

/**
 * Numbers rise with time, so a stretch of time is a stretch of numbers, found by halving. Where the clock went back
 * (there is an event that says so) each part between is looked at, and the stretch covers them all.
 */
export function seqRange(db: ReadDb, from: Instant | null, to: Instant | null): repository.Bounds {
  const end = (repository.lastEvent(db)?.seq ?? 0) + 1
  if (from === null && to === null) return { lowest: 0, before: end }
  const cuts = [1, ...repository.clockBacks(db), end]
  const parts = cuts.slice(1).map((until, i): repository.Bounds => {
    const start = cuts[i] ?? 1
    return {
      lowest: from === null ? start : firstFrom(db, shifted(from, -CLOCK_SLACK_MS), start, until),
      before: to === null ? until : firstFrom(db, shifted(to, CLOCK_SLACK_MS), start, until),
    }
  }).filter((part) => part.lowest < part.before)
  return { lowest: Math.min(end, ...parts.map((part) => part.lowest)), before: Math.max(0, ...parts.map((part) => part.before)) }
}

const shifted = (at: Instant, ms: number): Instant => toInstant(toMs(at) + ms)

/** The first number in [low, high) whose event is not before `at`; `high` when there is none. */
function firstFrom(db: ReadDb, at: Instant, low: number, high: number): number {
  let [first, behind] = [low, high]
  while (first < behind) {
    const middle = Math.floor((first + behind) / 2)
    const event = repository.eventFrom(db, middle)
    if (!event || event.seq >= behind || event.at >= at) behind = middle
    else first = event.seq + 1
  }
  return first
}

export function listDisclosures(context: ReadContext, input: DisclosuresInput): { rows: Disclosure[]; next: DisclosuresInput['before'] } {
  context.audit(input.patientId ? { patientId: input.patientId } : {})
  const rows = disclosureRows.list(context.db, input)
  const last = rows[rows.length - 1]
  return { rows, next: rows.length === input.limit && last ? { at: last.at, id: last.id } : null }
}

export const isDisclosed = (db: ReadDb, id: string): boolean => disclosureRows.exists(db, id)

/** Something left the clinic on paper or as a file. The same id again is the same disclosure. */
export function recordDisclosure({ db, now, actor }: Pick<WriteContext, 'db' | 'now' | 'actor'>, about: disclosureRows.NewDisclosure): void {
  if (!disclosureRows.exists(db, about.id)) disclosureRows.insert(db, { ...about, at: now, actorId: actor.userId })
}
