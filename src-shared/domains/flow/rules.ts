import type { Appointment } from '../scheduling/model.ts'
import type { Instant } from '../../kernel/time.ts'
import type { FlowSettings, FlowStage, Ticket } from './model.ts'

type Placed = Pick<Appointment, 'status' | 'leftAt'>
type Timed = Placed & Pick<Appointment, 'startsAt' | 'arrivedAt' | 'roomedAt' | 'startedAt' | 'fulfilledAt'>

/** A visit that is done stands at the check-out until the desk says that they have left. Undefined: called off or missed. */
export function stageOf({ status, leftAt }: Placed): FlowStage | undefined {
  switch (status) {
    case 'proposed':
    case 'booked': return 'expected'
    case 'arrived': return 'waiting'
    case 'roomed': return 'roomed'
    case 'in-progress': return 'with-doctor'
    case 'fulfilled': return leftAt === null ? 'check-out' : 'left'
    case 'cancelled':
    case 'no-show': return undefined
  }
}

/** When the present stage began; of who is expected, when they are. */
export function sinceOf(one: Timed): Instant {
  switch (stageOf(one)) {
    case 'waiting': return one.arrivedAt ?? one.startsAt
    case 'roomed': return one.roomedAt ?? one.startsAt
    case 'with-doctor': return one.startedAt ?? one.startsAt
    case 'check-out': return one.fulfilledAt ?? one.startsAt
    case 'left': return one.leftAt ?? one.startsAt
    default: return one.startsAt
  }
}

/** Those of a stage, the longest in it first. */
export const inStage = <T extends Timed & { id: string }>(appointments: readonly T[], stage: FlowStage): T[] =>
  appointments.filter((one) => stageOf(one) === stage).toSorted((a, b) => (sinceOf(a) === sinceOf(b) ? (a.id < b.id ? -1 : 1) : sinceOf(a) < sinceOf(b) ? -1 : 1))

export type WaitTone = 'plain' | 'warn' | 'bad'

export function waitTone(minutes: number, { amberMin, redMin }: Pick<FlowSettings, 'amberMin' | 'redMin'>): WaitTone {
  if (minutes >= redMin) return 'bad'
  return minutes >= amberMin ? 'warn' : 'plain'
}

export const areThresholdsInOrder = ({ amberMin, redMin }: Pick<FlowSettings, 'amberMin' | 'redMin'>): boolean => amberMin < redMin

export type FlowStep = 'arrive' | 'room' | 'start' | 'complete' | 'leave'
/** Why a card cannot be put there. */
export type NoStep = 'same' | 'back' | 'not-arrived' | 'not-done' | 'gone'
type Way = { step: FlowStep } | { refused: NoStep }

const order: readonly FlowStage[] = ['expected', 'waiting', 'roomed', 'with-doctor', 'check-out', 'left']
const stepInto: Partial<Record<FlowStage, FlowStep>> = { waiting: 'arrive', roomed: 'room', 'with-doctor': 'start', 'check-out': 'complete', left: 'leave' }

/**
 * The step that leads from one stage to another. A room or the doctor may be left out on the way, because not everybody needs
 * them; that somebody came and that the visit is done may not.
 */
export function wayBetween(from: FlowStage, to: FlowStage): Way {
  if (from === to) return { refused: 'same' }
  if (from === 'left') return { refused: 'gone' }
  if (order.indexOf(to) < order.indexOf(from)) return { refused: 'back' }
  if (from === 'expected' && to !== 'waiting') return { refused: 'not-arrived' }
  if (to === 'left' && from !== 'check-out') return { refused: 'not-done' }
  const step = stepInto[to]
  return step ? { step } : { refused: 'back' }
}

export const stageAfter = (stage: FlowStage): FlowStage | undefined => order[order.indexOf(stage) + 1]

/** "B12": said, written on the slip and shown to the waiting room. */
export const ticketCode = ({ letter, number }: Pick<Ticket, 'letter' | 'number'>): string => `${letter}${number}`

/** I and O are read as digits. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

/** The first that no machine has yet; a clinic with more machines than letters goes on with two. */
export function nextLetter(taken: ReadonlySet<string>): string {
  for (let at = 0; ; at += 1) {
    const name = at < letters.length ? letters.charAt(at) : `${letters.charAt(Math.floor(at / letters.length) - 1)}${letters.charAt(at % letters.length)}`
    if (!taken.has(name)) return name
  }
}

/** "ML". A letter with its marks is one letter. */
export const initialsOf = ({ givenName, familyName }: { givenName: string; familyName: string }): string =>
  [givenName, familyName].map((name) => [...name.normalize('NFC').trim()][0]?.toUpperCase() ?? '').join('')

export type TicketWords = { is: 'id'; id: string } | { is: 'code'; letter: string; number: number }

/** What a scanner or a person typed, if it is a ticket: the code of the slip ("CQ-…"), or its number ("b12", "B 12"). */
export function readTicket(text: string): TicketWords | undefined {
  const id = /^\s*CQ-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\s*$/i.exec(text)?.[1]
  if (id) return { is: 'id', id: id.toLowerCase() }
  const code = /^\s*([a-z]{1,2})[ -]?([1-9]\d{0,3})\s*$/i.exec(text)
  return code ? { is: 'code', letter: (code[1] ?? '').toUpperCase(), number: Number(code[2]) } : undefined
}

/** What the code on the slip says: a mark by which a scanner's words are known, and the ticket's id. */
export const ticketText = ({ id }: Pick<Ticket, 'id'>): string => `CQ-${id}`
