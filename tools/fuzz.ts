// `npm run fuzz`: 10,000 inputs for each command instead of the 1,000 of `npm test`; CAIRN_FUZZ says another number.
// `npm run fuzz -- billing` sends them to one domain.
import { commandScript } from '#tools/lib/paths.ts'
import { endAllOnSignal, run } from '#tools/lib/process.ts'
import { runTool } from '#tools/lib/terminal.ts'

endAllOnSignal()
await runTool(async () => {
  const [domain] = process.argv.slice(2)
  const args = ['run', '--config', 'tests/vitest.config.ts', '--project', 'access', 'tests/access/fuzz', ...(domain ? ['-t', `^${domain} `] : [])]
  const { code } = await run(process.execPath, [commandScript('vitest'), ...args], { env: { ...process.env, CAIRN_FUZZ: process.env['CAIRN_FUZZ'] ?? '10000' } })
  return code
})
