import { refuse } from '#shared/rpc/errors.ts'
import type { CallFunction } from '#shared/rpc/client.ts'
import { network } from '#shared/domains/network/contract.ts'
import type { AttentionItem, NetworkState } from '#shared/domains/network/model.ts'
import { invalidateTopics } from '#renderer/rpc/api.ts'

type Name = keyof typeof network
type Answer = (input: never) => unknown

/**
 * What the other machines of a clinic would make the core answer, for one window without any: everything else goes to the
 * real core. Inputs and answers are held against the contract, so no screen is shown what no core can say.
 */
export interface ScriptedNetwork {
  call: CallFunction
  state: (changes: Partial<NetworkState>) => void
  answer: (name: Name, answer: Answer) => void
  attention: (items: readonly AttentionItem[]) => void
  /** Every action that was asked for, in order. */
  asked: { name: string; input: unknown }[]
  /** A procedure of another domain that this machine may not answer: it has no charts, or its host is away. */
  refuses: (procedure: string, code: string) => void
  /** One piece of the stream that is open under this name. */
  say: (name: Name, piece: unknown) => void
  /** Ends that stream, with a refusal or as done. */
  end: (name: Name, error?: Error) => void
}

export const calm: NetworkState = {
  role: 'member', profile: 'front-desk', link: 'connected', offlineSince: null, stoppedBy: null, hostName: 'Back office', epoch: 1, cursor: 0, connected: 0, unsent: 0, unsentSince: null,
  attention: 0, behind: 0, pending: [], clockOffBySeconds: null,
}

export function scriptedNetwork(core: CallFunction): ScriptedNetwork {
  let state = calm
  let items: readonly AttentionItem[] = []
  const answers = new Map<string, Answer>()
  const streams = new Map<string, Pieces>()
  const asked: ScriptedNetwork['asked'] = []
  const refusals = new Map<string, string>()

  const settle = ({ id }: { id: string }) => {
    items = items.filter((item) => item.id !== id)
    state = { ...state, attention: items.length }
    tell()
    return {}
  }
  const usual: Record<string, Answer> = { state: () => state, attention: () => items, settle: settle as Answer, tryNow: () => ({}), members: () => [] }
  const reply = (name: Name, input: unknown): unknown => {
    const procedure = network[name]
    const parsed = procedure.input.parse(input)
    if (procedure.kind === 'action' || procedure.kind === 'stream') asked.push({ name, input: parsed })
    if (procedure.kind === 'stream') return open(name)
    const answer = answers.get(name) ?? usual[name]
    if (!answer) throw new Error(`nothing is scripted for network.${name}`)
    return procedure.output.parse(answer(parsed as never))
  }
  const open = (name: Name): AsyncIterable<unknown> => {
    const pieces = new Pieces()
    streams.set(name, pieces)
    return pieces
  }
  const pieces = (name: Name): Pieces => {
    const found = streams.get(name)
    if (!found) throw new Error(`no stream network.${name} is open`)
    return found
  }
  return {
    asked,
    call: async (path, input, options) => {
      if (path[0] === 'network') return reply(path[1] as Name, input) // The contract's own names.
      const code = refusals.get(path.join('.'))
      if (code !== undefined) throw refuse(code)
      return core(path, input, options)
    },
    refuses: (procedure, code) => void refusals.set(procedure, code),
    state: (changes) => {
      state = { ...state, ...changes }
      tell()
    },
    answer: (name, answer) => void answers.set(name, answer),
    attention: (next) => {
      items = next
      state = { ...state, attention: next.length }
      tell()
    },
    say: (name, piece) => pieces(name).push(network[name].output.parse(piece)),
    end: (name, error) => pieces(name).finish(error),
  }
}

/** As the core does when something of the network has changed. */
const tell = (): void => invalidateTopics(['network'])

/** Pieces in the order in which they were said, whoever was first: the one who says or the one who waits. */
class Pieces implements AsyncIterable<unknown> {
  readonly #said: unknown[] = []
  #isOver = false
  #error: Error | undefined
  #wake = (): void => undefined

  push(piece: unknown): void {
    this.#said.push(piece)
    this.#wake()
  }

  finish(error?: Error): void {
    this.#isOver = true
    this.#error = error
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown> {
    for (;;) {
      while (this.#said.length > 0) yield this.#said.shift()
      if (this.#error) throw this.#error
      if (this.#isOver) return
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
