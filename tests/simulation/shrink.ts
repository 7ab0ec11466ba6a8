import type { Plan } from './plan.ts'

/**
 * A smaller plan that still fails in the same way: fewer steps first, then fewer kinds of trouble on the wire. Each step
 * has its own seed, so that taking one away leaves the others as they were.
 */
export function shrink(plan: Plan, fails: (plan: Plan) => boolean, tries = 600): Plan {
  let left = tries
  const stillFails = (candidate: Plan): boolean => (left -= 1) >= 0 && fails(candidate)
  let smallest = withoutSteps(plan, stillFails)
  for (const kind of ['lost', 'twice', 'past', 'late', 'broken'] as const) {
    const calmer = { ...smallest, net: { ...smallest.net, [kind]: 0 } }
    if (smallest.net[kind] > 0 && stillFails(calmer)) smallest = calmer
  }
  return withoutSteps(smallest, stillFails)
}

function withoutSteps(plan: Plan, stillFails: (plan: Plan) => boolean): Plan {
  let smallest = plan
  for (let size = Math.ceil(plan.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < smallest.steps.length;) {
      const candidate = { ...smallest, steps: smallest.steps.toSpliced(from, size) }
      if (stillFails(candidate)) smallest = candidate
      else from += size
    }
  }
  return smallest
}
