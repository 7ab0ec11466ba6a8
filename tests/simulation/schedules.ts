import { expect, it } from 'vitest'
import { failureOf } from './campaign.ts'

/** Four files, so that they run beside each other. */
const PARTS = 4
const SCHEDULES = 2_000
const IN_ONE_TEST = 100

/** One part of the schedules of every run, the same seeds each time: what fails here fails everywhere. */
export function describeSchedules(part: number): void {
  const each = SCHEDULES / PARTS
  const first = (part - 1) * each + 1
  for (let from = first; from < first + each; from += IN_ONE_TEST) {
    it(`holds every invariant in schedules ${from} to ${from + IN_ONE_TEST - 1}`, () => {
      const seeds = Array.from({ length: IN_ONE_TEST }, (_, n) => from + n)
      expect(seeds.flatMap((seed) => failureOf(seed) ?? [])).toEqual([])
    })
  }
}
