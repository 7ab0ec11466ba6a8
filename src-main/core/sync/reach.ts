import type { Id } from '#shared/kernel/ids.ts'
import type { ToHost, ToNode } from '#shared/sync/messages.ts'
import { Answers } from './answers.ts'

/** How long a sign-in waits for a connection that is just being made, and for the host's answer. */
const CONNECT_MS = 2_000
const ANSWER_MS = 20_000

export type Proved = Extract<ToNode, { t: 'proved' }>

/** Whether the host is in reach, and what is asked of it beside commands and rows. */
export class Reach {
  readonly #proofs = new Answers<Proved>()
  readonly #connecting = new Set<() => void>()
  #isConnected = false
  /** Set by the connection: false while there is none. */
  send: (message: ToHost) => boolean = () => false

  get isConnected(): boolean {
    return this.#isConnected
  }

  set isConnected(isConnected: boolean) {
    this.#isConnected = isConnected
    if (isConnected) for (const go of this.#connecting) go()
    else this.#proofs.giveUp()
  }

  /** At once, or as soon as a connection that is being made stands. */
  async isInReach(ms = CONNECT_MS): Promise<boolean> {
    if (this.#isConnected) return true
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, ms)
    this.#connecting.add(resolve)
    await promise
    clearTimeout(timer)
    this.#connecting.delete(resolve)
    return this.#isConnected
  }

  /**
   * Asks the host whether a password is right. It goes out over mutual TLS, to the one machine that may judge it, and what
   * comes back is the person's private key: only after the password, and only to a machine that the clinic has paired.
   */
  prove(id: Id, person: { userName: string; password: string }): Promise<Proved | undefined> {
    const answer = this.#proofs.wait(id, ANSWER_MS)
    if (!this.send({ t: 'prove', id, ...person })) this.#proofs.give(id, undefined)
    return answer
  }

  proved(message: Proved): void {
    this.#proofs.give(message.id, message)
  }
}
