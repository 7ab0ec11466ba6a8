import { bugs } from './bugs.ts'
import { planFor } from './plan.ts'
import { runPlan } from './run.ts'
const only = process.argv[2]
for (const [name, bug] of Object.entries(bugs)) {
  if (only && !name.includes(only)) continue
  const found: string[] = []
  for (let s = 1; s <= Number(process.argv[3] ?? 60); s++) { const plan = planFor(s); if (bug.needs && !plan.steps.some((x) => x.do === bug.needs)) continue; const r = runPlan(plan, { bug }); if (r.failure) { found.push(`${s} ${r.failure.invariant}`); if (found.length < 3) console.log(name, s, r.failure.words.slice(0, 300)) } }
  console.log(name, found.length, found.slice(0, 12).join(', '))
}
