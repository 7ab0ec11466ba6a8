import { planFor } from '/work/wt-sim/tests/simulation/plan.ts'
import { runPlan } from '/work/wt-sim/tests/simulation/run.ts'
const [from, count, trace] = process.argv.slice(2).map(Number)
const tally = new Map<string, number>()
const started = performance.now()
const kinds = new Map<string, number[]>()
for (let s = from!; s < from! + count!; s++) {
  const plan = planFor(s)
  const r = runPlan(plan, { isTraced: Boolean(trace) })
  for (const [k, n] of r.tally) tally.set(k, (tally.get(k) ?? 0) + n)
  if (r.failure) { const k = r.failure.invariant; kinds.set(k, [...(kinds.get(k) ?? []), s]); if ((kinds.get(k)!.length) < 4) console.log(s, r.failure.words.slice(0, 900)) }
  if (trace) for (const l of r.trace) console.log(l)
}
const ms = performance.now() - started
console.log(count, 'in', Math.round(ms), 'ms', (count! / ms * 1000).toFixed(1), '/s')
console.log([...kinds].map(([k, v]) => `${k}: ${v.length} ${v.slice(0, 12)}`).join('\n'))
if (process.env.TALLY) console.log([...tally].sort().map(([k, n]) => `${k} ${n}`).join('\n'))
