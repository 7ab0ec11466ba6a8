import { expect, it } from 'vitest'
import { readCases } from './cases.ts'
import { planFor } from './plan.ts'
import { runPlan } from './run.ts'
import { shrink } from './shrink.ts'

it.each(readCases())('holds what once did not: $name', ({ kept }) => {
  expect(runPlan(kept.plan).failure).toBeUndefined()
})

it('does the same with the same seed, to the letter', () => {
  const [one, other] = [runPlan(planFor(7), { isTraced: true }), runPlan(planFor(7), { isTraced: true })]
  expect(one.trace.length).toBeGreaterThan(50)
  expect(other.trace).toEqual(one.trace)
})

it('makes a plan smaller as long as it fails in the same way', () => {
  const plan = planFor(4)
  const [wanted] = plan.steps.filter((step) => step.do === 'command' && step.what === 'book')
  const smallest = shrink(plan, (candidate) => candidate.steps.some((step) => step === wanted))
  expect(smallest.steps).toEqual([wanted])
  expect(smallest.net).toEqual({ lost: 0, twice: 0, past: 0, late: 0, broken: 0 })
})
