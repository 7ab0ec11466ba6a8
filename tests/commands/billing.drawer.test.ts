import { describe, expect, it } from 'vitest'
import { drawerQueries } from '#main/domains/billing/repository.drawer.ts'
import { planOf } from '#tests/support/plan.ts'
import { withSecondPerson } from '#tests/support/two-people.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const take = async (world: World, method: 'cash' | 'card', amountCents: number) => {
  const id = world.core.platform.newId()
  await world.as('receptionist').billing.takePayment({ id, patientId: world.clinic.addPatient(world.core), invoiceId: null, amountCents, method })
  return id
}

/** Counts what is there, as somebody who looked just now. */
const close = async (world: World, countedCents: number, more: { leftCents?: number; reason?: string | null; id?: string } = {}) => {
  const desk = world.as('receptionist')
  const { number, paymentIds } = await desk.billing.openDrawer({})
  return desk.billing.closeDrawer({ id: world.core.platform.newId(), number, paymentIds, countedCents, leftCents: 0, reason: null, ...more })
}

describe('billing.closeDrawer', () => {
  it('counts cash against the ledger, and leaves a float for the next day', async () => {
    const world = await makeWorld()
    await take(world, 'cash', 4_000)
    await take(world, 'cash', 2_500)
    await take(world, 'card', 9_900)
    expect(await close(world, 6_500, { leftCents: 2_000 })).toMatchObject({
      number: 1, floatCents: 0, cashInCents: 6_500, cashOutCents: 0, countedCents: 6_500, leftCents: 2_000, reason: null, closedByName: 'Rosa Delgado',
      byMethod: expect.arrayContaining([{ method: 'cash', takenCents: 6_500, refundedCents: 0, count: 2 }, { method: 'card', takenCents: 9_900, refundedCents: 0, count: 1 }]),
    })
    expect(await world.as('billing').billing.openDrawer({})).toMatchObject({ number: 2, floatCents: 2_000, byMethod: [], paymentIds: [], hasMore: false })
    await take(world, 'cash', 1_000)
    expect(await close(world, 3_000)).toMatchObject({ number: 2, floatCents: 2_000, cashInCents: 1_000 })
    const { closes, next } = await world.as('receptionist').billing.listDrawerCloses({})
    expect([closes.map((one) => one.number), next]).toEqual([[2, 1], null])
    const [latest] = closes
    expect(latest && await world.as('receptionist').billing.drawerClose({ id: latest.id })).toEqual(latest)
  })

  it('counts what was given back in cash, on the day it was given', async () => {
    const world = await makeWorld()
    const paymentId = await take(world, 'cash', 4_000)
    await close(world, 4_000, { leftCents: 4_000 })
    await withSecondPerson(world, world.as('billing'), 'billing.refund', { id: world.core.platform.newId(), paymentId, amountCents: 1_500, method: 'cash', reason: 'Paid twice' })
    expect(await close(world, 2_500)).toMatchObject({ number: 2, floatCents: 4_000, cashInCents: 0, cashOutCents: 1_500 })
  })

  it('asks why when it differs, and keeps the words', async () => {
    const world = await makeWorld()
    await take(world, 'cash', 4_000)
    expect(await refusalOf(close(world, 3_900))).toEqual({ code: 'DIFFERENCE_NEEDS_REASON', data: { differenceCents: -100 } })
    expect(await refusalOf(close(world, 4_000, { leftCents: 4_001 }))).toMatchObject({ code: 'LEFT_ABOVE_COUNT' })
    expect((await world.as('receptionist').billing.openDrawer({})).number).toBe(1)
    expect(await close(world, 3_900, { reason: 'A dollar too much change' })).toMatchObject({ countedCents: 3_900, reason: 'A dollar too much change' })
  })

  it('is one close when it is pressed twice, and tells whoever counted beside somebody else', async () => {
    const world = await makeWorld()
    const paymentId = await take(world, 'cash', 4_000)
    const input = { id: world.core.platform.newId(), number: 1, paymentIds: [paymentId], countedCents: 4_000, leftCents: 0, reason: null }
    const first = await world.as('receptionist').billing.closeDrawer(input)
    expect(await world.as('receptionist').billing.closeDrawer(input)).toEqual(first)
    const other = { ...input, id: world.core.platform.newId() }
    expect(await refusalOf(world.as('billing').billing.closeDrawer(other))).toEqual({ code: 'DRAWER_CLOSED_MEANWHILE', data: { closedAt: first.closedAt, closedByName: 'Rosa Delgado' } })
    expect(await refusalOf(world.as('billing').billing.closeDrawer({ ...other, number: 2 }))).toMatchObject({ code: 'DRAWER_CHANGED' })
    expect(await refusalOf(world.as('billing').billing.closeDrawer({ ...input, countedCents: 1 }))).toMatchObject({ code: 'ID_USED' })
  })

  it('leaves what was taken while somebody counted to the next close', async () => {
    const world = await makeWorld()
    await take(world, 'cash', 4_000)
    const { number, paymentIds } = await world.as('receptionist').billing.openDrawer({})
    const late = await take(world, 'cash', 700)
    await world.as('receptionist').billing.closeDrawer({ id: world.core.platform.newId(), number, paymentIds, countedCents: 4_000, leftCents: 0, reason: null })
    expect(await world.as('receptionist').billing.openDrawer({})).toMatchObject({ number: 2, paymentIds: [late] })
  })

  it('reads no table from end to end but the waiting payments', async () => {
    const world = await makeWorld()
    const reader = world.core.vault.reader
    const scans = Object.entries(drawerQueries(reader)).flatMap(([name, query]) => planOf(reader, query).split('\n').filter((step) => step.startsWith('SCAN') && !/undrawered_payments|drawer_closes USING INDEX/.test(step)).map((step) => `${name}: ${step}`))
    expect(scans).toEqual([])
  })
})
