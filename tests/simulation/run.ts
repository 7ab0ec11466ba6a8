import type { Bug } from './bugs.ts'
import { Violation } from './checks/violation.ts'
import { machineryFor } from './engine/machinery.ts'
import type { Plan } from './plan.ts'
import { World } from './world.ts'

export interface Ran {
  /** Undefined when every invariant held. */
  failure: { invariant: string; words: string } | undefined
  trace: readonly string[]
  tally: ReadonlyMap<string, number>
}

/** Carries out one plan from the first state to the last check. */
export function runPlan(plan: Plan, { bug, isTraced = false }: { bug?: Bug | undefined; isTraced?: boolean } = {}): Ran {
  const world = new World(plan, machineryFor(plan), { bug, isTraced })
  let failure: Ran['failure']
  try {
    world.run()
  } catch (error) {
    failure = error instanceof Violation ? { invariant: error.invariant, words: error.message } : { invariant: 'unexpected', words: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  for (const node of world.nodes) if (node.disk.db.$client.inTransaction) node.disk.db.$client.exec('rollback')
  return { failure, trace: world.lines, tally: world.monitor.tally }
}
