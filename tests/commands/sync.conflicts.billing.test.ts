import { describe, expect, it } from 'vitest'
import type { MemberWorld } from '#tests/support/network.ts'
import { attentionAt, codesAt, rowsAt, settle, twoMachines } from '#tests/support/two-machines.ts'
import { bill, seePatient, type SeenVisit } from '#tests/support/visits.ts'
import { refusalOf, type World } from '#tests/support/world.ts'

// Money on two machines that do not know of each other (docs/sync.conflicts.md).
const DUE_CENTS = 18_000
const clerk = (machine: MemberWorld | World) => machine.as('billing').billing
const desk = (machine: MemberWorld | World) => machine.as('receptionist').billing

async function withInvoice() {
  const made = { visit: undefined as SeenVisit | undefined, invoiceId: '', dueCents: 0 }
  const machines = await twoMachines(async (host) => {
    made.visit = await seePatient(host)
    made.invoiceId = (await bill(host, made.visit)).id
    made.dueCents = (await clerk(host).invoice({ id: made.invoiceId })).totals.dueCents
  })
  if (!made.visit) throw new Error('a patient was seen')
  const payment = (amountCents: number) => ({ id: machines.newId(), patientId: made.visit?.patientId ?? '', invoiceId: made.invoiceId, amountCents, method: 'cash' as const, reference: null })
  return { ...machines, ...made, visit: made.visit, payment }
}

describe('invoices', () => {
  it('are numbered by the host alone, without a gap, and wait for it off line', async () => {
    const visits: SeenVisit[] = []
    const { one, two, host, newId } = await twoMachines(async (world) => {
      for (const startsAt of ['2026-11-17T14:00:00.000Z', '2026-11-17T15:00:00.000Z', '2026-11-17T16:00:00.000Z']) visits.push(await seePatient(world, { startsAt }))
    })
    const issue = (machine: MemberWorld | World, at: number) => clerk(machine).createInvoice({ id: newId(), encounterId: visits[at]?.encounterId ?? '' })
    expect((await refusalOf(issue(one, 0))).code).toBe('HOST_NEEDED')
    await settle(one, two)
    const issued = await Promise.all([issue(one, 0), issue(two, 1), issue(host, 2)])
    expect(issued.map((invoice) => invoice.number).toSorted()).toEqual(['A-1001', 'A-1002', 'A-1003'])
    expect(await refusalOf(issue(two, 0))).toMatchObject({ code: 'INVOICE_EXISTS' })
    await settle(one, two)
    for (const machine of [one, two]) expect(rowsAt(machine.core, 'select number from invoices order by number')).toEqual(rowsAt(host.core, 'select number from invoices order by number'))
    expect(codesAt(two.core)).toEqual([])
  })
})

describe('payments', () => {
  it('are never refused for what was paid meanwhile: what is too much is credit, and each receipt has a number of its own', async () => {
    const { one, two, host, invoiceId, dueCents, payment, visit } = await withInvoice()
    const [first, second] = [await desk(one).takePayment(payment(dueCents)), await desk(two).takePayment(payment(dueCents))]
    // Off line no number is shown that could be another receipt's.
    expect([first.receiptNumber, second.receiptNumber]).toEqual(['~1001', '~1001'])
    await settle(one, two, one)
    for (const machine of [one, two, host]) expect(rowsAt(machine.core, 'select receipt_number from payments order by receipt_number')).toEqual([{ receipt_number: 'R-1001' }, { receipt_number: 'R-1002' }])
    expect((await clerk(host).invoice({ id: invoiceId })).totals.dueCents).toBe(0)
    expect((await clerk(two).account({ patientId: visit.patientId })).creditCents).toBe(dueCents)
    expect([...codesAt(one.core), ...codesAt(two.core)]).toEqual([])
  })

  it('that were taken for an invoice which was voided meanwhile are taken all the same, as credit, and named', async () => {
    const { one, host, invoiceId, dueCents, payment, visit, newId } = await withInvoice()
    const request = newId()
    await desk(one).takePayment(payment(dueCents))
    await host.as('billing').approvals.request({ id: request, procedure: 'billing.voidInvoice', input: { id: invoiceId, reason: 'wrong-charges' }, reason: 'A test' })
    await host.as('administrator').approvals.approve({ id: request })
    await settle(one)
    expect((await clerk(host).account({ patientId: visit.patientId })).creditCents).toBe(dueCents)
    expect(attentionAt(one.core)).toMatchObject([{ kind: 'merged', name: 'billing.takePayment', code: 'INVOICE_VOID' }])
  })

  it('have the host’s number at once while it is in reach', async () => {
    const { one, payment } = await withInvoice()
    await settle(one)
    expect((await desk(one).takePayment(payment(100))).receiptNumber).toBe('R-1001')
  })
})

describe('charges and discounts', () => {
  it('are judged by what is due at the host', async () => {
    const { one, two, host, invoiceId, dueCents, newId } = await withInvoice()
    const discount = (machine: MemberWorld) => clerk(machine).discount({ id: newId(), invoiceId, amountCents: dueCents, reason: 'Hardship' })
    await discount(one)
    await discount(two)
    await settle(one, two)
    expect(attentionAt(two.core)).toMatchObject([{ code: 'ABOVE_DUE', data: { dueCents: 0 } }])
    expect((await clerk(host).invoice({ id: invoiceId })).totals.dueCents).toBe(0)
  })

  it('are taken off once', async () => {
    const { one, two, host, visit, newId } = await withInvoice()
    const [fee] = await clerk(host).listFees({})
    const id = newId()
    await clerk(one).addCharge({ id, feeItemId: fee?.id ?? '', quantity: 1, encounterId: visit.encounterId })
    await settle(one, two)
    for (const machine of [one, two]) machine.unplug()
    for (const machine of [one, two]) await clerk(machine).removeCharge({ id })
    await settle(one, two)
    expect(rowsAt(host.core, `select count(*) as n from charges where removed_at is not null`)).toEqual([{ n: 1 }])
    expect(codesAt(two.core)).toEqual([])
  })
})

describe('voids and refunds', () => {
  it('take the host and two people, and happen once', async () => {
    const { one, two, host, invoiceId, payment, newId } = await withInvoice()
    const paid = await desk(host).takePayment(payment(DUE_CENTS))
    const wanted = { id: newId(), reason: 'A test' }
    const voiding = { procedure: 'billing.voidInvoice', input: { id: invoiceId, reason: 'duplicate' } } as const
    const refunding = () => ({ procedure: 'billing.refund', input: { id: newId(), paymentId: paid.id, amountCents: DUE_CENTS, method: 'cash', reason: 'Paid twice' } }) as const
    await settle(one, two)
    expect((await refusalOf(clerk(one).voidInvoice(voiding.input))).code).toBe('NEEDS_SECOND_PERSON')
    const requests = [{ ...wanted, ...refunding() }, { ...wanted, id: newId(), ...refunding() }, { ...wanted, id: newId(), ...voiding }]
    for (const [at, request] of requests.entries()) await (at === 0 ? one : two).as('billing').approvals.request(request)
    await settle(one, two)
    const outcomes = []
    for (const [at, { id }] of requests.entries()) outcomes.push((await (at === 0 ? two : one).as('administrator').approvals.approve({ id })))
    expect(outcomes.map(({ outcome, refusal }) => [outcome, refusal?.code])).toEqual([['done', undefined], ['refused', 'ABOVE_PAID'], ['done', undefined]])
    expect(await refusalOf(two.as('billing').approvals.request({ id: newId(), ...voiding, reason: 'Again' }))).toMatchObject({ code: 'WOULD_BE_REFUSED', data: { code: 'INVOICE_VOID' } })
    two.unplug()
    expect((await refusalOf(two.as('administrator').approvals.approve({ id: requests[1]?.id ?? '' }))).code).toBe('HOST_NEEDED')
    expect(rowsAt(host.core, `select count(*) as n from payments where kind = 'refund'`)).toEqual([{ n: 1 }])
  })
})
