// `npm run sim`: the clinic's machines in virtual time (docs/sync.md). `-- --minutes 60` runs as many schedules as that
// takes, on every processor; `SIM_SEED=17 npm run sim -- --trace` runs one and tells everything that happens in it.
import { fork } from 'node:child_process'
import os from 'node:os'
import { failureOf, keepSmaller, words } from '#tests/simulation/campaign.ts'
import { planFor } from '#tests/simulation/plan.ts'
import { runPlan } from '#tests/simulation/run.ts'
import { runTool } from './lib/terminal.ts'

const DEFAULT_MINUTES = 1

interface Share { from: number; step: number; minutes: number }

await runTool(async () => {
  const share = process.env['SIM_SHARE']
  if (share) return runShare(JSON.parse(share) as Share) // Written below.
  const seed = Number(process.env['SIM_SEED'])
  if (Number.isInteger(seed) && process.env['SIM_SEED']) return runOne(seed, process.argv.includes('--trace'))
  const at = process.argv.indexOf('--minutes')
  return runMany(at < 0 ? DEFAULT_MINUTES : Number(process.argv[at + 1]))
})

function runOne(seed: number, isTraced: boolean): number {
  const { failure, trace } = runPlan(planFor(seed), { isTraced })
  for (const line of trace) console.log(line)
  if (!failure) {
    console.log(`Schedule ${seed}: every invariant held.`)
    return 0
  }
  console.log(words(seed, failure))
  return 1
}

/** Never the seeds of the suite again: each run looks where nobody has looked. */
async function runMany(minutes: number): Promise<number> {
  const step = os.availableParallelism()
  const first = 10_000 + Math.floor(Date.now() / 1_000) * 1_000
  console.log(`Seeds from ${first}, ${minutes} min on ${step} processors.`)
  const codes = await Promise.all(Array.from({ length: step }, (_, n) => inProcess({ from: first + n, step, minutes })))
  return Math.max(...codes)
}

function inProcess(share: Share): Promise<number> {
  return new Promise((resolve) => {
    const child = fork(import.meta.filename, [], { env: { ...process.env, SIM_SHARE: JSON.stringify(share) } })
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

/** Ends at the first failure, made smaller and kept among the cases. */
function runShare({ from, step, minutes }: Share): number {
  const until = Date.now() + minutes * 60_000
  let count = 0
  for (let seed = from; Date.now() < until; seed += step) {
    count += 1
    const failure = failureOf(seed)
    if (!failure) continue
    console.log(failure)
    console.log(`Kept as ${keepSmaller(seed) ?? 'nothing: it did not fail again'}`)
    return 1
  }
  console.log(`${count} schedules, every invariant held.`)
  return 0
}
