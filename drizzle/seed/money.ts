import { charges, feeItems, invoiceLines, invoices, ledgerEntries, paymentAllocations, payments } from '#drizzle/schema/billing.ts'
import type { FeeItem, LedgerEntry, Payment } from '#shared/domains/billing/model.ts'
import { postDiscount, postInvoice, postPayment, postRefund, postVoid, type Posting } from '#shared/domains/billing/rules.ledger.ts'
import { dueDateOf, invoiceNumber, receiptNumber } from '#shared/domains/billing/rules.ts'
import { starterFees } from '#shared/domains/billing/rules.starter.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { dateInZone, toInstant } from '#shared/kernel/time.ts'
import type { Calendar } from './calendar.ts'
import type { Chance } from './random.ts'
import type { Emit } from './rows.ts'
import type { DemoStaff } from './staff.ts'

/** The demo clinic's own additions to the starter list; codes and words are made up, like those. */
const ownFees: readonly Pick<FeeItem, 'code' | 'label' | 'kind' | 'priceCents'>[] = [
  { code: 'V-112', label: 'Well child visit', kind: 'visit', priceCents: 14_200 },
  { code: 'L-001', label: 'Blood draw and basic panel', kind: 'lab', priceCents: 6_400 },
  { code: 'L-062', label: 'Influenza, rapid', kind: 'lab', priceCents: 3_200 },
  { code: 'P-035', label: 'Cryotherapy, one spot', kind: 'procedure', priceCents: 8_500 },
  { code: 'S-012', label: 'Ankle brace', kind: 'supply', priceCents: 4_500 },
  { code: 'I-120', label: 'Vaccine, child', kind: 'vaccine', priceCents: 5_200 },
]

export interface Numbers { mrn: number; invoice: number; receipt: number }

/** Money that comes later than the visit it is for. */
interface Expected { patientId: Id; invoice: { id: Id; dueCents: number }; amountCents: number; method: Payment['method']; reference: string | null; refundCents: number }

export interface Cashier {
  feeByCode: ReadonlyMap<string, FeeItem>
  /** Charges of a visit; they wait until somebody bills them. */
  charge(visit: VisitToBill, codes: readonly string[], atMs: number): ChargeRow[]
  /** Writes the invoice with its charges and decides when it will be paid. */
  bill(visit: VisitToBill, lines: readonly ChargeRow[], atMs: number, day: number): void
  /** Charges that nobody has billed yet. */
  leaveUnbilled(lines: readonly ChargeRow[]): void
  /** The money that comes in on a day by mail and at the counter. */
  receive(day: number): void
}

export interface VisitToBill { encounterId: Id; patientId: Id; payer: string | undefined; providerUserId: Id; diagnoses: readonly string[] }
type ChargeRow = typeof charges.$inferInsert & { amountCents: number }

export function makeCashier(chance: Chance, emit: Emit, calendar: Calendar, staff: DemoStaff, numbers: Numbers, prefix: string): Cashier {
  const startMs = calendar.at(0, 480)
  const fees: FeeItem[] = [...starterFees, ...ownFees.map((fee) => ({ ...fee, proposeWhen: null }))].map((fee) => ({ ...fee, id: chance.id(startMs), isActive: true }))
  for (const fee of fees) emit(feeItems, { ...fee, updatedAt: toInstant(startMs) })
  const feeByCode = new Map(fees.map((fee) => [fee.code, fee]))
  const agenda = new Map<number, Expected[]>()
  const expect = (day: number, one: Expected): void => {
    const list = agenda.get(day)
    if (list) list.push(one)
    else agenda.set(day, [one])
  }

  const post = (patientId: Id, posting: Posting, atMs: number, enteredBy: Id): void => {
    for (const entry of posting.entries) emit(ledgerEntries, { id: chance.id(atMs), at: toInstant(atMs), patientId, ...entry, enteredBy } satisfies LedgerRow)
    for (const allocation of posting.allocations) emit(paymentAllocations, { id: chance.id(atMs), ...allocation })
  }
  const pay = (patientId: Id, kind: Payment['kind'], amountCents: number, method: Payment['method'], atMs: number, more: { reference?: string | null; reason?: string; refundOf?: Id }): Id => {
    const id = chance.id(atMs)
    emit(payments, {
      id, receiptNumber: receiptNumber(numbers.receipt++), patientId, kind, method, amountCents, reference: more.reference ?? null, reason: more.reason ?? null,
      takenAt: toInstant(atMs), takenBy: method === 'other' || kind === 'refund' ? staff.billing : chance.pick(staff.desk), refundOf: more.refundOf ?? null,
    })
    return id
  }
  const take = (invoice: { id: Id; dueCents: number }, patientId: Id, amountCents: number, method: Payment['method'], atMs: number, reference: string | null): Id => {
    const id = pay(patientId, 'payment', amountCents, method, atMs, { reference })
    post(patientId, postPayment({ id, amountCents }, invoice), atMs + 1, staff.billing)
    invoice.dueCents -= Math.min(invoice.dueCents, amountCents)
    return id
  }

  const issue = (visit: VisitToBill, lines: readonly ChargeRow[], atMs: number, voided: { atMs: number } | undefined): Id => {
    const id = chance.id(atMs)
    emit(invoices, {
      id, number: invoiceNumber(prefix, numbers.invoice++), patientId: visit.patientId, encounterId: visit.encounterId, status: voided ? 'void' : 'issued',
      issuedAt: toInstant(atMs), issuedBy: staff.billing, dueOn: dueDateOf(dateInZone(toInstant(atMs), calendar.zone)), diagnoses: visit.diagnoses, splitReason: null,
      voidedAt: voided ? toInstant(voided.atMs) : null, voidedBy: voided ? staff.billing : null, voidReason: voided ? 'wrong-charges' : null,
    })
    if (!voided) for (const line of lines) emit(charges, { ...line, invoiceId: id })
    return id
  }
  const writeLines = (invoiceId: Id, patientId: Id, lines: readonly ChargeRow[], atMs: number): Posting => {
    for (const [i, { id, code, label, quantity, unitPriceCents, amountCents }] of lines.entries()) {
      emit(invoiceLines, { id: chance.id(atMs), invoiceId, chargeId: id, position: i + 1, code, label, quantity, unitPriceCents, amountCents })
    }
    const posting = postInvoice(invoiceId, lines)
    post(patientId, posting, atMs, staff.billing)
    return posting
  }

  /** At the counter, by the payer's remittance weeks later, in parts, or not at all. */
  const arrangePayment = (visit: VisitToBill, invoice: { id: Id; dueCents: number }, atMs: number, day: number): void => {
    const total = invoice.dueCents
    if (total === 0) return
    const copay = Math.min(total, visit.payer === 'Medicare' ? 1_500 : 2_500)
    const atCounter = chance.pick(['card', 'card', 'card', 'cash', 'check'] as const)
    const reference = atCounter === 'card' ? String(chance.int(100_000, 999_999)) : null
    if (!visit.payer) {
      const kind = chance.next()
      if (kind < 0.3) post(visit.patientId, postDiscount(invoice.id, Math.round(total * 0.1), 'Prompt payment, 10 %'), atMs + 60_000, staff.billing)
      if (kind < 0.3) take({ ...invoice, dueCents: total - Math.round(total * 0.1) }, visit.patientId, total - Math.round(total * 0.1), atCounter, atMs + 120_000, reference)
      else if (kind < 0.55) take(invoice, visit.patientId, total, atCounter, atMs + 120_000, reference)
      else if (kind < 0.96) {
        const first = kind < 0.78 ? total : Math.ceil(total / 200) * 100
        const soon = day + chance.int(7, 40)
        expect(soon, { patientId: visit.patientId, invoice, amountCents: first, method: 'check', reference: null, refundCents: 0 })
        if (first < total) expect(soon + chance.int(14, 40), { patientId: visit.patientId, invoice, amountCents: total - first, method: 'check', reference: null, refundCents: 0 })
      }
      return
    }
    if (chance.happens(0.86)) take(invoice, visit.patientId, copay, atCounter, atMs + 120_000, reference)
    const rest = invoice.dueCents
    if (rest === 0 || !chance.happens(0.975)) return
    const isPaidTwice = chance.happens(0.015) && rest < total
    const inParts = !isPaidTwice && chance.happens(0.08)
    const first = isPaidTwice ? total : inParts ? Math.ceil(rest / 2) : rest
    const remittance = `${visit.payer} remittance`
    const soon = day + chance.int(12, 40)
    expect(soon, { patientId: visit.patientId, invoice, amountCents: first, method: 'other', reference: remittance, refundCents: isPaidTwice ? total - rest : 0 })
    if (inParts && chance.happens(0.8)) expect(soon + chance.int(20, 45), { patientId: visit.patientId, invoice, amountCents: rest - first, method: 'other', reference: remittance, refundCents: 0 })
  }

  return {
    feeByCode,
    charge: (visit, codes, atMs) => codes.map((code) => {
      const fee = feeByCode.get(code)
      assert(fee, `the fee schedule has ${code}`)
      return {
        id: chance.id(atMs), encounterId: visit.encounterId, patientId: visit.patientId, feeItemId: fee.id, code: fee.code, label: fee.label, quantity: 1,
        unitPriceCents: fee.priceCents, amountCents: fee.priceCents, chargedAt: toInstant(atMs), chargedBy: visit.providerUserId, invoiceId: null, removedAt: null, removedBy: null,
      }
    }),
    leaveUnbilled: (lines) => {
      for (const line of lines) emit(charges, line)
    },
    bill: (visit, lines, atMs, day) => {
      const isVoided = chance.happens(0.008)
      // Void and billed again within minutes: the first number stays, its lines too.
      const first = isVoided ? issue(visit, lines, atMs, { atMs: atMs + 480_000 }) : undefined
      const liveMs = first ? atMs + 600_000 : atMs
      const id = issue(visit, lines, liveMs, undefined)
      if (first) {
        const written = writeLines(first, visit.patientId, lines, atMs)
        post(visit.patientId, postVoid(first, written.entries, [], 'Wrong charges'), atMs + 480_000, staff.billing)
      }
      writeLines(id, visit.patientId, lines, liveMs)
      arrangePayment(visit, { id, dueCents: lines.reduce((sum, line) => sum + line.amountCents, 0) }, liveMs, day)
    },
    receive: (day) => {
      for (const one of agenda.get(day) ?? []) {
        const atMs = calendar.at(day, 480) + chance.int(20, 90) * 60_000
        if (atMs >= calendar.nowMs) continue
        const paymentId = take(one.invoice, one.patientId, one.amountCents, one.method, atMs, one.reference)
        if (one.refundCents === 0) continue
        const refundId = pay(one.patientId, 'refund', one.refundCents, 'check', atMs + 600_000, { reason: 'Paid twice', refundOf: paymentId })
        post(one.patientId, postRefund({ id: refundId, amountCents: one.refundCents, memo: 'Paid twice' }, { id: paymentId, remainingCents: one.refundCents, applied: [] }), atMs + 600_001, staff.billing)
      }
      agenda.delete(day)
    },
  }
}

type LedgerRow = Omit<typeof ledgerEntries.$inferInsert, 'seq'> & Pick<LedgerEntry, 'kind'>
