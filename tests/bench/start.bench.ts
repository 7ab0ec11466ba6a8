import { _electron, type ElectronApplication } from '@playwright/test'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import zlib from 'node:zlib'
import { inRoot } from '#tools/lib/paths.ts'
import { sandboxArguments } from '#tools/lib/sandbox.ts'
import { copyOf, dataset } from './support/dataset.ts'
import { printRatios, sampleOf, type Row } from './support/measure.ts'

/**
 * Rows 14, 16 and 20: from the start of the process to a login field that shows a typed letter, and the memory of the whole
 * process tree while it waits there, against a bare window of the same build, in turns; and the size of what the login
 * screen loads.
 */
const RUNS = Number(process.env['BENCH_STARTS'] ?? 7)
const data = copyOf(await dataset(Number(process.env['BENCH_PATIENTS'] ?? 100_000)), 'start')
const times = { bare: [] as number[], product: [] as number[] }
const memory = { bare: [] as number[], product: [] as number[] }
for (let run = -1; run < RUNS; run += 1) {
  const bare = await start([inRoot('tests/bench/thin'), '--bare'])
  const product = await start([inRoot(), `--data=${data.folder}`])
  if (run < 0) continue // Warms the disk cache.
  times.bare.push(bare.ms)
  times.product.push(product.ms)
  memory.bare.push(bare.pssMb)
  memory.product.push(product.pssMb)
}
const rows: Row[] = [
  { what: 'start to a login field that echoes', ratioMax: 1.5, limit: sampleOf(times.bare), product: sampleOf(times.product) },
  { what: 'memory at login (MB, PSS of the tree)', ratioMax: 1.35, limit: sampleOf(memory.bare), product: sampleOf(memory.product) },
]
printRatios(`start, ${data.patients} patients, ${RUNS} starts each in turns (ms)`, rows)
console.log(`\nlogin screen: ${(loginBundleBytes() / 1024).toFixed(0)} kB of script, gzipped (≤ 250 asked)`)

async function start(args: string[]): Promise<{ ms: number; pssMb: number }> {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-bench-'))
  const before = performance.now()
  const app = await _electron.launch({ executablePath: process.env['CAIRN_ELECTRON'] ?? '', args: [...sandboxArguments(), ...args, `--user-data-dir=${profile}`] })
  const page = await app.firstWindow()
  const field = page.locator('input').first()
  await field.waitFor()
  await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT')
  await page.keyboard.type('a')
  await page.waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.value === 'a') // The field that has the focus.
  const elapsed = performance.now() - before
  const pssMb = await settledPss(app)
  await app.close()
  fs.rmSync(profile, { recursive: true, force: true })
  return { ms: elapsed, pssMb }
}

/** Proportional set size of the process and all its children: shared pages are counted once. */
async function settledPss(app: ElectronApplication): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const pids = treeOf(app.process().pid ?? 0)
  return pids.reduce((sum, pid) => sum + pssOf(pid), 0) / 1024
}

function treeOf(root: number): number[] {
  const children = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(fs.readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1])
      return parent === root ? treeOf(Number(name)) : []
    } catch {
      return [] // It ended meanwhile.
    }
  })
  return [root, ...children]
}

function pssOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** The page's entry script with everything it imports at once (static imports only), and the sign-in part. */
function loginBundleBytes(): number {
  const folder = inRoot('out/renderer/assets')
  const html = fs.readFileSync(inRoot('out/renderer/index.html'), 'utf8')
  const signIn = fs.readdirSync(folder).find((name) => name.startsWith('SignInPage') && name.endsWith('.js'))
  const seen = new Set<string>()
  const visit = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    const text = fs.readFileSync(path.join(folder, file), 'utf8')
    for (const match of text.matchAll(/(?:^|[;}\s])import(?:[^"'()]*from)?\s*["']\.\/([^"']+\.js)["']/g)) if (match[1]) visit(match[1])
  }
  for (const match of html.matchAll(/assets\/([^"']+\.js)/g)) if (match[1]) visit(match[1])
  if (signIn) visit(signIn)
  return [...seen].reduce((sum, file) => sum + zlib.gzipSync(fs.readFileSync(path.join(folder, file))).length, 0)
}
