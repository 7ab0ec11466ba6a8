// `npm run bench`: runs the benchmarks of tests/bench one after the other, or only those that are named:
// npm run bench -- search chart
import { resolveRuntime } from '#tools/electron/resolve.ts'
import { build } from '#tools/lib/build.ts'
import { hasDisplay, startVirtualDisplay } from '#tools/lib/display.ts'
import { inRoot } from '#tools/lib/paths.ts'
import { endAll, endAllOnSignal, run } from '#tools/lib/process.ts'
import { Refusal, runTool, say } from '#tools/lib/terminal.ts'
import fs from 'node:fs'
import path from 'node:path'

const folder = inRoot('tests/bench')
const suffix = '.bench.ts'

endAllOnSignal()
await runTool(async () => {
  const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
  const options = process.argv.slice(2).filter((argument) => argument.startsWith('-'))
  const files = fs.readdirSync(folder).filter((file) => file.endsWith(suffix)).toSorted()
  const wanted = names.length === 0 ? files : files.filter((file) => names.includes(path.basename(file, suffix)))
  if (wanted.length === 0) throw new Refusal(`no such benchmark; there are: ${files.map((file) => path.basename(file, suffix)).join(', ')}`)
  const display = hasDisplay()
  const [runtime] = await Promise.all([resolveRuntime({ display }), build()])
  const env: NodeJS.ProcessEnv = { ...process.env, CAIRN_ELECTRON: runtime.executable }
  if (!display) env['DISPLAY'] = await startVirtualDisplay()
  let failed = 0
  for (const file of wanted) {
    say(`bench ${path.basename(file, suffix)}`)
    const { code } = await run(process.execPath, [path.join(folder, file), ...options], { env })
    if (code !== 0) failed++
  }
  await endAll()
  return failed === 0 ? 0 : 1
})
