import { _electron, type ElectronApplication } from '@playwright/test'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sandboxArguments } from '#tools/lib/sandbox.ts'

/** A program in a window of its own, with a profile that nobody used before. */
export function launch(args: string[], env: Record<string, string>): Promise<ElectronApplication> {
  const executablePath = process.env['CAIRN_ELECTRON'] ?? ''
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-bench-'))
  return _electron.launch({ executablePath, args: [...sandboxArguments(), ...args, `--user-data-dir=${profile}`], env: { ...process.env as Record<string, string>, ...env } })
}

/** The check of every page that follows the first sign-in reads the whole file in another thread; it is not what is measured. */
export async function untilQuiet(app: ElectronApplication): Promise<void> {
  for (let quiet = 0; quiet < 3;) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    const busy = await app.evaluate(({ app: electron }) => electron.getAppMetrics().find((one) => one.name === 'Cairn core')?.cpu.percentCPUUsage ?? 0)
    quiet = busy < 5 ? quiet + 1 : 0
  }
}
