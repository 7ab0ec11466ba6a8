import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '../..')

// Outside node_modules, so that `npm ci` does not throw away what took minutes to make.
export const cacheDir = process.env['CAIRN_CACHE'] ?? path.join(userCacheDir(), 'cairn')

export function inRoot(...parts: string[]): string {
  return path.join(root, ...parts)
}

/**
 * The script behind a command of an installed package. It is run with this Node (`process.execPath`), which is the
 * same on every system; the files in node_modules/.bin are shell scripts on one and batch files on another.
 */
export function commandScript(packageName: string, command = packageName): string {
  const folder = inRoot('node_modules', packageName)
  // The package's own manifest: `bin` is a map in all packages that are run here.
  const { bin } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as { bin: Record<string, string> }
  const script = bin[command]
  if (script === undefined) throw new Error(`${packageName} has no command ${command}`)
  return path.join(folder, script)
}

function userCacheDir(): string {
  if (process.platform === 'win32') return process.env['LOCALAPPDATA'] ?? path.join(os.homedir(), 'AppData', 'Local')
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches')
  return process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache')
}
