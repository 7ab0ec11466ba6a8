import { describe, expect, it } from 'vitest'
import { coverages } from '#drizzle/schema/patients.ts'
import { bill as billed, chargesFor, pay, seePatient } from '#tests/support/visits.ts'
import { withSecondPerson } from '#tests/support/two-people.ts'
import { makeWorld, refusalOf } from '#tests/support/world.ts'

describe('billing.workList', () => {
  it('names what waits, what is wrong with it and what it is worth', async () => {
    const world = await makeWorld({ start: '2026-11-17T19:00:00.000Z' })
    const ready = await seePatient(world)
    const unsigned = await seePatient(world, { startsAt: '2026-11-16T14:00:00.000Z', sign: false, diagnosis: false })
    const free = await seePatient(world, { startsAt: '2026-11-17T14:15:00.000Z', charges: [] })
    const insured = await seePatient(world, { startsAt: '2026-11-17T14:30:00.000Z', charges: ['V-203'] })
    world.core.vault.writer.insert(coverages).values({ id: world.core.platform.newId(), patientId: insured.patientId, payerName: 'Bay Mutual', relationship: 'self', rank: 1 }).run()
    const paid = await seePatient(world, { startsAt: '2026-11-17T14:45:00.000Z', charges: ['V-203'] })
    const open = await seePatient(world, { startsAt: '2026-11-17T15:00:00.000Z', charges: ['V-203'] })
    await pay(world, paid.patientId, (await billed(world, paid)).id, 11_800)
    await pay(world, open.patientId, (await billed(world, open)).id, 1_800)

    const clerk = world.as('billing')
    const list = await clerk.billing.workList({})
    expect(list.counts).toEqual({ all: 6, ready: 1, toFix: 3, billed: 2, owing: 1 })
    const checks = Object.fromEntries(list.items.map((item) => [item.encounterId, item.invoice?.state ?? item.checks]))
    expect(checks).toEqual({
      [ready.encounterId]: [], [unsigned.encounterId]: ['note-not-signed', 'no-charges', 'no-diagnosis'], [free.encounterId]: ['no-charges'],
      [insured.encounterId]: ['no-member-number'], [open.encounterId]: 'partly-paid', [paid.encounterId]: 'paid',
    })
    expect(await clerk.billing.waitingCount({})).toBe(4) // billing.waitingCount: the same as ready and to fix together.
    expect((await clerk.billing.workList({ filter: 'ready' })).sumCents).toBe(19_000)
    expect((await clerk.billing.workList({ filter: 'billed' })).sumCents).toBe(23_600)
    world.clock.advanceMinutes(3 * 24 * 60)
    expect(await clerk.billing.workList({ filter: 'owing' })).toMatchObject({ sumCents: 10_000, counts: { billed: 0, owing: 1 }, items: [{ encounterId: open.encounterId }], next: null })
    expect(await clerk.billing.workList({ filter: 'owing', limit: 1 })).toMatchObject({ next: expect.any(String) })
    world.clock.advanceMinutes(-3 * 24 * 60)
    const pages = []
    for (let after: string | null | undefined; after !== null;) {
      const page = await clerk.billing.workList({ limit: 2, after: after ?? null })
      pages.push(...page.items.map((item) => item.id))
      after = page.next
    }
    expect(pages).toEqual(list.items.map((item) => item.id))
  })

  it('brings back a visit with a late charge, to be billed apart with a reason', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world)
    await billed(world, visit)
    const [late] = await chargesFor(world, ['L-118'])
    if (!late) throw new Error('one was asked for')
    await world.as('billing').billing.addCharge({ ...late, encounterId: visit.encounterId })
    const list = await world.as('billing').billing.workList({ filter: 'to-fix' })
    expect(list.items.map((item) => [item.encounterId, item.checks, item.chargesCents])).toEqual([[visit.encounterId, ['billed-before'], 2_200]])
    expect(await refusalOf(billed(world, visit))).toMatchObject({ code: 'INVOICE_EXISTS' })
  })
})

describe('a visit that was never charged', () => {
  it('stays on the list for as long as it takes, and comes back when its only charge is taken off', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world, { charges: [] })
    world.clock.advanceMinutes(400 * 24 * 60)
    const clerk = world.as('billing')
    const [charge] = await chargesFor(world, ['V-000'])
    if (!charge) throw new Error('one was asked for')
    const checksNow = async () => (await clerk.billing.workList({})).items.map((item) => item.checks)
    expect(await checksNow()).toEqual([['no-charges']])
    await clerk.billing.addCharge({ ...charge, encounterId: visit.encounterId })
    expect(await checksNow()).toEqual([[]])
    await clerk.billing.removeCharge({ id: charge.id })
    expect(await checksNow()).toEqual([['no-charges']])
  })
})

describe('billing.checkout and billing.dayTotals', () => {
  it('shows the desk who has something to pay, and the clerk what came in', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world)
    const desk = world.as('receptionist')
    expect(await desk.billing.checkout({ date: '2026-11-17' })).toMatchObject([{ encounterId: visit.encounterId, unbilledCents: 19_000, dueCents: 0, checks: [] }])
    const invoice = await desk.billing.createInvoice({ id: world.core.platform.newId(), encounterId: visit.encounterId })
    const card = await pay(world, visit.patientId, invoice.id, 10_000)
    await desk.billing.takePayment({ id: world.core.platform.newId(), patientId: visit.patientId, invoiceId: invoice.id, amountCents: 5_000, method: 'cash' })
    await withSecondPerson(world, world.as('billing'), 'billing.refund', { id: world.core.platform.newId(), paymentId: card.id, amountCents: 1_000, method: 'card', reason: 'Too much' })
    expect(await desk.billing.checkout({ date: '2026-11-17' })).toMatchObject([{ unbilledCents: 0, dueCents: 5_000, invoices: [{ number: 'A-1001', state: 'partly-paid' }] }])
    const totals = await desk.billing.dayTotals({ date: '2026-11-17' })
    expect(totals).toMatchObject({ chargesCents: 19_000, takenCents: 15_000, refundedCents: 1_000, voidedCents: 0 })
    expect(totals.byMethod).toEqual([{ method: 'card', takenCents: 10_000, refundedCents: 1_000, count: 1 }, { method: 'cash', takenCents: 5_000, refundedCents: 0, count: 1 }])
    expect(totals.payments.map((payment) => payment.amountCents).toSorted((a, b) => a - b)).toEqual([1_000, 5_000, 10_000])
    expect(await desk.billing.dayTotals({ date: '2026-11-18' })).toMatchObject({ takenCents: 0, payments: [] })
  })
})
