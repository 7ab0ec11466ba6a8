import type { Id } from '#shared/kernel/ids.ts'

/** Questions that the host answers by their id: whoever asks waits until the answer, a break of the connection, or the end of their patience. */
export class Answers<T> {
  readonly #waiting = new Map<Id, (answer: T | undefined) => void>()

  /** Undefined when no answer came in time. */
  wait(id: Id, ms: number): Promise<T | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(undefined), ms)
      const done = (answer: T | undefined): void => {
        clearTimeout(timer)
        this.#waiting.delete(id)
        resolve(answer)
      }
      this.#waiting.set(id, done)
    })
  }

  give(id: Id, answer: T | undefined): void {
    this.#waiting.get(id)?.(answer)
  }

  /** Nobody waits for what cannot come any more. */
  giveUp(): void {
    for (const done of this.#waiting.values()) done(undefined)
  }
}
