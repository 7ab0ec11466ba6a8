import { keepCase } from './cases.ts'
import { planFor, type Plan } from './plan.ts'
import { runPlan } from './run.ts'
import { shrink } from './shrink.ts'

/** What a failed schedule says: one command brings it back. */
export const words = (seed: number, failure: { words: string }): string => `${failure.words}\nReplay: SIM_SEED=${seed} npm run sim -- --trace`

/** Runs one seed's schedule; where it fails, the words. */
export function failureOf(seed: number): string | undefined {
  const { failure } = runPlan(planFor(seed))
  return failure && words(seed, failure)
}

/** The same failure with less around it, kept for the suite. */
export function keepSmaller(seed: number): string | undefined {
  const plan = planFor(seed)
  const { failure } = runPlan(plan)
  if (!failure) return undefined
  const smallest = shrink(plan, (candidate: Plan) => runPlan(candidate).failure?.invariant === failure.invariant)
  return keepCase({ why: runPlan(smallest).failure?.words.slice(0, 300) ?? failure.words, invariant: failure.invariant, plan: smallest })
}
