import { app, dialog } from 'electron'
import fs from 'node:fs'
import path from 'node:path'
import { isPackedForTests } from './hooks.ts'
import { changedNativeFiles, type NativeFiles } from './native-files.ts'
import { refusedSwitches } from './switches.ts'

/** Exit codes that say which wall stood in the way; 4 is the self-test's. */
const REFUSED_SWITCH = 3
const CHANGED_FILE = 5

/** What must hold before a packed build does anything else. Ends the process otherwise; nothing has been opened by then. */
export function checkPackage({ isCommandLine }: { isCommandLine: boolean }): void {
  if (!app.isPackaged) return
  const switches = refusedSwitches(process.argv, { withoutSandbox: isCommandLine || isPackedForTests() })
  if (switches.length > 0) end(REFUSED_SWITCH, `does not start with --${switches.join(', --')}`)
  const changed = changedNativeFiles(`${app.getAppPath()}.unpacked`, packedFiles())
  if (changed.length > 0) end(CHANGED_FILE, `does not start: ${changed.join(', ')} is not the file that was installed. Install Cairn again.`)
}

function packedFiles(): NativeFiles {
  // Written by the packaging command into the archive.
  return JSON.parse(fs.readFileSync(path.join(app.getAppPath(), 'out/native-files.json'), 'utf8')) as NativeFiles
}

function end(code: number, why: string): never {
  process.stderr.write(`Cairn ${why}\n`)
  // On Linux a box before Electron is ready is a line on stderr, which was just written.
  if (process.platform !== 'linux') dialog.showErrorBox('Cairn did not start', `Cairn ${why}`)
  process.exit(code)
}
