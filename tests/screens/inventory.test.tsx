import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { reasonOf, titleOf } from '#renderer/app/attention/words.ts'
import { setClock } from '#renderer/app/clock.ts'
import { inventoryContribution } from '#renderer/domains/inventory/contribution.tsx'
import { amount, expiryWords, markOf } from '#renderer/domains/inventory/view.ts'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { currentToasts, dismissToast } from '#renderer/ui/toast-store.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'
import { levelsOf, stockUp, type Stocked } from '#tests/support/stock.ts'
import { seePatient } from '#tests/support/visits.ts'
import { makeWorld, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T19:12:00.000Z' // 2:12 pm in New York, a Tuesday.

/** The first screen of a file is loaded with its page. */
const SLOW = { timeout: 10_000 }

let world: World
let stock: Stocked
let stop: (() => void) | undefined
beforeEach(async () => {
  world = await makeWorld({ start: NOW })
  setClock(() => Date.parse(NOW))
  stock = await stockUp(world, { soon: 2 })
})
afterEach(() => {
  stop?.()
  queryClient.clear()
  for (const toast of currentToasts()) dismissToast(toast.id)
})

function open(path: string, role: Role = 'pharmacist') {
  const client = world.as(role)
  setTransport((parts, input, options) => callBy(client, parts, input, options))
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people[role]
  const actor = { ...testActor, userId, staffId, name: 'Jonas Weber', roles: [role], clinic: { ...testActor.clinic, timeZone: world.clinic.zone } }
  return { ...renderShell([inventoryContribution], { path, actor }), keys: userEvent.setup(), client }
}

function callBy(client: CairnClient, path: readonly string[], input: unknown, options: unknown): Promise<unknown> {
  const target = path.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
  return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
}

const level = async (lotId: string): Promise<number | undefined> => (await levelsOf(world.as('nurse'), stock.itemId))[`${lotId} ${stock.cabinetId}`]

describe('the stock list', () => {
  it('shows an item with its lots and moves, and wastes one with its keys', async () => {
    const { container, keys } = open('/stock')
    expect(await screen.findByRole('heading', { name: 'Tetanus vaccine 0.5 mL' }, SLOW)).toBeTruthy()
    expect(await screen.findAllByText(/^Received/)).toHaveLength(2)
    await expectAccessible(container)
    await keys.keyboard('1w')
    await keys.type(await screen.findByLabelText('How many doses'), '3')
    expect(screen.getByText(/more than the records show here/)).toBeTruthy()
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(async () => expect(await level(stock.soonId)).toBe(-1))
    expect(await screen.findByText('Below zero: count', {}, SLOW)).toBeTruthy()
    expect(currentToasts().map(({ strong }) => strong)).toEqual(['3 doses of Tetanus vaccine 0.5 mL'])
  })

  it('says at its field what a new item lacks, and changes nothing', async () => {
    const { keys, container } = open('/stock')
    await screen.findByRole('heading', { name: 'Tetanus vaccine 0.5 mL' }, SLOW)
    await keys.keyboard('n')
    await keys.type(await screen.findByLabelText(/^Order at/), 'many')
    await keys.keyboard('{Control>}{Enter}{/Control}')
    expect(await screen.findByText(/Say what it is/)).toBeTruthy()
    expect(screen.getByText('Write a whole number.')).toBeTruthy()
    await expectAccessible(container)
    expect((await world.as('nurse').inventory.list({})).items).toHaveLength(1)
  })

  it('offers a nurse what a nurse may do, and the front desk nothing', async () => {
    const { unmount } = open('/stock', 'nurse')
    expect(await screen.findByRole('button', { name: /Waste/ })).toBeTruthy()
    expect(screen.queryByRole('button', { name: /Quarantine|Receive|New item/ })).toBeNull()
    unmount()
    open('/stock', 'receptionist')
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Stock', level: 1 })).toBeNull())
  })
})

describe('a delivery', () => {
  it('takes a scanned box with its lot and date: a scan and a number', async () => {
    const { keys, container } = open('/stock/receive')
    await keys.type(await screen.findByRole('combobox', { name: 'What came' }), '(01)00312345678906(17)290131(10)TX777{Enter}')
    const line = await screen.findByRole('group', { name: 'Tetanus vaccine 0.5 mL' })
    expect(within(line).getByLabelText('Lot')).toHaveProperty('value', 'TX777')
    expect(within(line).getByLabelText(/Expires/)).toHaveProperty('value', '31 Jan 2029')
    expect(document.activeElement).toBe(within(line).getByLabelText('How many doses'))
    await keys.keyboard('12{Enter}')
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'What came' }))
    await expectAccessible(container)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(async () => expect((await world.as('nurse').inventory.list({})).items[0]?.onHand).toBe(34))
  })
})

describe('a count', () => {
  it('says what differed only afterwards', async () => {
    const { keys, container } = open('/stock/count')
    const sheet = await screen.findByRole('list', { name: 'Count of Cabinet' })
    expect(sheet.textContent).not.toMatch(/recorded|20(?!2\d|0)/)
    await expectAccessible(container)
    await keys.type(within(sheet).getByLabelText(/lot TX100/), '2{Enter}19')
    await keys.keyboard('{Control>}{Enter}{/Control}')
    expect(await screen.findByText(/2 lots counted, 1 different/)).toBeTruthy()
    expect(await level(stock.lateId)).toBe(19)
  })
})

describe('what a visit uses', () => {
  it('proposes the first to expire over two lots, and takes it back', async () => {
    const visit = await seePatient(world, { sign: false, startsAt: '2026-11-17T18:00:00.000Z' })
    const { keys, container } = open(`/encounters/${visit.encounterId}/stock`, 'nurse')
    await keys.type(await screen.findByRole('combobox', { name: 'What was used' }), 'tet{Enter}')
    await keys.clear(await screen.findByLabelText('How many doses'))
    await keys.type(screen.getByLabelText('How many doses'), '3')
    expect(await screen.findByText('take 2', {}, SLOW)).toBeTruthy()
    expect(screen.getByText('take 1')).toBeTruthy()
    await expectAccessible(container)
    await keys.keyboard('{Control>}{Enter}{/Control}')
    const [first] = await screen.findAllByRole('button', { name: /^Take back/ }, SLOW)
    if (!first) throw new Error('what was used is listed')
    await keys.click(first)
    await waitFor(async () => expect((await world.as('nurse').inventory.usesOfVisit({ encounterId: visit.encounterId })).uses).toHaveLength(1))
    expect(screen.getByText(/^LOPEZ, Maria/)).toBeTruthy()
  })
})

describe('who got a lot', () => {
  it('is a list of patients', async () => {
    const visit = await seePatient(world, { sign: false, startsAt: '2026-11-17T18:00:00.000Z' })
    await world.as('nurse').inventory.use({ id: world.core.platform.newId(), encounterId: visit.encounterId, itemId: stock.itemId, picks: [{ lotId: stock.soonId, placeId: stock.cabinetId, quantity: 1 }] })
    const { container } = open(`/stock/lots/${stock.soonId}`)
    expect(await screen.findByText('Lopez, Maria')).toBeTruthy()
    await expectAccessible(container)
  })
})

describe('words', () => {
  it('say a quantity, a date and the first thing to do', () => {
    expect([amount(1, 'dose'), amount(-2, 'tablet'), amount(3, 'box'), amount(5, 'mL')]).toEqual(['1 dose', '−2 tablets', '3 boxes', '5 mL'])
    expect([expiryWords('2026-11-16', '2026-11-17'), expiryWords(null, '2026-11-17').tone]).toEqual([{ words: 'expired 16 Nov', tone: 'bad' }, 'plain'])
    const row = { id: 'i', name: 'Gauze', kind: 'supply' as const, unit: 'piece', barcode: null, reorderPoint: 5, parLevel: 20, isActive: true, onHand: 4, usable: 4, firstExpiresOn: null, isBelowZero: false }
    expect(markOf(row, '2026-11-17')).toEqual({ words: 'Order 16', tone: 'warn' })
    expect(markOf({ ...row, isBelowZero: true }, '2026-11-17')?.words).toBe('Below zero: count')
    expect(markOf({ ...row, usable: 9 }, '2026-11-17')).toBeUndefined()
  })

  it('tell in Attention what went below zero', () => {
    expect(titleOf({ kind: 'merged', procedure: 'inventory.use', code: 'STOCK_BELOW_ZERO' })).toBe('Stock below zero')
    expect(reasonOf({ kind: 'merged', code: 'STOCK_BELOW_ZERO', data: {} })).toMatch(/Count the item/)
  })
})
