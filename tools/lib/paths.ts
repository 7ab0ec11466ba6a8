import os from 'node:os'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '../..')

// Outside node_modules, so that `npm ci` does not throw away what took minutes to make.
export const cacheDir = process.env['CAIRN_CACHE'] ?? path.join(userCacheDir(), 'cairn')

export function inRoot(...parts: string[]): string {
  return path.join(root, ...parts)
}

/** The command of an installed package, for example `bin('vitest')`. */
export function bin(name: string): string {
  return inRoot('node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)
}

function userCacheDir(): string {
  if (process.platform === 'win32') return process.env['LOCALAPPDATA'] ?? path.join(os.homedir(), 'AppData', 'Local')
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches')
  return process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache')
}
