import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { invoices, ledgerEntries } from '#drizzle/schema/billing.ts'
import { clinicalNotes } from '#drizzle/schema/encounters.ts'
import { ledgerProblems } from '#main/domains/billing/service.health.ts'
import { withSecondPerson } from '#tests/support/two-people.ts'
import { bill as billed, chargesFor, pay, seePatient } from '#tests/support/visits.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const newId = (world: World): string => world.core.platform.newId()

async function doctorSees(world: World) {
  const visit = await seePatient(world, { sign: false, startsAt: '2026-11-17T13:00:00.000Z' })
  return world.as('doctor').billing.proposeCharges({ encounterId: visit.encounterId })
}

describe('billing.saveFee, billing.addStarterFees, billing.listFees', () => {
  it('starts a fee schedule once and lets the clinic make it its own', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const fees = await admin.billing.addStarterFees({})
    expect(await refusalOf(admin.billing.addStarterFees({}))).toMatchObject({ code: 'FEES_EXIST' })
    const visit = fees.find((fee) => fee.code === 'V-204')
    if (!visit) throw new Error('the starter list has it')
    await admin.billing.saveFee({ ...visit, label: 'Office visit, moderate', priceCents: 17_500 })
    expect(await refusalOf(admin.billing.saveFee({ ...visit, id: newId(world) }))).toMatchObject({ code: 'FEE_CODE_TAKEN' })
    expect(await world.as('receptionist').billing.listFees({})).toContainEqual({ ...visit, label: 'Office visit, moderate', priceCents: 17_500 })
  })

  it('keeps the price a charge was made with, and charges nothing that is no longer offered', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world)
    const clerk = world.as('billing')
    const fee = (await clerk.billing.listFees({})).find((one) => one.code === 'V-204')
    if (!fee) throw new Error('the starter list has it')
    await clerk.billing.saveFee({ ...fee, priceCents: 99_900, isActive: false })
    expect((await clerk.billing.chargesOfEncounter({ encounterId: visit.encounterId })).map((charge) => charge.amountCents)).toEqual([16_800, 2_200])
    expect(await refusalOf(clerk.billing.addCharge({ id: newId(world), encounterId: visit.encounterId, feeItemId: fee.id, quantity: 1 }))).toMatchObject({ code: 'FEE_NOT_FOUND' })
  })
})

describe('billing.proposeCharges and billing.signAndCharge', () => {
  it('proposes from what was done in the visit', async () => {
    const world = await makeWorld()
    const doctor = world.as('doctor')
    await chargesFor(world, [])
    const first = await doctorSees(world)
    expect(first).toMatchObject({ level: 'low', isNewPatient: true, reason: 'Why low: first visit in three years, 1 new diagnosis.' })
    const earlier = await seePatient(world, { startsAt: '2026-11-17T14:00:00.000Z' })
    world.clock.advanceMinutes(60)
    const visit = await seePatient(world, { patientId: earlier.patientId, sign: false, startsAt: '2026-11-17T16:00:00.000Z' })
    const concept = { system: 'rxnorm', code: '6448', label: 'colchicine 0.6 mg' } as const
    world.clock.advanceMinutes(5)
    await doctor.encounters.addMedication({ id: newId(world), patientId: visit.patientId, concept, sig: null, startedOn: null })
    const proposal = await doctor.billing.proposeCharges({ encounterId: visit.encounterId })
    expect(proposal).toMatchObject({ level: 'moderate', reason: 'Why moderate: 1 new diagnosis, 1 prescription drug.' })
    expect(proposal.lines.map((line) => line.code)).toEqual(['V-204'])
  })

  it('signs and charges together, or does neither', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world, { sign: false })
    const doctor = world.as('doctor')
    const [charge] = await chargesFor(world, ['V-204'])
    if (!charge) throw new Error('one was asked for')
    const refusal = await refusalOf(doctor.billing.signAndCharge({ noteId: visit.noteId, revision: 1, charges: [charge, { ...charge, id: newId(world), feeItemId: newId(world) }] }))
    expect(refusal).toMatchObject({ code: 'FEE_NOT_FOUND' })
    expect(world.core.vault.reader.select().from(clinicalNotes).where(eq(clinicalNotes.id, visit.noteId)).get()).toMatchObject({ status: 'draft' })
    expect(await doctor.billing.chargesOfEncounter({ encounterId: visit.encounterId })).toEqual([])

    const { note, charges } = await doctor.billing.signAndCharge({ noteId: visit.noteId, revision: 1, charges: [charge] })
    expect([note.status, charges.map((one) => [one.code, one.amountCents])]).toEqual(['signed', [['V-204', 16_800]]])
    expect(await refusalOf(doctor.billing.signAndCharge({ noteId: visit.noteId, revision: 1, charges: [charge] }))).toMatchObject({ code: 'NOTE_IS_SIGNED' })
    const events = world.core.vault.reader.select().from(auditEvents).where(eq(auditEvents.action, 'note.signed-and-charged')).all()
    expect(events).toMatchObject([{ outcome: 'done', patientId: visit.patientId, entityId: visit.noteId }])
  })
})

describe('billing.addCharge and billing.removeCharge', () => {
  it('adds and takes off until it is billed; the same request twice is one charge', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world)
    const clerk = world.as('billing')
    const [extra] = await chargesFor(world, ['S-010'])
    if (!extra) throw new Error('one was asked for')
    await clerk.billing.addCharge({ ...extra, encounterId: visit.encounterId })
    await clerk.billing.addCharge({ ...extra, encounterId: visit.encounterId })
    expect(await refusalOf(clerk.billing.addCharge({ ...extra, quantity: 2, encounterId: visit.encounterId }))).toMatchObject({ code: 'ID_USED' })
    const before = await clerk.billing.chargesOfEncounter({ encounterId: visit.encounterId })
    expect(before.map((charge) => charge.code)).toEqual(['V-204', 'L-031', 'S-010'])
    await clerk.billing.removeCharge({ id: extra.id })
    await billed(world, visit)
    expect(await refusalOf(clerk.billing.removeCharge({ id: before[0]?.id ?? '' }))).toMatchObject({ code: 'CHARGE_BILLED' })
    expect((await clerk.billing.chargesOfEncounter({ encounterId: visit.encounterId })).map((charge) => charge.code)).toEqual(['V-204', 'L-031'])
  })
})

describe('billing.createInvoice', () => {
  it('bills the visit once: number, frozen lines, due date, ledger', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world)
    const invoice = await billed(world, visit)
    expect(invoice).toMatchObject({ number: 'A-1001', status: 'issued', dueOn: '2026-12-17', patientId: visit.patientId })
    const shown = await world.as('billing').billing.invoice({ id: invoice.id })
    expect(shown.totals).toEqual({ chargesCents: 19_000, adjustmentsCents: 0, paidCents: 0, dueCents: 19_000 })
    expect(shown.lines.map((line) => [line.code, line.label, line.amountCents])).toEqual([['V-204', 'Established visit, moderate', 16_800], ['L-031', 'Uric acid, in house', 2_200]])
    expect(shown.ledger.map((line) => [line.kind, line.memo, line.balanceCents])).toEqual([['charge', 'V-204 Established visit, moderate', 16_800], ['charge', 'L-031 Uric acid, in house', 19_000]])
    expect(shown.diagnoses).toEqual(['M10.061 Idiopathic gout, right knee'])
  })

  it('makes one bill of four identical wishes, by rule and by table', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world)
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => billed(world, visit)))
    expect(outcomes.map((one) => (one.status === 'fulfilled' ? 'billed' : one.reason.code))).toEqual(['billed', 'INVOICE_EXISTS', 'INVOICE_EXISTS', 'INVOICE_EXISTS'])
    const row = world.core.vault.reader.select().from(invoices).get()
    if (!row) throw new Error('billed above')
    expect(() => world.core.vault.writer.insert(invoices).values({ ...row, id: newId(world), number: 'A-9999' }).run()).toThrow('UNIQUE')
  })

  it('answers the same request twice with the same invoice', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world)
    const input = { id: newId(world), encounterId: visit.encounterId }
    const clerk = world.as('billing')
    expect(await clerk.billing.createInvoice(input)).toEqual(await clerk.billing.createInvoice(input))
    expect(await refusalOf(clerk.billing.createInvoice({ ...input, encounterId: newId(world) }))).toMatchObject({ code: 'ID_USED' })
  })

  it('splits only with a reason, and a charge never stands on two bills', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world)
    const clerk = world.as('billing')
    const [first, second] = await clerk.billing.chargesOfEncounter({ encounterId: visit.encounterId })
    if (!first || !second) throw new Error('two were charged')
    const part = { encounterId: visit.encounterId, chargeIds: [first.id] }
    expect(await refusalOf(clerk.billing.createInvoice({ id: newId(world), ...part }))).toMatchObject({ code: 'SPLIT_NEEDS_REASON' })
    await clerk.billing.createInvoice({ id: newId(world), ...part, splitReason: 'Employer pays the visit' })
    expect(await refusalOf(clerk.billing.createInvoice({ id: newId(world), ...part, splitReason: 'Again' }))).toMatchObject({ code: 'CHARGE_BILLED' })
    await clerk.billing.createInvoice({ id: newId(world), encounterId: visit.encounterId, splitReason: 'The rest' })
    const bills = (await clerk.billing.visit({ encounterId: visit.encounterId })).invoices
    expect(bills.map((bill) => [bill.number, bill.chargesCents])).toEqual([['A-1001', 16_800], ['A-1002', 2_200]])
  })

  it('leaves no gap in the numbers when it refuses', async () => {
    const world = await makeWorld()
    const unsigned = await seePatient(world, { sign: false })
    const empty = await seePatient(world, { startsAt: '2026-11-17T15:00:00.000Z', charges: [] })
    expect(await refusalOf(billed(world, unsigned))).toMatchObject({ code: 'NOTE_NOT_SIGNED' })
    expect(await refusalOf(billed(world, empty))).toMatchObject({ code: 'NO_CHARGES' })
    const good = await seePatient(world, { startsAt: '2026-11-17T16:00:00.000Z' })
    expect((await billed(world, good)).number).toBe('A-1001')
  })

  it('puts a copay taken before the visit onto the bill', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world)
    await pay(world, visit.patientId, null, 2_500)
    const invoice = await billed(world, visit)
    const shown = await world.as('billing').billing.invoice({ id: invoice.id })
    expect([shown.totals.paidCents, shown.totals.dueCents, shown.creditCents, shown.state]).toEqual([-2_500, 16_500, 0, 'partly-paid'])
    expect(shown.payments.map((payment) => [payment.receiptNumber, payment.appliedCents])).toEqual([['R-1001', 2_500]])
  })
})

describe('billing.takePayment, billing.refund and billing.applyCredit', () => {
  it('takes part, then the rest and more: the surplus is credit for the next bill', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world)
    const invoice = await billed(world, visit)
    expect(await pay(world, visit.patientId, invoice.id, 10_000)).toMatchObject({ receiptNumber: 'R-1001', amountCents: 10_000 })
    expect((await world.as('billing').billing.invoice({ id: invoice.id })).totals.dueCents).toBe(9_000)
    await pay(world, visit.patientId, invoice.id, 12_000)
    const account = await world.as('billing').billing.account({ patientId: visit.patientId })
    expect(account).toMatchObject({ balanceCents: -3_000, dueCents: 0, creditCents: 3_000, invoices: [{ state: 'paid', dueCents: 0 }] })
    expect(account.statement.map((line) => [line.kind, line.amountCents, line.balanceCents])).toEqual([
      ['payment', -3_000, -3_000], ['payment', -9_000, 0], ['payment', -10_000, 9_000], ['charge', 2_200, 19_000], ['charge', 16_800, 16_800],
    ])

    const next = await seePatient(world, { patientId: visit.patientId, startsAt: '2026-11-17T17:00:00.000Z', charges: ['V-203'] })
    const clerk = world.as('billing')
    const second = await clerk.billing.createInvoice({ id: newId(world), encounterId: next.encounterId, applyCredit: false })
    expect((await clerk.billing.invoice({ id: second.id })).totals.dueCents).toBe(11_800)
    await clerk.billing.applyCredit({ invoiceId: second.id, amountCents: 1_000 })
    await clerk.billing.applyCredit({ invoiceId: second.id })
    expect((await clerk.billing.invoice({ id: second.id })).totals).toEqual({ chargesCents: 11_800, adjustmentsCents: 0, paidCents: -3_000, dueCents: 8_800 })
    expect(await refusalOf(clerk.billing.applyCredit({ invoiceId: second.id }))).toMatchObject({ code: 'NO_CREDIT' })
  })

  it('takes money once for each id', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world)
    const invoice = await billed(world, visit)
    const id = newId(world)
    const receipts = await Promise.all([1, 2, 3].map(() => pay(world, visit.patientId, invoice.id, 5_000, id)))
    expect(new Set(receipts.map((receipt) => receipt.receiptNumber))).toEqual(new Set(['R-1001']))
    expect((await world.as('billing').billing.invoice({ id: invoice.id })).totals.paidCents).toBe(-5_000)
    expect(await refusalOf(pay(world, visit.patientId, invoice.id, 5_001, id))).toMatchObject({ code: 'ID_USED' })
    expect((await pay(world, visit.patientId, invoice.id, 100)).receiptNumber).toBe('R-1002')
  })

  it('puts no one’s money on another patient’s bill', async () => {
    const world = await makeWorld()
    const invoice = await billed(world, await seePatient(world))
    const other = world.clinic.addPatient(world.core)
    expect(await refusalOf(pay(world, other, invoice.id, 100))).toMatchObject({ code: 'WRONG_PATIENT' })
    expect(await refusalOf(pay(world, newId(world), null, 100))).toMatchObject({ code: 'PATIENT_NOT_FOUND' })
  })

  it('gives back at most what was paid, with a reason, and the bill is due again', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world)
    const invoice = await billed(world, visit)
    const payment = await pay(world, visit.patientId, invoice.id, 19_000)
    const clerk = world.as('billing')
    const id = newId(world)
    const wanted = { id, paymentId: payment.id, amountCents: 4_000, method: 'cash' as const, reason: 'Charged twice at the terminal' }
    expect(await withSecondPerson(world, clerk, 'billing.refund', wanted)).toMatchObject({ receiptNumber: 'R-1002', kind: 'refund', refundOf: payment.id })
    expect((await withSecondPerson(world, clerk, 'billing.refund', wanted)).receiptNumber).toBe('R-1002')
    const shown = await clerk.billing.invoice({ id: invoice.id })
    expect([shown.totals.dueCents, shown.state]).toEqual([4_000, 'partly-paid'])
    expect(await refusalOf(withSecondPerson(world, clerk, 'billing.refund', { ...wanted, id: newId(world), amountCents: 15_001 }))).toEqual({ code: 'ABOVE_PAID', data: { refundableCents: 15_000 } })
    expect(await refusalOf(withSecondPerson(world, clerk, 'billing.refund', { ...wanted, id: newId(world), paymentId: id }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusalOf(world.as('receptionist').billing.refund({ ...wanted, id: newId(world) }))).toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('billing.voidInvoice and billing.discount', () => {
  it('brings the bill to zero, keeps its number, and its money waits for the next bill', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world)
    const first = await billed(world, visit)
    const payment = await pay(world, visit.patientId, first.id, 5_000)
    const clerk = world.as('billing')
    await withSecondPerson(world, clerk, 'billing.refund', { id: newId(world), paymentId: payment.id, amountCents: 1_000, method: 'card', reason: 'Too much' })
    await clerk.billing.discount({ id: newId(world), invoiceId: first.id, amountCents: 1_900, reason: 'Prompt payment 10 %' })
    expect(await withSecondPerson(world, clerk, 'billing.voidInvoice', { id: first.id, reason: 'wrong-charges' })).toMatchObject({ status: 'void', number: 'A-1001' })
    const shown = await clerk.billing.invoice({ id: first.id })
    expect([shown.totals, shown.state, shown.creditCents, shown.lines.length]).toEqual([{ chargesCents: 19_000, adjustmentsCents: -19_000, paidCents: 0, dueCents: 0 }, 'void', 4_000, 2])

    const second = await billed(world, visit)
    expect([second.number, (await clerk.billing.invoice({ id: second.id })).totals.dueCents]).toEqual(['A-1002', 15_000])
    expect(await refusalOf(withSecondPerson(world, clerk, 'billing.voidInvoice', { id: first.id, reason: 'other' }))).toMatchObject({ code: 'INVOICE_VOID' })
    expect(await refusalOf(pay(world, visit.patientId, first.id, 100))).toMatchObject({ code: 'INVOICE_VOID' })
    expect(await refusalOf(clerk.billing.discount({ id: newId(world), invoiceId: second.id, amountCents: 15_001, reason: 'All' }))).toEqual({ code: 'ABOVE_DUE', data: { dueCents: 15_000 } })
  })
})

describe('billing.receipt and billing.recordPrint', () => {
  it('says where the money stands and which print is a copy', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world)
    const invoice = await billed(world, visit)
    const payment = await pay(world, visit.patientId, invoice.id, 20_000)
    const desk = world.as('receptionist')
    const receipt = await desk.billing.receipt({ paymentId: payment.id })
    expect(receipt).toMatchObject({ creditCents: 1_000, applied: [{ number: 'A-1001', amountCents: 19_000, dueCents: 0 }], payment: { takenByName: 'Rosa Delgado', prints: 0 } })
    const id = newId(world)
    const print = { id, document: 'receipt', documentId: payment.id, medium: 'paper' } as const
    expect(await desk.billing.recordPrint(print)).toEqual({ prints: 1 })
    expect(await desk.billing.recordPrint(print)).toEqual({ prints: 1 })
    expect((await desk.billing.receipt({ paymentId: payment.id })).payment.prints).toBe(1)
  })

  it('shows no diagnosis at the desk', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world)
    const invoice = await billed(world, visit)
    expect((await world.as('receptionist').billing.invoice({ id: invoice.id })).diagnoses).toEqual([])
    expect((await world.as('receptionist').billing.visit({ encounterId: visit.encounterId })).diagnoses).toEqual([])
    expect((await world.as('doctor').billing.invoice({ id: invoice.id })).diagnoses).toHaveLength(1)
  })
})

describe('the tables themselves', () => {
  it('take back no line of the ledger and no number', async () => {
    const world = await makeWorld()
    await billed(world, await seePatient(world))
    const { writer } = world.core.vault
    expect(() => writer.update(ledgerEntries).set({ amountCents: 1 }).run()).toThrow('LEDGER_IS_APPEND_ONLY')
    expect(() => writer.delete(ledgerEntries).run()).toThrow('LEDGER_IS_APPEND_ONLY')
    expect(() => writer.update(invoices).set({ number: 'A-1' }).run()).toThrow('INVOICES_ARE_KEPT')
    expect(() => writer.delete(invoices).run()).toThrow('INVOICES_ARE_KEPT')
  })
})

describe('the doctor’s look at the money', () => {
  it('finds nothing after a busy day, and a line that somebody put into the file', async () => {
    const world = await makeWorld()
    const clerk = world.as('billing')
    const visit = await seePatient(world)
    const first = await billed(world, visit)
    const payment = await pay(world, visit.patientId, first.id, 21_000)
    await withSecondPerson(world, clerk, 'billing.refund', { id: newId(world), paymentId: payment.id, amountCents: 3_000, method: 'card', reason: 'Too much' })
    await clerk.billing.discount({ id: newId(world), invoiceId: first.id, amountCents: 500, reason: 'Prompt payment' })
    await withSecondPerson(world, clerk, 'billing.voidInvoice', { id: first.id, reason: 'wrong-charges' })
    await billed(world, visit)
    expect(ledgerProblems(world.core.vault.reader)).toEqual([])

    const line = world.core.vault.reader.select().from(ledgerEntries).where(eq(ledgerEntries.kind, 'payment')).get()
    if (!line) throw new Error('paid above')
    world.core.vault.writer.insert(ledgerEntries).values({ ...line, seq: undefined, id: newId(world) }).run()
    expect(ledgerProblems(world.core.vault.reader).map((problem) => problem.check)).toContain('receipts against the ledger')
  })
})

describe('who may', () => {
  const nobody = '00000000-0000-4000-8000-000000000000'
  it.each(['nurse', 'pharmacist'] as const)('refuses every figure to %s', async (role) => {
    const world = await makeWorld()
    const { billing } = world.as(role)
    for (const call of [billing.workList({}), billing.account({ patientId: nobody }), billing.invoice({ id: nobody }), billing.checkout({ date: '2026-11-17' }), billing.dayTotals({ date: '2026-11-17' }), billing.listFees({})]) {
      expect(await refusalOf(call)).toEqual({ code: 'FORBIDDEN', data: undefined })
    }
  })

  it('lets the desk bill and take, and nobody but clerk and administrator ask to void and give back', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    expect(await refusalOf(desk.billing.voidInvoice({ id: nobody, reason: 'other' }))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await refusalOf(desk.billing.saveFee({ id: nobody, code: 'X', label: 'X', kind: 'other', priceCents: 1, proposeWhen: null, isActive: true }))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await refusalOf(desk.billing.createInvoice({ id: nobody, encounterId: nobody }))).toMatchObject({ code: 'VISIT_NOT_FOUND' })
    expect(await refusalOf(world.as('doctor').billing.takePayment({ id: nobody, patientId: nobody, invoiceId: null, amountCents: 1, method: 'cash' }))).toMatchObject({ code: 'FORBIDDEN' })
  })
})
