import { bugs } from './bugs.ts'
import { planFor } from './plan.ts'
import { runPlan } from './run.ts'
const only = process.argv[2]!
for (const [name, bug] of Object.entries(bugs)) {
  if (!name.includes(only)) continue
  for (let s = 1; s <= Number(process.argv[3]); s++) { const plan = planFor(s); if (bug.needs && !plan.steps.some((x) => x.do === bug.needs)) continue; const r = runPlan(plan, { bug }); if (r.failure) console.log(name, s, r.failure.words.slice(0, 700)) }
}
