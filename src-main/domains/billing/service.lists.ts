import type { WorkListInput } from '#shared/domains/billing/contract.ts'
import type { CheckoutItem, DayTotals, WorkItem, WorkList } from '#shared/domains/billing/model.views.ts'
import { checksOf } from '#shared/domains/billing/rules.ts'
import { limits } from '#shared/kernel/limits.ts'
import { sumCents } from '#shared/kernel/money.ts'
import { addDays, dayBounds, type PlainDate } from '#shared/kernel/time.ts'
import type { ReadContext } from '#main/core/rpc/context.ts'
import * as ledger from './repository.ledger.ts'
import * as lists from './repository.lists.ts'
import { summaryOf, todayOf } from './service.views.ts'

/** Visits that wait for their bill, newest first, then bills that wait for their money (and those settled today). */
export function workList(context: ReadContext, { filter, after, limit }: WorkListInput): WorkList {
  const { db, now, zone } = context
  const since = addDays(todayOf(context), -limits.work_list_days)
  const today = dayBounds(todayOf(context), zone).from
  const visits = lists.waitingVisits(db, { since: dayBounds(since, zone).from, today, now }).map(toVisitItem)
  const ready = visits.filter((item) => item.checks.length === 0)
  const toFix = visits.filter((item) => item.checks.length > 0)
  const settled = lists.settledBillsSince(db, today)
  const open = lists.openTotals(db)
  const chosen = { all: visits, ready, 'to-fix': toFix, billed: [] }[filter]
  const withBills = filter === 'all' || filter === 'billed'

  const cursor = readCursor(after)
  const fromVisits = cursor?.part === 'bill' ? [] : chosen.slice(cursor ? chosen.findIndex((item) => item.id === cursor.id) + 1 : 0).slice(0, limit)
  const room = limit - fromVisits.length
  const fromBills = withBills && room > 0 ? billsAfter(context, cursor?.part === 'bill' ? cursor : undefined, settled, room) : []
  const items = [...fromVisits, ...fromBills]
  const last = items.at(-1)
  return {
    items, since,
    counts: { all: visits.length + open.count + settled.length, ready: ready.length, toFix: toFix.length, billed: open.count + settled.length },
    sumCents: sumCents(chosen.map((item) => item.chargesCents)) + (filter === 'billed' ? open.dueCents : 0),
    next: items.length === limit && last ? writeCursor(last) : null,
  }
}

function billsAfter(context: ReadContext, cursor: Cursor | undefined, settled: readonly lists.Bill[], limit: number): WorkItem[] {
  const first = cursor ? [] : settled.slice(0, limit)
  const open = lists.openBills(context.db, { beforeAt: cursor?.at ?? '9999', beforeId: cursor?.id ?? '', limit: limit - first.length })
  // Money to come before money that came, both newest first.
  return [...open, ...first].map((bill) => ({
    id: bill.invoice.id, kind: 'invoice', encounterId: bill.invoice.encounterId, patient: bill.patient, providerName: bill.providerName, visitedAt: bill.visitedAt,
    chargesCents: bill.chargesCents, checks: [], invoice: summaryOf(context, bill),
  }))
}

function toVisitItem(visit: lists.WaitingVisit): WorkItem {
  return {
    id: visit.encounterId, kind: 'visit', encounterId: visit.encounterId, patient: visit.patient, providerName: visit.providerName, visitedAt: visit.visitedAt,
    chargesCents: visit.unbilledCents, checks: checksOf(visit.facts), invoice: null,
  }
}

interface Cursor { part: 'visit' | 'bill'; at: string; id: string }
const writeCursor = (item: WorkItem): string => (item.invoice ? `bill|${item.invoice.issuedAt}|${item.id}` : `visit|${item.visitedAt}|${item.id}`)
function readCursor(after: string | null): Cursor | undefined {
  const [part, at, id] = after?.split('|') ?? []
  return (part === 'visit' || part === 'bill') && at && id ? { part, at, id } : undefined
}

/** Everyone who was here that day and has something to pay or to bill, in the order of the day. */
export function checkout(context: ReadContext, date: PlainDate): CheckoutItem[] {
  const { from, to } = dayBounds(date, context.zone)
  return lists.seenBetween(context.db, from, to).flatMap((seen) => {
    const bills = lists.openBillsOfPatient(context.db, seen.patient.id)
    const ofVisit = seen.encounterId ? lists.billsOfEncounter(context.db, seen.encounterId).filter((bill) => bill.invoice.status === 'issued') : []
    const shown = [...ofVisit, ...bills.filter((bill) => !ofVisit.some((one) => one.invoice.id === bill.invoice.id))]
    if (shown.length === 0 && seen.unbilledCents === 0 && seen.status !== 'fulfilled') return []
    return [{
      appointmentId: seen.appointmentId, encounterId: seen.encounterId, startsAt: seen.startsAt, status: seen.status, providerName: seen.providerName ?? '',
      patient: seen.patient, unbilledCents: seen.unbilledCents, checks: seen.encounterId ? checksOf(seen.facts) : ['note-not-signed' as const],
      dueCents: sumCents(bills.map((bill) => bill.dueCents)), creditCents: 0 - ledger.sumOnNoInvoice(context.db, seen.patient.id),
      invoices: shown.map((bill) => summaryOf(context, bill)),
    }]
  })
}

/** The day's money straight from the ledger, and the receipts it came from. */
export function dayTotals({ db, zone }: ReadContext, input: { date: PlainDate; after: string | null; limit: number }): DayTotals {
  const { from, to } = dayBounds(input.date, zone)
  const rows = ledger.totalsBetween(db, from, to)
  const of = (kind: string, method?: string) => sumCents(rows.filter((row) => row.kind === kind && (method === undefined || row.method === method)).map((row) => row.total))
  const methods = [...new Set(rows.flatMap((row) => ((row.kind === 'payment' || row.kind === 'refund') && row.method ? [row.method] : [])))].toSorted()
  const [beforeAt, beforeId] = input.after?.split('|') ?? []
  const payments = ledger.paymentsBetween(db, { from, to, beforeAt: beforeAt ?? '9999', beforeId: beforeId ?? '', limit: input.limit })
  const last = payments.at(-1)
  return {
    date: input.date, chargesCents: of('charge'), adjustmentsCents: of('adjustment'), voidedCents: of('void'), takenCents: 0 - of('payment'), refundedCents: of('refund'),
    byMethod: methods.map((method) => ({
      method: method as DayTotals['byMethod'][number]['method'], // The CHECK on method holds the model's constants.
      takenCents: 0 - of('payment', method), refundedCents: of('refund', method),
      count: sumCents(rows.filter((row) => row.method === method && row.kind === 'payment').map((row) => row.count)),
    })),
    payments, next: payments.length === input.limit && last ? `${last.takenAt}|${last.id}` : null,
  }
}
