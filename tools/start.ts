// `npm start`: builds the app and runs it, on a machine with a display or without one.
// Arguments after `--` go to the app: npm start -- --data=/path/to/folder
import { resolveRuntime } from '#tools/electron/resolve.ts'
import { build } from '#tools/lib/build.ts'
import { hasDisplay, startVirtualDisplay } from '#tools/lib/display.ts'
import { inRoot, root } from '#tools/lib/paths.ts'
import { endAll, endAllOnSignal, start } from '#tools/lib/process.ts'
import { runTool, say, sinceStart } from '#tools/lib/terminal.ts'
import { sandboxArguments } from '#tools/lib/sandbox.ts'
import fs from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

const screenshot = inRoot('out/first-screen.png')

endAllOnSignal()
await runTool(async () => {
  const display = hasDisplay()
  const [runtime] = await Promise.all([resolveRuntime({ display }), build()])
  const args = [...sandboxArguments(), root, ...process.argv.slice(2)]
  const env = { ...process.env }
  if (!display) {
    env['DISPLAY'] = await startVirtualDisplay()
    fs.rmSync(screenshot, { force: true })
    // The last one keeps Chromium's complaints about a missing desktop out of the log.
    args.push(`--screenshot=${screenshot}`, '--log-level=3')
    say(`no display here: the app runs on a virtual one (Xvfb ${env['DISPLAY']})`)
  }
  say(`starting Cairn on Electron ${runtime.version}`)
  const app = start(runtime.executable, args, { env, stdio: ['ignore', 'inherit', 'inherit'] })
  const ended = new Promise<number>((resolve) => {
    app.once('error', () => resolve(127))
    app.once('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
  if (!display) void announceScreenshot()
  const code = await ended
  await endAll()
  return code
})

async function announceScreenshot(): Promise<void> {
  while (!fs.existsSync(screenshot)) await delay(50)
  say(`first screen after ${sinceStart()}: ${screenshot}`)
  say('the app keeps running; Ctrl+C ends it')
}
