import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { listQueries } from '#main/domains/inventory/repository.lists.ts'
import { planOf } from '#tests/support/plan.ts'
import { driftOf, levelsOf, receiveLot, stockUp } from '#tests/support/stock.ts'
import { seePatient } from '#tests/support/visits.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const ids = (world: World) => world.core.platform.newId
const keeper = (world: World) => world.as('pharmacist').inventory
const nurse = (world: World) => world.as('nurse').inventory

async function visitAndStock(given?: Parameters<typeof stockUp>[1]) {
  const world = await makeWorld()
  return { world, newId: ids(world), visit: await seePatient(world, { sign: false }), ...(await stockUp(world, given)) }
}

describe('inventory.saveItem, inventory.savePlace and inventory.places', () => {
  it('keep one item of a name and of a barcode, and its unit once it has moved', async () => {
    const world = await makeWorld()
    const { itemId } = await stockUp(world)
    const { item } = await keeper(world).item({ id: itemId })
    const other = { ...item, id: ids(world)(), barcode: null }
    expect(await refusalOf(keeper(world).saveItem({ ...other, name: 'TETANUS vaccine 0.5 ml' }))).toMatchObject({ code: 'ITEM_NAME_TAKEN' })
    expect(await refusalOf(keeper(world).saveItem({ ...other, name: 'Another', barcode: '312345678906' }))).toMatchObject({ code: 'BARCODE_TAKEN' })
    expect(await refusalOf(keeper(world).saveItem({ ...item, unit: 'box' }))).toMatchObject({ code: 'UNIT_IN_USE' })
    expect(await keeper(world).saveItem({ ...item, parLevel: 30 })).toMatchObject({ parLevel: 30 })
  })

  it('close no place in which something is kept', async () => {
    const world = await makeWorld()
    const { cabinetId, fridgeId } = await stockUp(world)
    const [cabinet, fridge] = await keeper(world).places({})
    expect(cabinet?.id).toBe(cabinetId)
    expect(await refusalOf(keeper(world).savePlace({ id: cabinetId, name: 'Cabinet', isActive: false, sortOrder: 1 }))).toMatchObject({ code: 'PLACE_IN_USE' })
    expect(await keeper(world).savePlace({ id: fridgeId, name: fridge?.name ?? '', isActive: false, sortOrder: 2 })).toMatchObject({ isActive: false })
  })
})

describe('inventory.receive', () => {
  it('adds to a lot that is known, once for each delivery, and knows one date of it', async () => {
    const world = await makeWorld()
    const { itemId, cabinetId, soonId } = await stockUp(world)
    const line = { itemId, lotNumber: ' tx 100', expiresOn: '2027-01-31', quantity: 4, costCents: 1_000 }
    const delivery = { id: ids(world)(), placeId: cabinetId, lines: [line] }
    const first = await keeper(world).receive(delivery)
    expect(first.moves).toMatchObject([{ kind: 'receive', quantity: 4, lotId: soonId, costCents: 1_000 }])
    expect(await keeper(world).receive(delivery)).toEqual(first)
    expect(await levelsOf(world.as('nurse'), itemId)).toMatchObject({ [`${soonId} ${cabinetId}`]: 12 })
    expect(await refusalOf(keeper(world).receive({ ...delivery, id: ids(world)(), lines: [line, { ...line, expiresOn: '2027-02-28' }] })))
      .toEqual({ code: 'LOT_DATES_DIFFER', data: { line: 1, expiresOn: '2027-01-31' } })
    expect(await refusalOf(keeper(world).receive({ ...delivery, id: ids(world)(), placeId: ids(world)() }))).toMatchObject({ code: 'PLACE_NOT_FOUND' })
    expect(await refusalOf(keeper(world).receive({ ...delivery, id: ids(world)(), lines: [{ ...line, itemId: ids(world)() }] }))).toMatchObject({ code: 'ITEM_NOT_FOUND' })
    expect(await levelsOf(world.as('nurse'), itemId)).toMatchObject({ [`${soonId} ${cabinetId}`]: 12 })
  })
})

describe('inventory.use and inventory.usesOfVisit', () => {
  it('takes from several lots for a visit, once, and says below zero without refusing', async () => {
    const { world, newId, visit, itemId, cabinetId, soonId, lateId } = await visitAndStock({ soon: 1, late: 2 })
    const input = { id: newId(), encounterId: visit.encounterId, itemId, picks: [{ lotId: soonId, placeId: cabinetId, quantity: 1 }, { lotId: lateId, placeId: cabinetId, quantity: 3 }] }
    const used = await nurse(world).use(input)
    expect(used.belowZero).toEqual([{ lotId: lateId, placeId: cabinetId, quantity: -1 }])
    expect((await nurse(world).use(input)).moves).toEqual(used.moves)
    expect((await nurse(world).usesOfVisit({ encounterId: visit.encounterId })).uses.map(({ lotNumber, quantity, mayCorrect }) => [lotNumber, quantity, mayCorrect])).toEqual([['TX100', 1, true], ['TX200', 3, true]])
    expect(await keeper(world).alerts({})).toMatchObject({ belowZero: 1, belowReorder: 1 })
    expect((await keeper(world).list({ filter: 'below-zero' })).items).toMatchObject([{ id: itemId, onHand: -1, isBelowZero: true }])
    const events = world.core.vault.reader.select().from(auditEvents).where(eq(auditEvents.action, 'stock.used')).all()
    expect(events[0]).toMatchObject({ patientId: visit.patientId, outcome: 'done' })
  })

  it('gives nothing that has expired or is in quarantine, nothing of another item, and nothing to nobody', async () => {
    const { world, newId, visit, itemId, cabinetId, soonId } = await visitAndStock()
    const expiredId = await receiveLot(keeper(world), newId, { itemId, placeId: cabinetId, lotNumber: 'TX001', expiresOn: '2026-11-16', quantity: 3 })
    const use = (lotId: string, more: object = {}) => nurse(world).use({ id: newId(), encounterId: visit.encounterId, itemId, picks: [{ lotId, placeId: cabinetId, quantity: 1 }], ...more })
    expect(await refusalOf(use(expiredId))).toEqual({ code: 'LOT_EXPIRED', data: { lotId: expiredId } })
    await keeper(world).quarantine({ lotId: soonId, reason: 'recalled' })
    expect(await refusalOf(use(soonId))).toEqual({ code: 'LOT_QUARANTINED', data: { lotId: soonId } })
    await keeper(world).release({ lotId: soonId })
    expect((await use(soonId)).moves).toHaveLength(1)
    expect(await refusalOf(use(newId()))).toMatchObject({ code: 'LOT_NOT_FOUND' })
    expect(await refusalOf(use(soonId, { itemId: newId() }))).toMatchObject({ code: 'ITEM_NOT_FOUND' })
    expect(await refusalOf(use(soonId, { encounterId: newId() }))).toMatchObject({ code: 'VISIT_NOT_FOUND' })
  })
})

describe('inventory.quarantine and inventory.release', () => {
  it('are steps from one state to the other', async () => {
    const world = await makeWorld()
    const { soonId, itemId } = await stockUp(world)
    await keeper(world).quarantine({ lotId: soonId, reason: 'temperature' })
    expect(await refusalOf(keeper(world).quarantine({ lotId: soonId, reason: 'recalled' }))).toMatchObject({ code: 'ALREADY_QUARANTINED' })
    expect((await keeper(world).list({ filter: 'quarantined' })).items).toMatchObject([{ id: itemId, onHand: 28, usable: 20, firstExpiresOn: '2028-06-30' }])
    expect(await keeper(world).release({ lotId: soonId })).toMatchObject({ quarantinedAt: null, quarantineReason: null })
    expect(await refusalOf(keeper(world).release({ lotId: soonId }))).toMatchObject({ code: 'NOT_QUARANTINED' })
  })
})

describe('inventory.waste, inventory.giveBack, inventory.transfer and inventory.correct', () => {
  it('move with the right sign, and are countered by moves', async () => {
    const { world, newId, itemId, cabinetId, fridgeId, soonId } = await visitAndStock()
    const at = { lotId: soonId, placeId: cabinetId }
    const level = async () => (await levelsOf(world.as('nurse'), itemId))[`${soonId} ${cabinetId}`]
    await nurse(world).waste({ id: newId(), ...at, quantity: 2, reason: 'spoiled' })
    expect(await level()).toBe(6)
    await keeper(world).giveBack({ id: newId(), ...at, quantity: 1, reason: 'from-patient' })
    expect(await level()).toBe(7)
    await keeper(world).giveBack({ id: newId(), ...at, quantity: 3, reason: 'to-supplier' })
    expect(await level()).toBe(4)
    const moved = await nurse(world).transfer({ id: newId(), ...at, toPlaceId: fridgeId, quantity: 3 })
    expect(await levelsOf(world.as('nurse'), itemId)).toMatchObject({ [`${soonId} ${cabinetId}`]: 1, [`${soonId} ${fridgeId}`]: 3 })
    expect(await refusalOf(nurse(world).transfer({ id: newId(), ...at, toPlaceId: cabinetId, quantity: 1 }))).toMatchObject({ code: 'SAME_PLACE' })
    const back = await nurse(world).correct({ id: newId(), moveId: moved.moves[0]?.id ?? '' })
    expect(back.moves).toHaveLength(2)
    expect(await level()).toBe(4)
    expect(await refusalOf(nurse(world).correct({ id: newId(), moveId: moved.moves[0]?.id ?? '' }))).toMatchObject({ code: 'ALREADY_CORRECTED' })
    expect(await refusalOf(nurse(world).correct({ id: newId(), moveId: back.moves[0]?.id ?? '' }))).toMatchObject({ code: 'MOVE_NOT_YOURS' })
    expect(driftOf(world)).toEqual([])
  })

  it('another person’s move is taken back by whoever keeps the stock', async () => {
    const { world, newId, visit, itemId, cabinetId, soonId } = await visitAndStock()
    const { moves: [move] } = await nurse(world).use({ id: newId(), encounterId: visit.encounterId, itemId, picks: [{ lotId: soonId, placeId: cabinetId, quantity: 1 }] })
    expect(await refusalOf(world.as('doctor').inventory.correct({ id: newId(), moveId: move?.id ?? '' }))).toMatchObject({ code: 'MOVE_NOT_YOURS' })
    await keeper(world).correct({ id: newId(), moveId: move?.id ?? '' })
    expect(await nurse(world).usesOfVisit({ encounterId: visit.encounterId })).toMatchObject({ patient: { id: visit.patientId }, uses: [] })
    expect((await nurse(world).recall({ lotId: soonId })).uses).toEqual([])
  })
})

describe('inventory.countSheet, inventory.count and inventory.lastCount', () => {
  it('the sheet says no quantity; the difference is posted, and what was below zero is settled', async () => {
    const { world, newId, visit, itemId, cabinetId, soonId, lateId } = await visitAndStock({ soon: 1 })
    await nurse(world).use({ id: newId(), encounterId: visit.encounterId, itemId, picks: [{ lotId: soonId, placeId: cabinetId, quantity: 2 }] })
    const sheet = await keeper(world).countSheet({ placeId: cabinetId })
    expect(sheet.map((line) => line.lotNumber)).toEqual(['TX100', 'TX200'])
    expect(Object.keys(sheet[0] ?? {}).toSorted()).toEqual(['expiresOn', 'itemId', 'itemName', 'lotId', 'lotNumber', 'unit'])
    expect(await keeper(world).lastCount({ placeId: cabinetId })).toBeNull()
    const input = { id: newId(), placeId: cabinetId, lines: [{ lotId: soonId, counted: 0 }, { lotId: lateId, counted: 20 }] }
    const counted = await keeper(world).count(input)
    expect(counted.lines.map(({ lotNumber, expected, counted: found }) => [lotNumber, expected, found])).toEqual([['TX100', -1, 0], ['TX200', 20, 20]])
    expect(await keeper(world).count(input)).toEqual(counted)
    expect(await keeper(world).lastCount({ placeId: cabinetId })).toEqual(counted)
    expect(await keeper(world).alerts({})).toMatchObject({ belowZero: 0 })
    expect((await keeper(world).moves({ itemId })).moves.filter(({ kind }) => kind === 'count')).toMatchObject([{ quantity: 1, mayCorrect: false }])
    expect(await refusalOf(keeper(world).count({ ...input, id: newId(), lines: [...input.lines, { lotId: lateId, counted: 1 }] }))).toEqual({ code: 'LOT_TWICE', data: { lotId: lateId } })
    expect(driftOf(world)).toEqual([])
  })
})

describe('inventory.list, inventory.item, inventory.moves and inventory.alerts', () => {
  it('finds by words, by the number of a lot and by what a scanner reads, and pages by name', async () => {
    const world = await makeWorld()
    const { itemId } = await stockUp(world)
    for (const name of ['Amoxicillin 400 mg/5 mL', 'Gauze swab', 'Zinc oxide']) await keeper(world).saveItem({ id: ids(world)(), name, kind: 'supply', unit: 'piece', barcode: null, reorderPoint: null, parLevel: null, isActive: name !== 'Zinc oxide' })
    const find = async (search: string) => (await nurse(world).list({ search })).items.map(({ name }) => name)
    expect(await find('vacc tet')).toEqual(['Tetanus vaccine 0.5 mL'])
    expect(await find('tx2')).toEqual(['Tetanus vaccine 0.5 mL'])
    expect(await find(']d201003123456789061728063010TX200')).toEqual(['Tetanus vaccine 0.5 mL'])
    expect(await find('nothing of it')).toEqual([])
    const first = await nurse(world).list({ limit: 2 })
    const second = await nurse(world).list({ limit: 2, after: first.next })
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['Amoxicillin 400 mg/5 mL', 'Gauze swab', 'Tetanus vaccine 0.5 mL'])
    expect((await nurse(world).list({ filter: 'retired' })).items.map(({ name }) => name)).toEqual(['Zinc oxide'])
    expect((await nurse(world).item({ id: itemId })).lots.map(({ lotNumber }) => lotNumber)).toEqual(['TX100', 'TX200'])
    const page = await nurse(world).moves({ itemId, limit: 1 })
    const rest = await nurse(world).moves({ itemId, limit: 5, after: page.next })
    // Both came at one moment of the test's clock.
    expect([...page.moves, ...rest.moves].map(({ lotNumber }) => lotNumber).toSorted()).toEqual(['TX100', 'TX200'])
  })

  it('names what expires within 30, 60 and 90 days, and what has', async () => {
    const world = await makeWorld()
    const { itemId, cabinetId } = await stockUp(world)
    const expiring = async () => {
      const { expired, expiring30, expiring60, expiring90 } = await keeper(world).alerts({})
      return [expired, expiring30, expiring60, expiring90]
    }
    expect(await expiring()).toEqual([0, 0, 0, 1])
    await receiveLot(keeper(world), ids(world), { itemId, placeId: cabinetId, lotNumber: 'A', expiresOn: '2026-12-10', quantity: 1 })
    expect(await expiring()).toEqual([0, 1, 1, 1])
    await receiveLot(keeper(world), ids(world), { itemId, placeId: cabinetId, lotNumber: 'B', expiresOn: '2026-11-16', quantity: 1 })
    expect(await expiring()).toEqual([1, 1, 1, 1])
  })
})

describe('inventory.findLots and inventory.recall', () => {
  it('name everybody who got a lot and whom one may know, and count the others', async () => {
    const { world, newId, visit, itemId, cabinetId, soonId } = await visitAndStock()
    await nurse(world).use({ id: newId(), encounterId: visit.encounterId, itemId, picks: [{ lotId: soonId, placeId: cabinetId, quantity: 2 }] })
    expect(await nurse(world).findLots({ search: 'tx1' })).toMatchObject([{ id: soonId, itemName: 'Tetanus vaccine 0.5 mL' }])
    expect(await nurse(world).recall({ lotId: soonId })).toMatchObject({ keptBack: 0, uses: [{ quantity: 2, patient: { id: visit.patientId } }] })
    world.core.vault.writer.$client.prepare(`insert into restricted_patients (id, patient_id, reason, restricted_at, restricted_by) values (?, ?, 'x', ?, ?)`)
      .run(newId(), visit.patientId, '2026-11-17T14:00:00.000Z', world.clinic.people.doctor.userId)
    expect(await nurse(world).recall({ lotId: soonId })).toMatchObject({ keptBack: 1, uses: [] })
    expect(await refusalOf(nurse(world).recall({ lotId: newId() }))).toMatchObject({ code: 'LOT_NOT_FOUND' })
  })
})

describe('the plans', () => {
  it('no list scans a table that grows: items are the clinic’s own few hundred', async () => {
    const world = await makeWorld()
    const reader = world.core.vault.reader
    const scans = Object.entries(listQueries(reader)).flatMap(([name, query]) => planOf(reader, query).split('\n').filter((step) => step.startsWith('SCAN') && !/SCAN stock_items|json_each|SCAN w /.test(step)).map((step) => `${name}: ${step}`))
    expect(scans).toEqual([])
    expect(planOf(reader, listQueries(reader).items)).toMatch(/stock_items USING INDEX stock_items_by_name/)
    expect(planOf(reader, listQueries(reader).items)).not.toContain('TEMP B-TREE')
    expect(planOf(reader, listQueries(reader).movesOf)).toMatch(/stock_moves USING INDEX stock_moves_by_item/)
    expect(planOf(reader, listQueries(reader).usesOfLot)).toMatch(/stock_uses USING INDEX stock_uses_by_lot/)
  })
})

describe('levels', () => {
  it('are the sums of whatever moves there are, in any order', async () => {
    const { world, newId, itemId, cabinetId, fridgeId, soonId, lateId } = await visitAndStock()
    const act = fc.record({ lotId: fc.constantFrom(soonId, lateId), placeId: fc.constantFrom(cabinetId, fridgeId), quantity: fc.integer({ min: 1, max: 30 }), what: fc.constantFrom('waste', 'back', 'move', 'count') })
    await fc.assert(fc.asyncProperty(fc.array(act, { maxLength: 6 }), async (acts) => {
      for (const { lotId, placeId, quantity, what } of acts) {
        const of = { id: newId(), lotId, placeId, quantity }
        if (what === 'waste') await keeper(world).waste({ ...of, reason: 'lost' })
        if (what === 'back') await keeper(world).giveBack({ ...of, reason: 'from-patient' })
        if (what === 'move') await keeper(world).transfer({ ...of, toPlaceId: placeId === cabinetId ? fridgeId : cabinetId })
        if (what === 'count') {
          await keeper(world).count({ id: newId(), placeId, lines: [{ lotId, counted: quantity }] })
          expect((await levelsOf(world.as('nurse'), itemId))[`${lotId} ${placeId}`]).toBe(quantity)
        }
      }
      expect(driftOf(world)).toEqual([])
    }), { numRuns: 12 })
  })
})
