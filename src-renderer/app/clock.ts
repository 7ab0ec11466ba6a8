import { type Instant, toInstant } from '#shared/kernel/time.ts'

/** The only place in the window that reads the clock, so that a test can set it. */
let read = (): number => Date.now()

export const nowMs = (): number => read()
export const nowInstant = (): Instant => toInstant(read())

export function setClock(other: () => number): void {
  read = other
}
