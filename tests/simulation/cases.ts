import fs from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { inRoot } from '#tools/lib/paths.ts'
import { Plan } from './plan.ts'

/** A schedule that failed once, as small as it got, and what was wrong. */
export const Case = z.strictObject({ why: z.string(), invariant: z.string(), plan: Plan })
export type Case = z.infer<typeof Case>

const folder = inRoot('tests/simulation/cases')

export const readCases = (): { name: string; kept: Case }[] =>
  fs.readdirSync(folder).filter((name) => name.endsWith('.json')).sort().map((name) => ({ name, kept: Case.parse(JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'))) }))

/** Answers where it lies. Whoever finds the cause writes it into `why`. */
export function keepCase(kept: Case): string {
  const file = path.join(folder, `${kept.invariant.toLowerCase()}-${kept.plan.seed}.json`)
  const steps = kept.plan.steps.map((step) => `\n    ${JSON.stringify(step)}`).join(',')
  const { steps: _, ...rest } = kept.plan
  fs.writeFileSync(file, `{\n  "why": ${JSON.stringify(kept.why)},\n  "invariant": ${JSON.stringify(kept.invariant)},\n  "plan": ${JSON.stringify(rest).slice(0, -1)},"steps":[${steps}]}\n}\n`)
  return file
}
