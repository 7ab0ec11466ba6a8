import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FeeItem } from '#shared/domains/billing/model.ts'
import {
  balanceOf, creditOf, postCredit, postDiscount, postInvoice, postPayment, postRefund, postVoid, refundableCents, stateOf, totalsOf, withBalance,
  type Allocation, type EntryDraft, type PaymentStanding, type Posting,
} from '#shared/domains/billing/rules.ledger.ts'
import { levelOf, proposeFor, type VisitContent } from '#shared/domains/billing/rules.proposal.ts'
import { checksOf, dueDateOf, invoiceNumber, stopsBilling, whyNotBill, type BillRequest } from '#shared/domains/billing/rules.ts'
import { starterFees } from '#shared/domains/billing/rules.starter.ts'

/** A patient's account in memory: only ever added to, as the tables are. */
class Account {
  entries: EntryDraft[] = []
  allocations: Allocation[] = []
  invoices: { id: string; isVoid: boolean }[] = []
  payments: { id: string; amountCents: number; refundOf: string | null }[] = []

  post({ entries, allocations }: Posting): void {
    this.entries.push(...entries)
    this.allocations.push(...allocations)
  }
  of(invoiceId: string): EntryDraft[] {
    return this.entries.filter((entry) => entry.invoiceId === invoiceId)
  }
  due(invoiceId: string): number {
    return totalsOf(this.of(invoiceId)).dueCents
  }
  received(): { id: string; amountCents: number }[] {
    return this.payments.filter((payment) => payment.refundOf === null)
  }
  /** A payment and its refunds are one source of money. */
  family(id: string): string[] {
    return this.payments.filter((payment) => payment.id === id || payment.refundOf === id).map((payment) => payment.id)
  }
  standing(id: string): PaymentStanding {
    const family = this.family(id)
    const applied = this.invoices
      .map((invoice) => ({ invoiceId: invoice.id, amountCents: -sum(this.allocations.filter((one) => one.invoiceId === invoice.id && family.includes(one.paymentId))) }))
      .filter((one) => one.amountCents > 0)
    const amount = sum(this.payments.filter((payment) => payment.id === id)) - sum(this.payments.filter((payment) => payment.refundOf === id))
    return { id, applied, remainingCents: amount - sum(applied) }
  }
}

const sum = (rows: readonly { amountCents: number }[]): number => rows.reduce((total, row) => total + row.amountCents, 0)

const cents = fc.integer({ min: 1, max: 50_000 })
const step = fc.oneof(
  fc.record({ do: fc.constant('bill' as const), prices: fc.array(fc.integer({ min: 0, max: 50_000 }), { minLength: 1, maxLength: 4 }), at: fc.nat() }),
  fc.record({ do: fc.constant('pay' as const), amount: cents, at: fc.nat() }),
  fc.record({ do: fc.constant('prepay' as const), amount: cents, at: fc.nat() }),
  fc.record({ do: fc.constant('credit' as const), at: fc.nat() }),
  fc.record({ do: fc.constant('refund' as const), amount: cents, at: fc.nat() }),
  fc.record({ do: fc.constant('discount' as const), amount: cents, at: fc.nat() }),
  fc.record({ do: fc.constant('void' as const), at: fc.nat() }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Does what the service does: the guards here are its refusals. */
function take(account: Account, one: Step, n: number): void {
  const id = `n${n}`
  const live = account.invoices.filter((invoice) => !invoice.isVoid)
  const invoice = live.length > 0 ? live[one.at % live.length] : undefined
  const received = account.received()
  const payment = received.length > 0 ? received[one.at % received.length] : undefined
  const sources = received.map(({ id: paymentId }) => ({ paymentId, remainingCents: account.standing(paymentId).remainingCents }))
  if (one.do === 'bill') {
    account.invoices.push({ id, isVoid: false })
    account.post(postInvoice(id, one.prices.map((amountCents, i) => ({ id: `${id}-${i}`, code: 'V', label: 'Visit', amountCents }))))
  } else if (one.do === 'pay' || one.do === 'prepay') {
    account.payments.push({ id, amountCents: one.amount, refundOf: null })
    account.post(postPayment({ id, amountCents: one.amount }, one.do === 'pay' && invoice ? { id: invoice.id, dueCents: account.due(invoice.id) } : null))
  } else if (one.do === 'credit' && invoice) {
    account.post(postCredit({ id: invoice.id, dueCents: account.due(invoice.id) }, sources))
  } else if (one.do === 'refund' && payment) {
    const standing = account.standing(payment.id)
    const amountCents = Math.min(one.amount, refundableCents(standing))
    if (amountCents === 0) return
    account.payments.push({ id, amountCents, refundOf: payment.id })
    account.post(postRefund({ id, amountCents, memo: '' }, standing))
  } else if (one.do === 'discount' && invoice && account.due(invoice.id) > 0) {
    account.post(postDiscount(invoice.id, Math.min(one.amount, account.due(invoice.id)), 'prompt'))
  } else if (one.do === 'void' && invoice) {
    const paid = received.flatMap(({ id: paymentId }) => account.standing(paymentId).applied.filter((a) => a.invoiceId === invoice.id).map((a) => ({ paymentId, amountCents: a.amountCents })))
    account.post(postVoid(invoice.id, account.of(invoice.id), paid, 'duplicate'))
    invoice.isVoid = true
  }
}

const accounts = fc.array(step, { maxLength: 40 }).map((steps) => {
  const account = new Account()
  steps.forEach((one, n) => take(account, one, n))
  return account
})

describe('the ledger, whatever happens to an account', () => {
  it('balances: what is due less the credit is the sum of all lines', () => {
    fc.assert(fc.property(accounts, (account) => {
      const due = account.invoices.map((invoice) => account.due(invoice.id)).reduce((a, b) => a + b, 0)
      expect(due - creditOf(account.entries)).toBe(balanceOf(account.entries))
    }))
  })

  it('never makes an invoice negative nor a credit negative', () => {
    fc.assert(fc.property(accounts, (account) => {
      expect(account.invoices.every((invoice) => account.due(invoice.id) >= 0)).toBe(true)
      expect(creditOf(account.entries)).toBeGreaterThanOrEqual(0)
    }))
  })

  it('keeps the money: payments less refunds stand in the lines and nowhere else', () => {
    fc.assert(fc.property(accounts, (account) => {
      const money = account.entries.filter((entry) => ['payment', 'credit', 'refund'].includes(entry.kind))
      const given = sum(account.received()) - sum(account.payments.filter((payment) => payment.refundOf !== null))
      expect(sum(money) + given).toBe(0)
    }))
  })

  it('spreads each payment so that its parts are the whole, and no invoice gets more than its lines say', () => {
    fc.assert(fc.property(accounts, (account) => {
      for (const { id, amountCents } of account.received()) {
        const standing = account.standing(id)
        expect(standing.remainingCents).toBeGreaterThanOrEqual(0)
        expect(refundableCents(standing) + sum(account.payments.filter((payment) => payment.refundOf === id))).toBe(amountCents)
      }
      expect(sum(account.received().map(({ id }) => ({ amountCents: account.standing(id).remainingCents })))).toBe(creditOf(account.entries))
      for (const invoice of account.invoices) {
        expect(sum(account.allocations.filter((one) => one.invoiceId === invoice.id))).toBe(totalsOf(account.of(invoice.id)).paidCents)
      }
    }))
  })

  it('brings a void invoice to zero and leaves no money on it', () => {
    fc.assert(fc.property(accounts, (account) => {
      for (const invoice of account.invoices.filter((one) => one.isVoid)) {
        expect(totalsOf(account.of(invoice.id))).toMatchObject({ paidCents: 0, dueCents: 0 })
      }
    }))
  })

  it('says the same in its three figures as in what is due', () => {
    fc.assert(fc.property(accounts, (account) => {
      for (const invoice of account.invoices) {
        const { chargesCents, adjustmentsCents, paidCents, dueCents } = totalsOf(account.of(invoice.id))
        expect(chargesCents + adjustmentsCents + paidCents).toBe(dueCents)
      }
      expect(account.entries.every((entry) => !Object.is(entry.amountCents, -0))).toBe(true)
      expect(withBalance(account.entries, 0).at(-1)?.balanceCents ?? 0).toBe(balanceOf(account.entries))
    }))
  })
})

describe('a payment', () => {
  it('above what is due leaves the rest as credit', () => {
    const posting = postPayment({ id: 'p', amountCents: 10_000 }, { id: 'i', dueCents: 8_500 })
    expect(posting.entries.map((entry) => [entry.invoiceId, entry.amountCents])).toEqual([['i', -8_500], [null, -1_500]])
    expect(posting.allocations).toEqual([{ paymentId: 'p', invoiceId: 'i', amountCents: -8_500 }])
  })

  it('is given back from the credit first, then from the invoice it paid', () => {
    const posting = postRefund({ id: 'r', amountCents: 2_000, memo: '' }, { id: 'p', remainingCents: 1_500, applied: [{ invoiceId: 'i', amountCents: 8_500 }] })
    expect(posting.entries.map((entry) => [entry.invoiceId, entry.amountCents])).toEqual([[null, 1_500], ['i', 500]])
    expect(() => postRefund({ id: 'r', amountCents: 10_001, memo: '' }, { id: 'p', remainingCents: 1_500, applied: [{ invoiceId: 'i', amountCents: 8_500 }] })).toThrow('at most')
  })
})

it.each([
  ['void', { status: 'void', dueOn: '2026-12-17' }, { paidCents: 0, dueCents: 0 }],
  ['paid', { status: 'issued', dueOn: '2026-11-01' }, { paidCents: -8_500, dueCents: 0 }],
  ['overdue', { status: 'issued', dueOn: '2026-11-16' }, { paidCents: -100, dueCents: 8_400 }],
  ['partly-paid', { status: 'issued', dueOn: '2026-11-17' }, { paidCents: -100, dueCents: 8_400 }],
  ['open', { status: 'issued', dueOn: '2026-11-17' }, { paidCents: 0, dueCents: 8_500 }],
] as const)('an invoice is %s', (state, invoice, totals) => {
  expect(stateOf(invoice, totals, '2026-11-17')).toBe(state)
})

describe('one visit, one invoice', () => {
  const request: BillRequest = { checks: [], unbilled: ['a', 'b'], chosen: undefined, splitReason: null }
  it.each<[string, Partial<BillRequest>, string | undefined]>([
    ['all of it', {}, undefined],
    ['a part without a reason', { chosen: ['a'] }, 'SPLIT_NEEDS_REASON'],
    ['a part with a reason', { chosen: ['a'], splitReason: 'Insurance pays b' }, undefined],
    ['the same line twice in place of two', { chosen: ['a', 'a'] }, 'SPLIT_NEEDS_REASON'],
    ['a second time', { checks: ['billed-before'] }, 'INVOICE_EXISTS'],
    ['a second time with a reason', { checks: ['billed-before'], splitReason: 'Late result' }, undefined],
    ['a second time with nothing new', { checks: ['billed-before', 'no-charges'], unbilled: [], splitReason: 'again' }, 'NO_CHARGES'],
    ['a line that is billed', { chosen: ['c'], splitReason: 'again' }, 'CHARGE_BILLED'],
    ['before the note is signed', { checks: ['note-not-signed'] }, 'NOTE_NOT_SIGNED'],
    ['nothing', { checks: ['no-charges'], unbilled: [] }, 'NO_CHARGES'],
    ['without a member number, on purpose', { checks: ['no-member-number', 'no-diagnosis'] }, undefined],
  ])('%s', (_case, more, code) => {
    expect(whyNotBill({ ...request, ...more })).toBe(code)
  })

  it('names what is missing, and says which of it stops', () => {
    const checks = checksOf({ hasSignedNote: false, chargeCount: 0, diagnosisCount: 0, lacksMemberNumber: true, liveInvoices: 0 })
    expect(checks).toEqual(['note-not-signed', 'no-charges', 'no-diagnosis', 'no-member-number'])
    expect(checks.filter(stopsBilling)).toEqual(['note-not-signed', 'no-charges'])
    expect(checksOf({ hasSignedNote: true, chargeCount: 1, diagnosisCount: 1, lacksMemberNumber: false, liveInvoices: 0 })).toEqual([])
  })

  it('is due after thirty days and numbered with the clinic’s prefix', () => {
    expect(dueDateOf('2026-11-17')).toBe('2026-12-17')
    expect([invoiceNumber('A', 2417), invoiceNumber('', 2417)]).toEqual(['A-2417', '2417'])
  })
})

describe('the proposal', () => {
  const fees: FeeItem[] = starterFees.map((fee, i) => ({ ...fee, id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, isActive: true }))
  const plain: VisitContent = { isNewPatient: false, diagnoses: 1, newDiagnoses: 0, medications: 0, tests: [], labTests: 0, immunizations: 0 }

  it.each<[string, Partial<VisitContent>, string]>([
    ['nothing recorded', { diagnoses: 0 }, 'minimal'],
    ['one known condition', {}, 'low'],
    ['one condition and a test', { labTests: 1 }, 'low'],
    ['a new illness treated with a drug', { newDiagnoses: 1, medications: 1 }, 'moderate'],
    ['two conditions without drug or test', { diagnoses: 2 }, 'low'],
    ['two conditions and three tests', { diagnoses: 2, labTests: 3 }, 'moderate'],
    ['a drug alone', { diagnoses: 0, medications: 1 }, 'minimal'],
  ])('%s is %s', (_case, more, level) => {
    expect(levelOf({ ...plain, ...more })).toBe(level)
  })

  it('never proposes the highest level, whatever was done', () => {
    const content = fc.record({
      isNewPatient: fc.boolean(), diagnoses: fc.nat(20), newDiagnoses: fc.nat(20), medications: fc.nat(20), labTests: fc.nat(20), immunizations: fc.nat(5), tests: fc.constant([]),
    })
    fc.assert(fc.property(content, (one) => {
      expect(proposeFor(one, fees).lines.some((line) => line.code.endsWith('05'))).toBe(false)
    }))
  })

  it('names the visit, the tests and the reason, once each', () => {
    const proposal = proposeFor({ ...plain, newDiagnoses: 1, medications: 1, tests: ['1988-5', '59408-5', '59408-5', '8480-6'], labTests: 1 }, fees)
    expect(proposal.lines.map((line) => [line.code, line.amountCents])).toEqual([['V-204', 16_800], ['L-118', 2_200], ['L-020', 900]])
    expect(proposal.reason).toBe('Why moderate: 1 new diagnosis, 1 prescription drug, 1 test.')
  })

  it.each<[string, Partial<VisitContent>, string]>([
    ['takes the usual charge of the visit type where the visit says nothing else', {}, 'L-118'],
    ['also where a pulse was taken', { tests: ['8867-4'] }, 'L-118'],
    ['goes by the visit where there is a diagnosis', { diagnoses: 1 }, 'V-203'],
    ['goes by the visit where a test has a fee of its own', { tests: ['59408-5'] }, 'V-201'],
  ])('%s', (_what, more, code) => {
    const typeFeeItemId = fees.find((fee) => fee.code === 'L-118')?.id ?? ''
    const proposal = proposeFor({ ...plain, diagnoses: 0, typeFeeItemId, ...more }, fees)
    expect(proposal.lines[0]?.code).toBe(code)
    expect(proposeFor({ ...plain, diagnoses: 0, typeFeeItemId, ...more }, fees.map((fee) => (fee.id === typeFeeItemId ? { ...fee, isActive: false } : fee))).lines[0]?.code).not.toBe('L-118')
  })

  it('charges each injection, leaves out what is not active and says what has no fee', () => {
    const retired = fees.map((fee) => ({ ...fee, isActive: fee.code !== 'V-103' }))
    const proposal = proposeFor({ ...plain, isNewPatient: true, immunizations: 2 }, retired)
    expect(proposal.lines.map((line) => [line.code, line.quantity, line.amountCents])).toEqual([['I-001', 2, 5_600]])
    expect(proposal.withoutFee).toEqual(['new-low'])
  })
})
