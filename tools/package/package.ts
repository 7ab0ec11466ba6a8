// `npm run package`: the app as a clinic gets it, unpacked in dist/. Arguments go to electron-builder:
// npm run package -- --linux deb
// `--for-tests` first: the package of the test command, in dist/test. It may start without Chromium's sandbox (root) and heeds
// the hooks of src-main/shell/hooks.ts. The mark stands inside the archive, so that no file put beside a clinic's package
// can make it one of these.
import { resolveRuntime, type Runtime } from '#tools/electron/resolve.ts'
import { build } from '#tools/lib/build.ts'
import { hasDisplay } from '#tools/lib/display.ts'
import { commandScript, inRoot } from '#tools/lib/paths.ts'
import { endAllOnSignal, run } from '#tools/lib/process.ts'
import { Refusal, runTool, say, withProgress } from '#tools/lib/terminal.ts'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { writeNativeFiles } from './native-files.ts'

const TEST_PACKAGE = ['--config.extraMetadata.cairnPackage=test', '--config.directories.output=dist/test']

endAllOnSignal()
await runTool(async () => {
  const [runtime] = await Promise.all([resolveRuntime({ display: hasDisplay() }), build()])
  writeNativeFiles()
  const isForTests = process.argv[2] === '--for-tests'
  const targets = process.argv.slice(isForTests ? 3 : 2)
  const args = [commandScript('electron-builder'), '--config', 'electron-builder.yml', ...(targets.length > 0 ? targets : ['--dir']), '--publish', 'never', ...(isForTests ? TEST_PACKAGE : []), ...(await runtimeArguments(runtime))]
  const { code, output } = await withProgress('packaging', run(process.execPath, args, { capture: true }))
  if (code !== 0) throw new Refusal(`electron-builder failed:\n${output.slice(-4000)}`)
  say(`packaged for ${process.platform} in ${inRoot(isForTests ? 'dist/test' : 'dist')}`)
})

/** The pinned Electron is taken from where it was downloaded to, the stand-in without its starter app. */
async function runtimeArguments(runtime: Runtime): Promise<string[]> {
  if (runtime.pinned) return [`--config.electronDist=${runtime.dist}`]
  const dist = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-electron-'))
  process.once('exit', () => fs.rmSync(dist, { recursive: true, force: true }))
  const starter = path.join(runtime.dist, 'resources/app')
  await fs.promises.cp(runtime.dist, dist, { recursive: true, mode: fs.constants.COPYFILE_FICLONE, filter: (file) => file !== starter })
  say(`packing Electron ${runtime.version}; a release packs the pinned one`)
  return [`--config.electronDist=${dist}`, `--config.electronVersion=${runtime.version}`]
}
