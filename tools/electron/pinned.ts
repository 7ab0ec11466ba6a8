import { run } from '#tools/lib/process.ts'
import { cacheDir, inRoot } from '#tools/lib/paths.ts'
import { say } from '#tools/lib/terminal.ts'
import fs from 'node:fs'
import path from 'node:path'
import type { Runtime } from './resolve.ts'

const packageDir = inRoot('node_modules/electron')
const unreachable = path.join(cacheDir, 'electron-download-unreachable')
const probeTimeoutMs = 5_000
const downloadTimeoutMs = 15 * 60_000
const retryAfterMs = 12 * 60 * 60_000

export function pinnedVersion(): string {
  // The package's own manifest; `version` is a string in every published package.
  return (JSON.parse(fs.readFileSync(path.join(packageDir, 'package.json'), 'utf8')) as { version: string }).version
}

export function pinnedRuntime(): Runtime | undefined {
  const pathFile = path.join(packageDir, 'path.txt')
  if (!fs.existsSync(pathFile)) return undefined
  const dist = path.join(packageDir, 'dist')
  const executable = path.join(dist, fs.readFileSync(pathFile, 'utf8'))
  return fs.existsSync(executable) ? { version: pinnedVersion(), dist, executable, pinned: true } : undefined
}

/** Lets the electron package fetch its binary, unless its server was out of reach a moment ago. */
export async function downloadPinned(): Promise<Runtime | undefined> {
  if (!hasMirror() && (recentlyUnreachable() || !(await serverAnswers()))) return undefined
  say(`downloading Electron ${pinnedVersion()}`)
  await run(process.execPath, [path.join(packageDir, 'install.js')], { timeoutMs: downloadTimeoutMs })
  return pinnedRuntime()
}

function hasMirror(): boolean {
  return Boolean(process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'])
}

function recentlyUnreachable(): boolean {
  return fs.existsSync(unreachable) && Date.now() - fs.statSync(unreachable).mtimeMs < retryAfterMs
}

async function serverAnswers(): Promise<boolean> {
  try {
    await fetch('https://github.com/electron/electron/releases', { method: 'HEAD', signal: AbortSignal.timeout(probeTimeoutMs) })
    return true
  } catch {
    // No name server, a firewall, a proxy: all mean "not from here".
    fs.mkdirSync(cacheDir, { recursive: true })
    fs.writeFileSync(unreachable, '')
    return false
  }
}
