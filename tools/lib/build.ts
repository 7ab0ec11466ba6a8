import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { withLock } from './lock.ts'
import { commandScript, inRoot } from './paths.ts'
import { run } from './process.ts'
import { Refusal, withProgress } from './terminal.ts'

const sources = ['src-main', 'src-renderer', 'src-shared', 'drizzle', 'resources']
const files = ['package.json', 'package-lock.json', 'electron.vite.config.ts']
const stampFile = inRoot('out/build-stamp')

/** Builds the app into out/, unless what is there was made from exactly these sources. */
export function build(): Promise<void> {
  return withLock(inRoot('out/build.lock'), 'the build', buildIfOld)
}

async function buildIfOld(): Promise<void> {
  const stamp = sourceStamp()
  if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === stamp) return
  fs.rmSync(stampFile, { force: true })
  const result = await withProgress('building', run(process.execPath, [commandScript('electron-vite'), 'build', '--logLevel', 'warn'], { capture: true }))
  if (result.code !== 0) throw new Refusal(`the build failed:\n${result.output}`)
  fs.writeFileSync(stampFile, stamp)
}

function sourceStamp(): string {
  const hash = createHash('sha256')
  const all = sources.flatMap((dir) => filesBelow(inRoot(dir))).concat(files.map((file) => inRoot(file)))
  for (const file of all.toSorted()) {
    const { size, mtimeMs } = fs.statSync(file)
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

function filesBelow(dir: string): string[] {
  if (!fs.existsSync(dir)) return []
  return fs.readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
}
