// `node tools/electron/prepare.ts`: makes the runtime ready and prints where it is.
import { endAllOnSignal } from '#tools/lib/process.ts'
import { hasDisplay } from '#tools/lib/display.ts'
import { runTool } from '#tools/lib/terminal.ts'
import { resolveRuntime } from './resolve.ts'

endAllOnSignal()
await runTool(async () => {
  const runtime = await resolveRuntime({ display: hasDisplay() })
  console.log(runtime.executable)
})
