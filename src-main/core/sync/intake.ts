import { assert } from '#shared/kernel/assert.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { ToNode } from '#shared/sync/messages.ts'
import type { HostCore, Push } from './host.ts'

interface Waiting extends Push {
  answer(answer: ToNode): void
  /** What was thrown is a bug or a full disk: it costs this machine its connection and nobody else anything. */
  failed(error: unknown): void
}

/**
 * Where the commands of all machines wait for their turn, in the order in which they came. Those that have come by then are
 * carried out under one commit, because making a transaction last is what costs a host most; no more of them at once than
 * one push may hold, so that everything else gets its turn in between. Nobody hears anything before the commit.
 */
export class Intake {
  readonly #core: HostCore
  /** Soon, and never at once: after everything that has arrived was heard. */
  readonly #later: (work: () => void) => void
  #waiting: Waiting[] = []

  constructor(core: HostCore, later: (work: () => void) => void) {
    this.#core = core
    this.#later = later
  }

  add(push: Waiting): void {
    this.#waiting.push(push)
    if (this.#waiting.length === 1) this.#later(() => this.#takeNext())
  }

  #takeNext(): void {
    const group = this.#waiting.splice(0, groupEnd(this.#waiting))
    if (this.#waiting.length > 0) this.#later(() => this.#takeNext())
    // While the host changes nothing is taken; what is not answered is sent again, to whoever is the host then.
    if (group.length === 0 || this.#core.isFrozen) return
    const answers = this.#together(group)
    for (const [at, push] of group.entries()) {
      try {
        push.answer(answers?.[at] ?? this.#alone(push))
      } catch (error) {
        push.failed(error)
      }
    }
  }

  /** Undefined when one of them failed for a reason that is no rule: then none of them has happened, and each is taken by itself. */
  #together(group: readonly Waiting[]): ToNode[] | undefined {
    try {
      return this.#core.push(group)
    } catch {
      return undefined
    }
  }

  /** Command by command: what stands before the one that fails is done, and what fails is its own machine's trouble. */
  #alone(push: Waiting): ToNode {
    for (const command of push.commands) this.#core.push([{ ...push, commands: [command] }])
    const [answer] = this.#core.push([push])
    assert(answer, 'each push has its answer')
    return answer
  }
}

/** How many of them are taken together. */
function groupEnd(waiting: readonly Waiting[]): number {
  let commands = 0
  const end = waiting.findIndex((push) => (commands += push.commands.length) > limits.sync_push_commands)
  return end < 0 ? waiting.length : Math.max(end, 1)
}
