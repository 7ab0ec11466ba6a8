import { platformWith, type Platform } from '#main/core/platform/platform.ts'

export interface TestClock extends Platform {
  /** Sets the time, as an instant. */
  set(instant: string): void
  advanceMinutes(minutes: number): void
}

/** Time stands still until the test moves it; randomness is real, because keys must differ. */
export function testClock(start = '2026-11-17T15:00:00.000Z'): TestClock {
  let ms = Date.parse(start)
  const platform = platformWith(() => ms, (bytes) => crypto.getRandomValues(new Uint8Array(bytes)))
  return {
    ...platform,
    set: (instant) => void (ms = Date.parse(instant)),
    advanceMinutes: (minutes) => void (ms += minutes * 60_000),
  }
}
