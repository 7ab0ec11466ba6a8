import type { Timers } from '#main/core/network/timers.ts'

export interface TestTimers extends Timers {
  /** Lets time pass: what is due runs, in order, also what is set on the way. */
  advance(ms: number): void
  /** How long until the next is due; undefined when nothing waits. */
  readonly nextMs: number | undefined
}

/** Timers that go off when the test says so. */
export function testTimers(): TestTimers {
  let now = 0
  const waiting = new Set<{ at: number; again: number | undefined; run: () => void }>()
  const set = (ms: number, again: number | undefined, run: () => void): (() => void) => {
    const timer = { at: now + ms, again, run }
    waiting.add(timer)
    return () => void waiting.delete(timer)
  }
  const next = (): { at: number; again: number | undefined; run: () => void } | undefined => [...waiting].toSorted((a, b) => a.at - b.at)[0]
  return {
    after: (ms, run) => set(ms, undefined, run),
    every: (ms, run) => set(ms, ms, run),
    get nextMs() {
      const timer = next()
      return timer && timer.at - now
    },
    advance: (ms) => {
      const end = now + ms
      for (let timer = next(); timer && timer.at <= end; timer = next()) {
        now = timer.at
        if (timer.again === undefined) waiting.delete(timer)
        else timer.at += timer.again
        timer.run()
      }
      now = end
    },
  }
}
