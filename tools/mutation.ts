// `npm run mutation`: takes each guard of tests/access/guards.ts out of a copy of the sources and expects the tests that are
// named there to fail. A guard that nothing misses is a hole in the tests. `npm run mutation -- pipeline` tries those whose
// file or source holds the word, `npm run mutation -- --from 44` goes on where an earlier run stopped.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { commandScript, inRoot } from '#tools/lib/paths.ts'
import { endAll, endAllOnSignal, run } from '#tools/lib/process.ts'
import { Refusal, runTool, say, seconds, sinceStart } from '#tools/lib/terminal.ts'
import { guards, type Guard } from '#tests/access/guards.ts'

const COPIES = 2
const copied = ['src-main', 'src-shared', 'src-renderer', 'drizzle', 'resources', 'tests', 'tools', 'package.json', 'tsconfig.json']

/** What each test said with every guard in its place. */
const green = new Map<string, boolean>()

endAllOnSignal()
await runTool(async () => {
  const { values, positionals: words } = parseArgs({ allowPositionals: true, options: { from: { type: 'string', default: '1' } } })
  const waiting = guards.slice(Number(values.from) - 1).filter(({ file, source }) => words.every((word) => `${file} ${source}`.includes(word)))
  const count = waiting.length
  const survivors: Guard[] = []
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-mutation-'))
  try {
    await Promise.all(Array.from({ length: COPIES }, async (_, i) => {
      const copy = path.join(folder, String(i))
      copySources(copy)
      for (let guard = waiting.shift(); guard; guard = waiting.shift()) {
        const began = Date.now()
        if (!(await isGreen(copy, guard))) throw new Refusal(`${guard.test} is red with every guard in place; its word proves nothing`)
        const isNoticed = await isNoticedIn(copy, guard)
        say(`${isNoticed ? 'noticed ' : 'SURVIVED'} ${guard.file}: ${guard.source.trim().slice(0, 90)} (${seconds(Date.now() - began)})`)
        if (!isNoticed) survivors.push(guard)
      }
    }))
  } finally {
    await endAll()
    fs.rmSync(folder, { recursive: true, force: true })
  }
  console.log(`mutation: ${count - survivors.length} of ${count} guards missed when they are gone (${Math.floor(((count - survivors.length) / Math.max(1, count)) * 100)} %) in ${sinceStart()}`)
  return survivors.length === 0 && count > 0 ? 0 : 1
})

/** The dependencies are linked and not copied. */
function copySources(copy: string): void {
  fs.mkdirSync(copy, { recursive: true })
  for (const name of copied) fs.cpSync(inRoot(name), path.join(copy, name), { recursive: true, filter: (from) => !from.includes('.artifacts') })
  fs.symlinkSync(inRoot('node_modules'), path.join(copy, 'node_modules'))
}

/** A test that fails with every guard in its place would fail without any of them too. Asked once for each. */
async function isGreen(copy: string, guard: Guard): Promise<boolean> {
  const key = `${guard.test} ${guard.only ?? ''}`
  const known = green.get(key)
  if (known !== undefined) return known
  const { numFailedTests, numPassedTests } = await runIn(copy, guard)
  const isGood = numFailedTests === 0 && numPassedTests > 0
  green.set(key, isGood)
  return isGood
}

/** Whether a test fails without the guard. A run without a single failed test has not noticed, however it ended. */
async function isNoticedIn(copy: string, guard: Guard): Promise<boolean> {
  const file = path.join(copy, guard.file)
  const whole = fs.readFileSync(file, 'utf8')
  fs.writeFileSync(file, whole.replace(guard.source, () => guard.without))
  try {
    return (await runIn(copy, guard)).numFailedTests > 0
  } finally {
    fs.writeFileSync(file, whole)
  }
}

interface Report { numFailedTests: number; numPassedTests: number }

async function runIn(copy: string, { test, only }: Guard): Promise<Report> {
  const report = path.join(copy, 'report.json')
  fs.rmSync(report, { force: true })
  const args = ['run', '--config', 'tests/vitest.config.ts', '--project', test.split('/')[1] ?? '', '--reporter=json', `--outputFile=${report}`, test, ...(only ? ['-t', only] : [])]
  await run(process.execPath, [commandScript('vitest'), ...args], { cwd: copy, capture: true, timeoutMs: 150_000, env: { ...process.env, CAIRN_LOG: 'silent', CAIRN_FUZZ: '40' } })
  return fs.existsSync(report) ? (JSON.parse(fs.readFileSync(report, 'utf8')) as Report) : { numFailedTests: 0, numPassedTests: 0 } // Vitest's own format.
}
