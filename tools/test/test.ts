// `npm test`: everything, from types to the packaged app. `npm test -- rules commands` runs those stages,
// `npm test -- e2e scheduling` runs the end-to-end files whose name contains "scheduling".
import { endAll, endAllOnSignal } from '#tools/lib/process.ts'
import { Refusal, runTool, say, seconds, sinceStart } from '#tools/lib/terminal.ts'
import { stages, type Stage } from './stages.ts'

endAllOnSignal()
await runTool(async () => {
  const names = new Set(stages.map((stage) => stage.name))
  const wanted = process.argv.slice(2).filter((argument) => names.has(argument))
  const filters = process.argv.slice(2).filter((argument) => !names.has(argument))
  const chosen = wanted.length === 0 ? stages : stages.filter((stage) => wanted.includes(stage.name))
  if (wanted.length === 0 && filters.length > 0) throw new Refusal(`no such stage: ${filters.join(' ')}; there are ${[...names].join(' ')}`)

  const lines: string[] = []
  const total = { passed: 0, failed: 0 }
  for (const stage of chosen) {
    say(`stage ${stage.name}`)
    const begin = Date.now()
    const counts = await attempt(stage, filters)
    total.passed += counts.passed
    total.failed += counts.failed
    lines.push(`  ${stage.name.padEnd(14)}${String(counts.passed).padStart(6)} passed ${String(counts.failed).padStart(5)} failed  ${seconds(Date.now() - begin).padStart(12)}`)
    if (counts.failed > 0) say(`stage ${stage.name}: ${counts.failed} failed`)
  }
  await endAll()
  console.log(`\n${lines.join('\n')}\n  in ${sinceStart()}\n\n${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 ? 0 : 1
})

/** A stage that cannot even run is a failed one; the others still have something to say. */
async function attempt(stage: Stage, filters: string[]): Promise<{ passed: number; failed: number }> {
  try {
    return await stage.run(filters)
  } catch (error) {
    if (error instanceof Refusal) say(error.message)
    else console.error(error)
    return { passed: 0, failed: 1 }
  }
}
