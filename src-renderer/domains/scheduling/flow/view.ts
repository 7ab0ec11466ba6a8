import type { FlowBoard } from '#shared/domains/flow/contract.ts'
import { flowStages, type FlowStage, type QueueCall, type Ticket } from '#shared/domains/flow/model.ts'
import { inStage, sinceOf, stageOf, type NoStep } from '#shared/domains/flow/rules.ts'
import type { Board as RoomBoard } from '#shared/domains/rooms/contract.ts'
import { roomStanding, type Standing } from '#shared/domains/rooms/rules.ts'
import type { Room } from '#shared/domains/clinic/model.ts'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { freeRooms } from '#shared/domains/scheduling/rules.ts'
import { minutesBetween, type Instant } from '#shared/kernel/time.ts'
import type { VisitState } from '#renderer/ui/StateTag.tsx'

/** Pure: the day as the flow board shows it. Tested in tests/rules/flow.view.test.ts. */

export interface FlowCardView {
  one: DayAppointment
  stage: FlowStage
  minutes: number
  ticket: Ticket | undefined
  call: QueueCall | undefined
}
export interface FlowColumnView { stage: FlowStage; cards: FlowCardView[] }

export const columnsOf = (appointments: readonly DayAppointment[], { tickets, calls }: FlowBoard, now: Instant): FlowColumnView[] =>
  flowStages.map((stage) => {
    const cards = inStage(appointments, stage).map((one) => ({
      one, stage, minutes: Math.max(0, minutesBetween(sinceOf(one), now)),
      ticket: tickets.find((ticket) => ticket.appointmentId === one.id), call: calls.find((call) => call.appointmentId === one.id),
    }))
    // Whoever has left is history: the newest stands first.
    return { stage, cards: stage === 'left' ? cards.toReversed() : cards }
  })

/** Where the keys begin: whoever waits longest, else whoever is furthest behind. */
export const firstCard = (columns: readonly FlowColumnView[]): FlowCardView | undefined => {
  const cardsOf = (stage: FlowStage) => columns.find((column) => column.stage === stage)?.cards ?? []
  return [...cardsOf('waiting'), ...cardsOf('roomed'), ...cardsOf('check-out'), ...cardsOf('with-doctor'), ...cardsOf('expected')][0]
}

export interface RoomView { room: Room; standing: Standing<DayAppointment> }

export const roomViews = ({ rooms, outages, turnovers }: RoomBoard, today: readonly DayAppointment[], now: Instant): RoomView[] =>
  rooms.filter((room) => room.isActive).map((room) => ({ room, standing: roomStanding(room, { today, outages, turnovers, now }) }))

/**
 * Where somebody can be shown in now: the room they were called to, then clean ones, then those that only wait to be cleaned.
 * A room to which somebody else who still waits was called is theirs.
 */
export function roomFor(card: FlowCardView, rooms: readonly RoomView[], today: readonly DayAppointment[], waiting: readonly FlowCardView[]): Room | undefined {
  const promised = new Set(waiting.flatMap((other) => (other.call && other.one.id !== card.one.id ? [other.call.roomId] : [])))
  const stateOf = (room: Room) => rooms.find((view) => view.room.id === room.id)?.standing.state
  const free = freeRooms(rooms.map((view) => view.room), today, card.one).filter((room) => stateOf(room) !== 'out-of-service' && !promised.has(room.id))
  return free.find((room) => room.id === card.call?.roomId) ?? free.find((room) => stateOf(room) === 'free') ?? free[0]
}

/** The next room to be cleaned: key X. */
export const roomToClean = (rooms: readonly RoomView[]): Room | undefined => rooms.find(({ standing }) => standing.state === 'cleaning')?.room

/** The colours of a stage are those of the visit's state. */
export const stateOfStage: Record<FlowStage, VisitState> = {
  expected: 'booked', waiting: 'arrived', roomed: 'roomed', 'with-doctor': 'in-progress', 'check-out': 'checkout', left: 'fulfilled',
}

/** A visit that is done and has not left yet stands at the check-out, wherever its state is shown today. */
export const shownState = (one: DayAppointment, isToday: boolean): VisitState => (isToday && stageOf(one) === 'check-out' ? 'checkout' : one.status)

export const stageWords: Record<FlowStage, string> = {
  expected: 'Expected', waiting: 'Waiting', roomed: 'Roomed', 'with-doctor': 'With doctor', 'check-out': 'Check-out', left: 'Left',
}

/** On the card, when it is dropped where no step leads. */
export const noStepWords: Record<NoStep, string> = {
  same: '',
  back: 'Not moved: a step is taken back with Ctrl Z, or with Undo right after it.',
  'not-arrived': 'Not moved: say first that they are here (A).',
  'not-done': 'Not moved: the visit is not done yet. It goes to the check-out first.',
  gone: 'Not moved: they have left. A new visit begins with W.',
}
