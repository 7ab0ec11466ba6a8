// `npm run dev`: the app with hot reload of the screens, and a restart when the main process changes.
import { resolveRuntime } from '#tools/electron/resolve.ts'
import { hasDisplay, startVirtualDisplay } from '#tools/lib/display.ts'
import { commandScript } from '#tools/lib/paths.ts'
import { endAll, endAllOnSignal, run } from '#tools/lib/process.ts'
import { sandboxArguments } from '#tools/lib/sandbox.ts'
import { runTool, say } from '#tools/lib/terminal.ts'

endAllOnSignal()
await runTool(async () => {
  const display = hasDisplay()
  const runtime = await resolveRuntime({ display })
  const env: NodeJS.ProcessEnv = { ...process.env, ELECTRON_EXEC_PATH: runtime.executable }
  if (!display) {
    env['DISPLAY'] = await startVirtualDisplay()
    say(`no display here: the app runs on a virtual one (Xvfb ${env['DISPLAY']})`)
  }
  const args = [commandScript('electron-vite'), 'dev', '--watch', '--', ...sandboxArguments(), ...process.argv.slice(2)]
  const { code } = await run(process.execPath, args, { env })
  await endAll()
  return code
})
