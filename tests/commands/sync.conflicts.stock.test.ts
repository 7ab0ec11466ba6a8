import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MemberWorld } from '#tests/support/network.ts'
import { driftOf, stockUp, type Stocked } from '#tests/support/stock.ts'
import { attentionAt, codesAt, rowsAt, settle, twoMachines } from '#tests/support/two-machines.ts'
import { seePatient, type SeenVisit } from '#tests/support/visits.ts'
import { refusalOf, type World } from '#tests/support/world.ts'

// Stock on two machines that do not know of each other (docs/sync.conflicts.md).
const nurse = (machine: MemberWorld | World) => machine.as('nurse').inventory
const keeper = (machine: MemberWorld | World) => machine.as('pharmacist').inventory

async function withStock(soon: number, profiles: Parameters<typeof twoMachines>[1] = ['clinical', 'clinical']) {
  const made = { visit: undefined as SeenVisit | undefined, stock: undefined as Stocked | undefined }
  const machines = await twoMachines(async (host) => {
    made.visit = await seePatient(host, { sign: false })
    made.stock = await stockUp(host, { soon })
  }, profiles)
  const { visit, stock } = made
  if (!visit || !stock) throw new Error('the clinic was prepared')
  const at = { lotId: stock.soonId, placeId: stock.cabinetId }
  const take = (machine: MemberWorld | World, quantity: number) => nurse(machine).use({ id: machines.newId(), encounterId: visit.encounterId, itemId: stock.itemId, picks: [{ ...at, quantity }] })
  const level = ({ core }: MemberWorld | World) => rowsAt(core, `select quantity from stock_levels where lot_id = '${stock.soonId}' and place_id = '${stock.cabinetId}'`)
  return { ...machines, visit, stock, at, take, level }
}

describe('the last box', () => {
  it('that both use off line was used twice: both moves stand, the stock is below zero, and it is shown to a person', async () => {
    const { one, two, host, take, level, stock, at, newId } = await withStock(1)
    expect((await take(one, 1)).belowZero).toEqual([])
    expect((await take(two, 1)).belowZero).toEqual([])
    await settle(one, two, one)
    for (const machine of [host, one, two]) {
      expect(level(machine)).toEqual([{ quantity: -1 }])
      expect(rowsAt(machine.core, `select count(*) as n from stock_moves where kind = 'dispense'`)).toEqual([{ n: 2 }])
      expect((await nurse(machine).alerts({})).belowZero).toBe(1)
    }
    expect(codesAt(one.core)).toEqual([])
    expect(attentionAt(two.core)).toMatchObject([{ kind: 'merged', name: 'inventory.use', code: 'STOCK_BELOW_ZERO', data: { itemId: stock.itemId, lotId: stock.soonId, quantity: -1 } }])
    // It stays in sight until somebody has counted.
    await keeper(host).count({ id: newId(), placeId: at.placeId, lines: [{ lotId: at.lotId, counted: 0 }] })
    await settle(one, two)
    for (const machine of [host, one, two]) expect((await nurse(machine).alerts({})).belowZero).toBe(0)
  })
})

describe('what happened on the way', () => {
  it('a use of a lot that was put into quarantine meanwhile stands and is named', async () => {
    const { one, host, take, stock, level } = await withStock(5)
    await take(one, 2)
    await keeper(host).quarantine({ lotId: stock.soonId, reason: 'recalled' })
    await settle(one)
    expect(level(host)).toEqual([{ quantity: 3 }])
    expect(codesAt(one.core)).toEqual([['merged', 'LOT_QUARANTINED']])
  })

  it('a use from before a count that arrives after it changes nothing of what was counted', async () => {
    const { one, two, host, take, level, at, newId } = await withStock(10)
    await take(one, 3)
    host.clock.advanceMinutes(30)
    await keeper(host).count({ id: newId(), placeId: at.placeId, lines: [{ lotId: at.lotId, counted: 7 }] })
    await settle(one, two)
    for (const machine of [host, one, two]) {
      expect(level(machine)).toEqual([{ quantity: 7 }])
      expect(driftOf(machine)).toEqual([])
    }
  })

  it('two who receive of one lot write one lot; two who put it aside or take one move back have done it once', async () => {
    const { one, two, host, stock, at, newId } = await withStock(5)
    const line = { itemId: stock.itemId, lotNumber: 'TX900', expiresOn: '2028-01-31', quantity: 6, costCents: null }
    const moves = await Promise.all([one, two].map((machine) => keeper(machine).receive({ id: newId(), placeId: at.placeId, lines: [line] })))
    for (const machine of [one, two]) await keeper(machine).quarantine({ lotId: stock.lateId, reason: 'recalled' })
    await settle(one, two, one)
    expect(rowsAt(host.core, `select quantity from stock_levels l join stock_lots t on t.id = l.lot_id where t.lot_number = 'TX900'`)).toEqual([{ quantity: 12 }])
    for (const machine of [one, two]) machine.unplug()
    for (const machine of [one, two]) await keeper(machine).correct({ id: newId(), moveId: moves[0]?.moves[0]?.id ?? '' })
    await settle(one, two, one)
    for (const machine of [host, one, two]) expect(rowsAt(machine.core, `select quantity from stock_levels l join stock_lots t on t.id = l.lot_id where t.lot_number = 'TX900'`)).toEqual([{ quantity: 6 }])
    expect([...codesAt(one.core), ...codesAt(two.core)]).toEqual([])
  })
})

describe('what only the host decides', () => {
  it('items, places and counts wait for it', async () => {
    const { one, stock, at, newId } = await withStock(5)
    expect((await refusalOf(keeper(one).count({ id: newId(), placeId: at.placeId, lines: [{ lotId: at.lotId, counted: 5 }] }))).code).toBe('HOST_NEEDED')
    expect((await refusalOf(keeper(one).savePlace({ id: stock.fridgeId, name: 'Fridge', isActive: true, sortOrder: 2 }))).code).toBe('HOST_NEEDED')
    const { item } = await keeper(one).item({ id: stock.itemId })
    expect((await refusalOf(keeper(one).saveItem({ ...item, parLevel: 9 }))).code).toBe('HOST_NEEDED')
  })
})

describe('a front desk', () => {
  it('has the boxes and nothing about who got them', async () => {
    const { one, host, take, stock, level, visit } = await withStock(5, ['front-desk', 'clinical'])
    await take(host, 2)
    await settle(one)
    expect(level(one)).toEqual([{ quantity: 3 }])
    expect(rowsAt(one.core, 'select * from stock_uses')).toEqual([])
    expect(rowsAt(host.core, 'select patient_id from stock_uses')).toEqual([{ patient_id: visit.patientId }])
    expect((await refusalOf(nurse(one).recall({ lotId: stock.soonId }))).code).toBe('NOT_ON_THIS_MACHINE')
  })
})

describe('any order of moves over two machines', () => {
  it('gives the same sums everywhere, and loses nothing', async () => {
    const { one, two, host, at, take, level, stock, newId } = await withStock(20)
    let expected = 20
    const act = fc.record({ isFirst: fc.boolean(), quantity: fc.integer({ min: 1, max: 9 }), what: fc.constantFrom('use', 'waste', 'back', 'move') })
    await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 6 }), fc.boolean(), async (acts, oneFirst) => {
      for (const machine of [one, two]) machine.unplug()
      for (const { isFirst, quantity, what } of acts) {
        const machine = isFirst ? one : two
        const of = { id: newId(), ...at, quantity }
        if (what === 'use') await take(machine, quantity)
        if (what === 'waste') await nurse(machine).waste({ ...of, reason: 'spoiled' })
        if (what === 'back') await keeper(machine).giveBack({ ...of, reason: 'from-patient' })
        if (what === 'move') await nurse(machine).transfer({ ...of, toPlaceId: stock.fridgeId })
        expected += what === 'back' ? quantity : 0 - quantity
      }
      await (oneFirst ? settle(one, two, one) : settle(two, one, two))
      for (const machine of [host, one, two]) {
        expect(level(machine)).toEqual([{ quantity: expected }])
        expect(driftOf(machine)).toEqual([])
      }
    }), { numRuns: 6 })
  }, 60_000)
})
