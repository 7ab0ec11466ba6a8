import { describe, expect, it } from 'vitest'
import { missedFees } from '#drizzle/schema/billing.ts'
import { coverages } from '#drizzle/schema/patients.ts'
import type { MissedReason } from '#shared/domains/scheduling/model.ts'
import { feeReads } from '#main/domains/billing/repository.missed-fees.ts'
import { missedReads } from '#main/domains/scheduling/repository.missed.ts'
import { balanceCents } from '#tests/support/balances.ts'
import { planOf } from '#tests/support/plan.ts'
import { codesAt, rowsAt, settle, twoMachines } from '#tests/support/two-machines.ts'
import { makeWorld, refusalOf } from '#tests/support/world.ts'

const TEN = '2026-11-17T15:00:00.000Z' // 10:00 in New York, a Tuesday.
const fees = { lateHours: 24, noShowCents: 2_500, lateCancelCents: 1_500, freeCount: 0, months: 12, typeFees: [] }

async function clinicWithFees(more: Partial<typeof fees> = {}) {
  const world = await makeWorld({ start: '2026-11-17T14:00:00.000Z' })
  const [desk, clerk] = [world.as('receptionist'), world.as('billing')]
  await clerk.scheduling.saveMissedRules({ ...fees, ...more })
  const newId = world.core.platform.newId
  const patientId = world.clinic.addPatient(world.core)
  const book = (startsAt = TEN, typeId: string | null = null) => desk.scheduling.book({ id: newId(), patientId, providerId: world.clinic.providers[0], roomId: null, typeId, startsAt, durationMin: 15, reason: null })
  const miss = async (reason: MissedReason = 'patient', startsAt = TEN) => {
    const { id, version } = await book(startsAt)
    return desk.scheduling.markNoShow({ id, version, reason })
  }
  const balance = () => balanceCents(world, patientId)
  return { world, desk, clerk, newId, patientId, book, miss, balance }
}

describe('a fee for a missed visit', () => {
  it('comes with the no-show and goes with its undoing, both in the ledger', async () => {
    const { world, desk, clerk, patientId, miss, balance } = await clinicWithFees()
    const missed = await miss()
    expect(missed).toMatchObject({ status: 'no-show', missedReason: 'patient' })
    expect(balance()).toBe(2_500)
    const account = await clerk.billing.account({ patientId })
    expect(account).toMatchObject({ balanceCents: 2_500, dueCents: 2_500, creditCents: 0, invoices: [], statement: [{ kind: 'charge', amountCents: 2_500, memo: 'Fee for a missed visit', invoiceId: null }] })
    expect(await desk.billing.missedFees({ patientId })).toMatchObject([{ kind: 'no-show', amountCents: 2_500, endedAs: null, appointmentId: missed.id }])

    await desk.scheduling.undo({ id: missed.id, version: missed.version })
    expect(balance()).toBe(0)
    expect((await clerk.billing.account({ patientId })).statement.map((line) => [line.kind, line.amountCents])).toEqual([['void', -2_500], ['charge', 2_500]])
    expect(await desk.billing.missedFees({ patientId })).toMatchObject([{ endedAs: 'taken-back' }])
    // Marked once more, it is asked once more.
    await desk.scheduling.markNoShow({ id: missed.id, version: missed.version + 1 })
    expect(balance()).toBe(2_500)
    expect(world.core.vault.reader.select().from(missedFees).all()).toHaveLength(2)
  })

  it('is for a late cancellation by the patient, and for no other', async () => {
    const { desk, book, balance } = await clinicWithFees()
    const cancel = async (startsAt: string, reason: 'patient-asked' | 'provider-away') => {
      const { id, version } = await book(startsAt)
      return desk.scheduling.cancel({ id, version, reason })
    }
    await cancel('2026-11-19T15:00:00.000Z', 'patient-asked')
    await cancel(TEN, 'provider-away')
    expect(balance()).toBe(0)
    const late = await cancel(TEN, 'patient-asked')
    expect(balance()).toBe(1_500)
    await desk.scheduling.undo({ id: late.id, version: late.version })
    expect(balance()).toBe(0)
  })

  it('is asked from the count on that is set, of everybody alike, and never for what was not the patient’s doing', async () => {
    const { world, miss, book, balance, patientId, desk, newId } = await clinicWithFees({ freeCount: 1 })
    await miss('clinic')
    await miss('telehealth-failed', '2026-11-17T15:30:00.000Z')
    await miss('patient', '2026-11-17T16:00:00.000Z')
    expect(balance(), 'the first one is free').toBe(0)
    await miss('transport', '2026-11-17T16:30:00.000Z')
    expect(balance()).toBe(2_500)
    const at = world.core.platform.now()
    world.core.vault.writer.insert(coverages).values({ id: newId(), patientId, payerName: 'State Medicaid', planName: null, memberNumber: null, groupNumber: null, relationship: 'self', subscriberName: null, rank: 1, validFrom: null, validTo: null, copayCents: null, createdAt: at } as typeof coverages.$inferInsert).run()
    const { id, version } = await book('2026-11-17T17:00:00.000Z')
    await desk.scheduling.markNoShow({ id, version })
    expect(balance(), 'Medicaid').toBe(2_500)
  })

  it('costs nothing in a clinic that has set nothing, and takes only visit types that are there', async () => {
    const world = await makeWorld({ start: '2026-11-17T14:00:00.000Z' })
    const desk = world.as('receptionist')
    const patientId = world.clinic.addPatient(world.core)
    const { id, version } = await desk.scheduling.book({ id: world.core.platform.newId(), patientId, providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: TEN, durationMin: 15, reason: null })
    await desk.scheduling.markNoShow({ id, version })
    expect(balanceCents(world, patientId)).toBe(0)
    expect(await desk.scheduling.missedRules({})).toMatchObject({ lateHours: 24, noShowCents: 0 })
    expect(await refusalOf(world.as('billing').scheduling.saveMissedRules({ ...fees, typeFees: [{ typeId: world.core.platform.newId(), noShowCents: 1, lateCancelCents: 1 }] }))).toMatchObject({ code: 'TYPE_NOT_FOUND' })
    expect(await refusalOf(desk.scheduling.saveMissedRules(fees))).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('is paid by money without an invoice, before that money pays anything else', async () => {
    const { desk, clerk, newId, patientId, miss, balance } = await clinicWithFees()
    await miss()
    await desk.billing.takePayment({ id: newId(), patientId, invoiceId: null, amountCents: 4_000, method: 'cash' })
    expect(balance()).toBe(-1_500)
    expect(await clerk.billing.account({ patientId })).toMatchObject({ dueCents: 0, creditCents: 1_500 })
  })

  it('is waived with a reason, once, by whoever may give a discount', async () => {
    const { desk, clerk, patientId, miss, balance } = await clinicWithFees()
    const missed = await miss()
    const [fee] = await clerk.billing.missedFees({ patientId })
    const wanted = { id: fee?.id ?? '', reason: 'Bus strike' }
    expect(await refusalOf(desk.billing.waiveMissedFee(wanted))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await clerk.billing.waiveMissedFee(wanted)).toMatchObject({ endedAs: 'waived', endReason: 'Bus strike' })
    expect(balance()).toBe(0)
    expect(await refusalOf(clerk.billing.waiveMissedFee(wanted))).toMatchObject({ code: 'FEE_ENDED' })
    await desk.scheduling.undo({ id: missed.id, version: missed.version })
    expect(balance(), 'nothing is taken back twice').toBe(0)
  })

  it('is the same at the host as at the machine where the visit was missed', async () => {
    let patientId = ''
    const { one, host, newId } = await twoMachines((clinic) => {
      patientId = clinic.clinic.addPatient(clinic.core)
    })
    await host.as('billing').scheduling.saveMissedRules(fees)
    const booked = await host.as('receptionist').scheduling.book({ id: newId(), patientId, providerId: host.clinic.providers[0], roomId: null, typeId: null, startsAt: TEN, durationMin: 15, reason: null })
    await settle(one)
    one.unplug()
    await one.as('receptionist').scheduling.markNoShow({ id: booked.id, version: 1 })
    expect(rowsAt(one.core, 'select amount_cents from missed_fees')).toEqual([{ amount_cents: 2_500 }])
    await settle(one)
    for (const machine of [one, host]) expect(rowsAt(machine.core, 'select kind, amount_cents from ledger_entries')).toEqual([{ kind: 'charge', amount_cents: 2_500 }])

    // Waived on two machines, it is waived once, with the reason that came first.
    const [fee] = await host.as('billing').billing.missedFees({ patientId })
    one.unplug()
    await one.as('billing').billing.waiveMissedFee({ id: fee?.id ?? '', reason: 'Later' })
    await host.as('billing').billing.waiveMissedFee({ id: fee?.id ?? '', reason: 'First' })
    await settle(one)
    expect(codesAt(one.core)).toEqual([])
    for (const machine of [one, host]) {
      expect(rowsAt(machine.core, 'select end_reason from missed_fees')).toEqual([{ end_reason: 'First' }])
      expect(rowsAt(machine.core, 'select sum(amount_cents) as balance from ledger_entries')).toEqual([{ balance: 0 }])
    }
  })

  it('is found through an index', async () => {
    const { world } = await clinicWithFees()
    const db = world.core.vault.reader
    for (const [name, statement] of Object.entries({ ...feeReads(db), missable: missedReads(db).missable })) expect(planOf(db, statement), name).not.toMatch(/SCAN/)
  })
})
