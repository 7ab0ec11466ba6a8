import { ToHost, ToNode } from '#shared/sync/messages.ts'
import type { Plan } from '../plan.ts'
import type { Agenda } from './agenda.ts'
import type { Random } from './random.ts'

export type End = 'host' | 'member'

/** What stands at each end of a connection. */
export interface Peer {
  readonly index: number
  readonly isUp: boolean
  received(connection: Connection, message: ToHost | ToNode): void
  closed(connection: Connection): void
}

export interface Connection {
  readonly number: number
  readonly host: Peer
  readonly member: Peer
  /** What each end believes. */
  readonly isOpenAt: Record<End, boolean>
  /** When the last message to each end arrives: later ones come after it, unless the network mixes them up. */
  readonly lastTo: Record<End, number>
}

interface Cut { machine: number; way: 'to-host' | 'from-host' | 'both'; until: number }

/** The network between the machines: it loses, repeats, delays, mixes up and breaks off, as the plan says. */
export class Wire {
  readonly #agenda: Agenda
  readonly #random: Random
  readonly #plan: Plan
  readonly #trace: (line: () => string) => void
  #cuts: Cut[] = []
  #count = 0
  isHealed = false

  constructor(parts: { agenda: Agenda; random: Random; plan: Plan; trace: (line: () => string) => void }) {
    this.#agenda = parts.agenda
    this.#random = parts.random
    this.#plan = parts.plan
    this.#trace = parts.trace
  }

  cut(machine: number, way: Cut['way'], ms: number): void {
    this.#cuts.push({ machine, way, until: this.#agenda.now + ms })
  }

  heal(): void {
    this.#cuts = []
    this.isHealed = true
  }

  /** Undefined where the other end does not answer. */
  connect(member: Peer, host: Peer): Connection | undefined {
    if (!host.isUp || this.#isCut(member.index, 'host') || this.#isCut(member.index, 'member')) return undefined
    return { number: (this.#count += 1), host, member, isOpenAt: { host: true, member: true }, lastTo: { host: 0, member: 0 } }
  }

  send(connection: Connection, to: End, message: ToHost | ToNode): void {
    const { lost, twice, broken } = this.#plan.net
    const text = JSON.stringify(message)
    const say = (fate: string): void => this.#trace(() => `  #${connection.number} to ${to} ${connection[to].index}: ${message.t} ${fate}`)
    if (this.#isCut(connection.member.index, to)) return say('into a cut cable')
    if (this.#happens(broken)) {
      say('broken off')
      return this.close(connection)
    }
    if (this.#happens(lost)) return say('lost')
    this.#deliver(connection, to, text)
    if (!this.#happens(twice)) return
    say('twice')
    this.#deliver(connection, to, text)
  }

  /** Both ends hear of it where the cable lets them. */
  close(connection: Connection): void {
    for (const end of ['host', 'member'] as const) {
      if (this.#isCut(connection.member.index, end)) continue
      this.#agenda.in(1, () => this.#end(connection, end))
    }
  }

  #end(connection: Connection, end: End): void {
    if (!connection.isOpenAt[end]) return
    connection.isOpenAt[end] = false
    if (connection[end].isUp) connection[end].closed(connection)
  }

  #deliver(connection: Connection, to: End, text: string): void {
    const { past, late } = this.#plan.net
    const soonest = this.#agenda.now + this.#random.between(1, 20) + (this.#happens(late) ? this.#random.between(500, 12_000) : 0)
    const at = this.#happens(past) ? soonest : Math.max(soonest, connection.lastTo[to])
    connection.lastTo[to] = Math.max(at, connection.lastTo[to])
    this.#agenda.in(at - this.#agenda.now, () => {
      if (!connection.isOpenAt[to] || !connection[to].isUp || this.#isCut(connection.member.index, to)) return
      const message = JSON.parse(text) as ToHost | ToNode // Written by `send`.
      if (this.#plan.isStrict) (to === 'host' ? ToHost : ToNode).parse(message)
      this.#trace(() => `  #${connection.number} at ${to} ${connection[to].index}: ${brief(message)}`)
      connection[to].received(connection, message)
    })
  }

  #isCut(machine: number, to: End): boolean {
    const way = to === 'host' ? 'to-host' : 'from-host'
    return this.#cuts.some((cut) => cut.machine === machine && cut.until > this.#agenda.now && (cut.way === 'both' || cut.way === way))
  }

  #happens(probability: number): boolean {
    return !this.isHealed && this.#random.chance(probability)
  }
}

function brief(message: ToHost | ToNode): string {
  switch (message.t) {
    case 'hello': return `hello cursor ${message.cursor} epoch ${message.epochSeen} outbox ${message.outboxMax}`
    case 'welcome': return `welcome epoch ${message.epoch} lastSeq ${message.lastSeq} feed ${message.feedMin}..${message.feedMax}`
    case 'push': return `push ${message.commands.map((one) => `${one.seq} ${one.name}`).join(', ')}`
    case 'pull': return `pull after ${message.after} acked ${message.ackedSeq}`
    case 'results': return `results ${message.receipts.map((one) => `${one.seq} ${one.outcome.is}`).join(', ')}`
    case 'changes': return `changes ${message.from}..${message.to} of ${message.feedMax}, receipts ${message.receipts.map((one) => `${one.seq} ${one.outcome.is}`).join(', ')}`
    default: return JSON.stringify(message).slice(0, 120)
  }
}
