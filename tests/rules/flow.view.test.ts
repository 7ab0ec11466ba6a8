import { describe, expect, it } from 'vitest'
import type { Room } from '#shared/domains/clinic/model.ts'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { addMinutes } from '#shared/kernel/time.ts'
import { columnsOf, firstCard, roomFor, roomToClean, roomViews, shownState, type FlowCardView } from '#renderer/domains/scheduling/flow/view.ts'

const NOW = '2026-11-17T15:30:00.000Z'
const rooms: Room[] = [1, 2, 3].map((number) => ({ id: `r${number}`, name: `Room ${number}`, kind: 'exam', sortOrder: number, isActive: true }))

function visit(id: string, status: DayAppointment['status'], more: Partial<DayAppointment> = {}): DayAppointment {
  return {
    id, patientId: `p${id}`, providerId: 'haddad', roomId: null, typeId: null, startsAt: NOW, endsAt: addMinutes(NOW, 15), reason: null, status,
    arrivedAt: addMinutes(NOW, -20), roomedAt: addMinutes(NOW, -10), startedAt: addMinutes(NOW, -5), fulfilledAt: addMinutes(NOW, -2), leftAt: null, cancelledAt: null, cancelReason: null, version: 1,
    bufferBeforeMin: 0, bufferAfterMin: 0, telehealthUrl: null, seriesId: null, seriesPlace: null, capacity: 1, seriesVisits: null, missedReason: null, isRestricted: false, typeName: null, typeColour: null, roomName: null, encounterId: null,
    patient: { id: `p${id}`, mrn: 1, familyName: id, givenName: 'Given', sex: 'female', birthDate: '1958-03-12', phone: null }, ...more,
  }
}
const nothing = { tickets: [], calls: [] }
const board = { rooms, equipment: [], outages: [], bookings: [], turnovers: [] }
const cardOf = (all: DayAppointment[], id: string, called: typeof nothing | { tickets: []; calls: object[] } = nothing): FlowCardView => {
  const card = columnsOf(all, called as typeof nothing, NOW).flatMap((column) => column.cards).find((one) => one.one.id === id)
  if (!card) throw new Error(`no card ${id}`)
  return card
}

describe('the flow board', () => {
  it('stands everybody in their stage, and whoever waits longest under the keys', () => {
    const all = [visit('a', 'arrived'), visit('b', 'arrived', { arrivedAt: addMinutes(NOW, -40) }), visit('c', 'booked'), visit('d', 'fulfilled'), visit('e', 'fulfilled', { leftAt: NOW }), visit('f', 'cancelled')]
    const columns = columnsOf(all, nothing, NOW)
    expect(columns.map((column) => [column.stage, column.cards.map((card) => card.one.id)])).toEqual([
      ['expected', ['c']], ['waiting', ['b', 'a']], ['roomed', []], ['with-doctor', []], ['check-out', ['d']], ['left', ['e']],
    ])
    expect(firstCard(columns)?.one.id).toBe('b')
    expect(columns[1]?.cards[0]?.minutes).toBe(40)
    expect(firstCard(columnsOf([visit('c', 'booked'), visit('d', 'fulfilled')], nothing, NOW))?.one.id).toBe('d')
  })

  it('proposes a clean room, keeps one that somebody was called to, and names the one to clean', () => {
    const done = visit('z', 'fulfilled', { roomId: 'r1' })
    const all = [visit('a', 'arrived'), visit('b', 'arrived'), done, visit('x', 'in-progress', { roomId: 'r2' })]
    const views = roomViews(board, all, NOW)
    expect(views.map(({ standing }) => standing.state)).toEqual(['cleaning', 'occupied', 'free'])
    expect(roomToClean(views)?.id).toBe('r1')
    const waiting = columnsOf(all, nothing, NOW)[1]?.cards ?? []
    expect(roomFor(cardOf(all, 'a'), views, all, waiting)?.id).toBe('r3')
    const called = { tickets: [] as [], calls: [{ id: 'k', appointmentId: 'b', roomId: 'r3', roomName: 'Room 3', code: 'A1', calledAt: NOW }] }
    const now = columnsOf(all, called as never, NOW)[1]?.cards ?? []
    // It is promised to somebody else, so the one that only waits to be cleaned is left.
    expect(roomFor(cardOf(all, 'a', called), views, all, now)?.id).toBe('r1')
    expect(roomFor(cardOf(all, 'b', called), views, all, now)?.id).toBe('r3')
    const out = roomViews({ ...board, outages: [{ id: 'o', roomId: 'r3', equipmentId: null, startsAt: addMinutes(NOW, -5), endsAt: addMinutes(NOW, 60), reason: 'Lamp' }] }, all, NOW)
    expect(roomFor(cardOf(all, 'a'), out, all, waiting)?.id).toBe('r1')
  })

  it('shows a visit that is done as the check-out until they have left, and of other days as done', () => {
    expect(shownState(visit('a', 'fulfilled'), true)).toBe('checkout')
    expect(shownState(visit('a', 'fulfilled'), false)).toBe('fulfilled')
    expect(shownState(visit('a', 'fulfilled', { leftAt: NOW }), true)).toBe('fulfilled')
    expect(shownState(visit('a', 'roomed'), true)).toBe('roomed')
  })
})
