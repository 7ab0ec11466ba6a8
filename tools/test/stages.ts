import { resolveRuntime, type Runtime } from '#tools/electron/resolve.ts'
import { installDebianPackages } from '#tools/electron/system-libraries.ts'
import { build } from '#tools/lib/build.ts'
import { hasDisplay, startVirtualDisplay } from '#tools/lib/display.ts'
import { commandScript, inRoot } from '#tools/lib/paths.ts'
import { run } from '#tools/lib/process.ts'
import fs from 'node:fs'
import path from 'node:path'
import { readPlaywrightReport, readVitestReport, type Counts } from './reports.ts'

export type Stage = { name: string; run: (filters: string[]) => Promise<Counts> }

const artifacts = inRoot('tests/.artifacts')
const vitestKinds = ['architecture', 'rules', 'commands', 'access', 'migrations', 'transport', 'simulation', 'crash', 'screens']

/** Cheap and general first: a type error is known after seconds, before anything is built. */
export const stages: Stage[] = [
  { name: 'types', run: () => check(inRoot('tools/types.ts')) },
  { name: 'lint', run: () => check(commandScript('oxlint'), ['--deny-warnings']) },
  ...vitestKinds.filter(hasTests).map((kind) => ({ name: kind, run: (filters: string[]) => vitest(kind, filters) })),
  { name: 'network', run: (filters) => network(filters) },
  { name: 'e2e', run: (filters) => playwright(filters) },
  { name: 'package', run: async (filters) => vitest('package', ['--no-file-parallelism', ...filters], await electronEnvironment()) },
]

/** A stage without single tests counts as one. */
async function check(script: string, args: string[] = []): Promise<Counts> {
  const { code } = await run(process.execPath, [script, ...args])
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

function hasTests(kind: string): boolean {
  const folder = inRoot('tests', kind)
  return fs.existsSync(folder) && fs.readdirSync(folder, { recursive: true }).some((file) => /\.test\.tsx?$/.test(String(file)))
}

async function vitest(project: string, filters: string[], env: NodeJS.ProcessEnv = process.env): Promise<Counts> {
  const report = reportFile(project)
  const args = ['run', '--config', 'tests/vitest.config.ts', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters]
  const { code } = await run(process.execPath, [commandScript('vitest'), ...args], { env })
  return readVitestReport(report, code)
}

/** Whole machines as processes, one file after the other: each of them keeps both cores of a small computer busy. */
async function network(filters: string[]): Promise<Counts> {
  await installDebianPackages([{ package: 'iproute2', present: () => ['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip'].some((file) => fs.existsSync(file)) }])
  return vitest('network', ['--no-file-parallelism', ...filters])
}

async function playwright(filters: string[]): Promise<Counts> {
  await build()
  const report = reportFile('e2e')
  const args = ['test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=list,json', ...filters]
  const env = { ...(await electronEnvironment()), PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  const { code } = await run(process.execPath, [commandScript('@playwright/test', 'playwright'), ...args], { env })
  return readPlaywrightReport(report, code)
}

let environment: Promise<NodeJS.ProcessEnv> | undefined

/** The runtime and one display for all stages that open windows. */
function electronEnvironment(): Promise<NodeJS.ProcessEnv> {
  environment ??= prepare()
  return environment
}

async function prepare(): Promise<NodeJS.ProcessEnv> {
  const display = hasDisplay()
  const runtime: Runtime = await resolveRuntime({ display })
  const env: NodeJS.ProcessEnv = { ...process.env, CAIRN_ELECTRON: runtime.executable, CAIRN_ELECTRON_DIST: runtime.dist, CAIRN_ELECTRON_VERSION: runtime.version }
  if (!display) env['DISPLAY'] = await startVirtualDisplay()
  return env
}

/** Removed first, so that a runner that dies cannot leave the report of an earlier run. */
function reportFile(name: string): string {
  const file = path.join(artifacts, 'reports', `${name}.json`)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.rmSync(file, { force: true })
  return file
}
