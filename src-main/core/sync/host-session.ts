import type { Id } from '#shared/kernel/ids.ts'
import type { ToHost, ToNode } from '#shared/sync/messages.ts'
import type { HostCore, Pull } from './host.ts'
import type { Intake } from './intake.ts'

/**
 * One machine's connection at the host. Nothing is answered before a hello that the host could welcome; commands wait their
 * turn (intake.ts), one page is on its way at a time, and whoever has everything waits here for the next change.
 */
export class HostSession {
  readonly #core: HostCore
  readonly #intake: Intake
  readonly #failed: (error: unknown) => void
  readonly #send: (message: ToNode) => void
  /** Everything that is not about commands and rows. */
  readonly #other: (message: ToHost) => void
  readonly deviceId: Id
  #isWelcome = false
  #waiting: Pull | undefined

  constructor(parts: { core: HostCore; intake: Intake; deviceId: Id; send: (message: ToNode) => void; other: (message: ToHost) => void; failed: (error: unknown) => void }) {
    this.#core = parts.core
    this.#intake = parts.intake
    this.#failed = parts.failed
    this.deviceId = parts.deviceId
    this.#send = parts.send
    this.#other = parts.other
  }

  get isWelcome(): boolean {
    return this.#isWelcome
  }

  received(message: ToHost): void {
    if (message.t === 'hello') return this.#hello(message)
    if (!this.#isWelcome) return
    switch (message.t) {
      case 'push':
        return this.#intake.add({ deviceId: this.deviceId, commands: message.commands, answer: (answer) => this.#pushed(answer), failed: this.#failed })
      case 'pull':
        this.#waiting = message
        return this.grew()
      default: return this.#other(message)
    }
  }

  /** The feed has grown: whoever waits gets the next page. */
  grew(): void {
    if (!this.#waiting) return
    const page = this.#core.page(this.deviceId, this.#waiting)
    if (!page) return
    this.#waiting = undefined
    this.#send(page)
  }

  #hello(hello: Extract<ToHost, { t: 'hello' }>): void {
    const answer = this.#core.hello(this.deviceId, hello)
    this.#isWelcome = false
    this.#waiting = undefined
    this.#send(answer)
    // Also when the feed does not go on: a snapshot is asked for over this connection.
    this.#isWelcome = answer.t === 'welcome'
  }

  #pushed(answer: ToNode): void {
    this.#send(answer)
    if (answer.t === 'revoked' || answer.t === 'refuse') this.#isWelcome = false
  }
}
