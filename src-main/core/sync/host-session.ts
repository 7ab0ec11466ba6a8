import type { Id } from '#shared/kernel/ids.ts'
import type { ToHost, ToNode } from '#shared/sync/messages.ts'
import type { HostCore } from './host.ts'

/**
 * One machine's connection at the host. Nothing is answered before a hello that the host could welcome; one page is on
 * its way at a time, and whoever has everything waits here for the next change.
 */
export class HostSession {
  readonly #core: HostCore
  readonly #send: (message: ToNode) => void
  /** Everything that is not about commands and rows. */
  readonly #other: (message: ToHost) => void
  readonly deviceId: Id
  #isWelcome = false
  /** Why the feed does not go on from where this machine stands: it gets no page, however often it asks. */
  #reset: Extract<ToNode, { t: 'reset' }> | undefined
  #waiting: { after: number; ackedSeq: number } | undefined

  constructor(parts: { core: HostCore; deviceId: Id; send: (message: ToNode) => void; other: (message: ToHost) => void }) {
    this.#core = parts.core
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
      case 'push': return this.#pushed(this.#core.push(this.deviceId, message.commands))
      case 'pull':
        if (this.#reset) return this.#send(this.#reset)
        this.#waiting = { after: message.after, ackedSeq: message.ackedSeq }
        return this.grew()
      default: return this.#other(message)
    }
  }

  /** The feed has grown: whoever waits gets the next page. */
  grew(): void {
    if (!this.#waiting) return
    const page = this.#core.page(this.deviceId, this.#waiting.after, this.#waiting.ackedSeq)
    if (!page) return
    this.#waiting = undefined
    this.#send(page)
  }

  #hello(hello: Extract<ToHost, { t: 'hello' }>): void {
    const answer = this.#core.hello(this.deviceId, hello)
    this.#isWelcome = false
    this.#reset = undefined
    this.#waiting = undefined
    this.#send(answer)
    if (answer.t !== 'welcome') return
    // A fork is the member's to notice, from the epochs in the welcome; anything else that does not fit is told here.
    const isForked = answer.epochs.some(({ forkTx }) => hello.cursor > forkTx)
    const branch = isForked ? 'other-branch' : this.#core.branchOf(this.deviceId, hello)
    if (branch) this.#reset = { t: 'reset', reason: branch }
    if (this.#reset && !isForked) this.#send(this.#reset)
    // Also when the feed does not go on: its commands may be taken, and a snapshot is asked for over this connection.
    this.#isWelcome = true
  }

  #pushed(answer: ToNode): void {
    this.#send(answer)
    if (answer.t === 'revoked' || answer.t === 'refuse') this.#isWelcome = false
  }
}
