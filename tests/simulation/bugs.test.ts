import { expect, it } from 'vitest'
import { bugs, type Bug } from './bugs.ts'
import { planFor } from './plan.ts'
import { runPlan } from './run.ts'

/** So many schedules in which the mistake could show must be enough to see it. */
const SEEDS = 60

/** The first invariant that breaks under a planted mistake. */
function firstCaught(bug: Bug): string | undefined {
  let left = SEEDS
  for (let seed = 1; left > 0; seed += 1) {
    const plan = planFor(seed)
    const has = (what: typeof bug.needs): boolean => plan.steps.some((step) => step.do === what)
    if ((bug.needs !== undefined && !has(bug.needs)) || has(bug.without)) continue
    left -= 1
    const { failure } = runPlan(plan, { bug })
    if (failure) return failure.invariant
  }
  return undefined
}

it.each(Object.entries(bugs))('finds a mistake that is put into the engine: %s', (_name, bug) => {
  expect(bug.shows).toContain(firstCaught(bug))
})
