import type { WorkListInput } from '#shared/domains/billing/contract.ts'
import type { CheckoutItem, DayTotals, WorkItem, WorkList } from '#shared/domains/billing/model.views.ts'
import { checksOf } from '#shared/domains/billing/rules.ts'
import { sumCents } from '#shared/kernel/money.ts'
import { dayBounds, type PlainDate } from '#shared/kernel/time.ts'
import { fileIfKnown } from '#main/core/access/opened.ts'
import type { ReadContext } from '#main/core/rpc/context.ts'
import * as ledger from './repository.ledger.ts'
import * as lists from './repository.lists.ts'
import { summaryOf, todayOf } from './service.views.ts'

/** Visits that wait for their bill, newest first, then today's bills; under `owing` every bill that waits for money, oldest first. */
export function workList(context: ReadContext, { filter, after, limit }: WorkListInput): WorkList {
  const { db, scope } = context
  const today = todayOf(context)
  const startOfDay = dayBounds(today, context.zone).from
  const visits = lists.waitingVisits(db, scope, startOfDay).map(toVisitItem)
  const ready = visits.filter((item) => item.checks.length === 0)
  const toFix = visits.filter((item) => item.checks.length > 0)
  const billed = lists.billsIssuedSince(db, scope, startOfDay).map((bill) => toBillItem(bill, today))
  const listed = { all: [...visits, ...billed], ready, 'to-fix': toFix, billed, owing: [] }[filter]
  const { items, next } = filter === 'owing' ? owingPage(context, today, after, limit) : pageOf(listed, after, limit)
  return {
    items, next,
    counts: { all: visits.length + billed.length, ready: ready.length, toFix: toFix.length, billed: billed.length, owing: lists.openCount(db, scope) },
    sumCents: filter === 'owing' ? lists.openDue(db, scope) : sumCents(listed.map((item) => item.chargesCents)),
  }
}

/** How many visits wait for a bill: the number in the rail, without looking at any of them. */
export const waitingCount = (context: ReadContext): number => lists.waitingIds(context.db, context.scope, dayBounds(todayOf(context), context.zone).from).length

type Page = Pick<WorkList, 'items' | 'next'>

function pageOf(items: readonly WorkItem[], after: string | null, limit: number): Page {
  const from = after === null ? 0 : items.findIndex((item) => item.id === after) + 1
  const page = items.slice(from, from + limit)
  return { items: page, next: from + limit < items.length ? page.at(-1)?.id ?? null : null }
}

function owingPage({ db, scope }: ReadContext, today: PlainDate, after: string | null, limit: number): Page {
  const [afterAt, afterId] = after?.split('|') ?? []
  const items = lists.openBills(db, scope, { afterAt: afterAt ?? '', afterId: afterId ?? '', limit }).map((bill) => toBillItem(bill, today))
  const last = items.at(-1)
  return { items, next: items.length === limit && last?.invoice ? `${last.invoice.issuedAt}|${last.id}` : null }
}

function toBillItem(bill: lists.Bill, today: PlainDate): WorkItem {
  return {
    id: bill.invoice.id, kind: 'invoice', encounterId: bill.invoice.encounterId, patient: bill.patient, providerName: bill.providerName, visitedAt: bill.visitedAt,
    chargesCents: bill.chargesCents, checks: [], invoice: summaryOf(bill, today),
  }
}

function toVisitItem(visit: lists.WaitingVisit): WorkItem {
  return {
    id: visit.encounterId, kind: 'visit', encounterId: visit.encounterId, patient: visit.patient, providerName: visit.providerName, visitedAt: visit.visitedAt,
    chargesCents: visit.unbilledCents, checks: checksOf(visit.facts), invoice: null,
  }
}

/** Everyone who was here that day and has something to pay or to bill, in the order of the day. */
export function checkout(context: ReadContext, date: PlainDate): CheckoutItem[] {
  const { from, to } = dayBounds(date, context.zone)
  const today = todayOf(context)
  return lists.seenBetween(context.db, context.scope, from, to).flatMap((seen) => {
    const file = fileIfKnown(context, seen.patient.id)
    if (!file) return []
    const bills = lists.openBillsOfPatient(context.db, file)
    const ofVisit = seen.encounterId ? lists.billsOfEncounter(context.db, file, seen.encounterId).filter((bill) => bill.invoice.status === 'issued') : []
    const shown = [...ofVisit, ...bills.filter((bill) => !ofVisit.some((one) => one.invoice.id === bill.invoice.id))]
    if (shown.length === 0 && seen.unbilledCents === 0 && seen.status !== 'fulfilled') return []
    return [{
      appointmentId: seen.appointmentId, encounterId: seen.encounterId, startsAt: seen.startsAt, status: seen.status, providerName: seen.providerName ?? '',
      patient: seen.patient, unbilledCents: seen.unbilledCents, checks: seen.encounterId ? checksOf(seen.facts) : ['note-not-signed' as const],
      dueCents: sumCents(bills.map((bill) => bill.dueCents)), creditCents: 0 - ledger.sumOnNoInvoice(context.db, file),
      invoices: shown.map((bill) => summaryOf(bill, today)),
    }]
  })
}

/** The day's money straight from the ledger, and the receipts it came from. */
export function dayTotals({ db, scope, zone }: ReadContext, input: { date: PlainDate; after: string | null; limit: number }): DayTotals {
  const { from, to } = dayBounds(input.date, zone)
  const rows = ledger.totalsBetween(db, from, to)
  const of = (kind: string, method?: string) => sumCents(rows.filter((row) => row.kind === kind && (method === undefined || row.method === method)).map((row) => row.total))
  const methods = [...new Set(rows.flatMap((row) => ((row.kind === 'payment' || row.kind === 'refund') && row.method ? [row.method] : [])))].toSorted()
  const [beforeAt, beforeId] = input.after?.split('|') ?? []
  const payments = ledger.paymentsBetween(db, scope, { from, to, beforeAt: beforeAt ?? '9999', beforeId: beforeId ?? '', limit: input.limit })
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
