import { measurePng } from '#tests/support/png.ts'
import { inRoot } from '#tools/lib/paths.ts'
import { endAll, run, start } from '#tools/lib/process.ts'
import { sandboxArguments } from '#tools/lib/sandbox.ts'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

// The goal: what is handed to a clinic starts, with its bindings, migrations and fuses. The folder is built as
// `npm run package` builds it, but for the mark that
// lets it start as root and be steered; the test command has set a display.
const folders: Record<string, string> = { linux: 'linux-unpacked/cairn', win32: 'win-unpacked/Cairn.exe', darwin: 'mac/Cairn.app/Contents/MacOS/Cairn' }
const executable = inRoot('dist/test', folders[process.platform] ?? '')
const resources = path.join(path.dirname(executable), 'resources')
// The wire holds one character for each fuse.
const on = '1'.charCodeAt(0)
const off = '0'.charCodeAt(0)
let work: string

beforeAll(async () => {
  work = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-package-'))
  const { code, output } = await run(process.execPath, [inRoot('tools/package/package.ts'), '--for-tests'], { capture: true })
  expect(code, output).toBe(0)
})

afterAll(async () => {
  await endAll()
  fs.rmSync(work, { recursive: true, force: true })
})

test('the packaged app shows its first screen, and its own self-test finds the hardening table in force', async () => {
  const shot = path.join(work, 'first-screen.png')
  const app = start(executable, [...sandboxArguments(), `--data=${path.join(work, 'data')}`, `--user-data-dir=${path.join(work, 'chromium')}`, `--screenshot=${shot}`], { stdio: 'ignore', env: { ...process.env, CAIRN_SELF_TEST: '1' } })
  await Promise.race([appears(shot), new Promise((_, reject) => app.once('close', (code) => reject(new Error(`the app ended with code ${code}`))))])
  const { width, height, variety } = measurePng(fs.readFileSync(shot))
  expect({ width, height }).toEqual({ width: 1366, height: 768 })
  expect(variety).toBeGreaterThan(30)
})

test('the packaged app is the command line too, without a display', async () => {
  const secret = path.join(work, 'secret')
  fs.writeFileSync(secret, 'a stack of three stones', { mode: 0o600 })
  const made = await cli('demo', '--patients', '50', '--seed', '7', '--data', path.join(work, 'demo'), '--unlock', secret)
  expect(made.code, made.output).toBe(0)
  const doctor = made.output.match(/\{"userName":"([^"]+)","roles":\["doctor"\]\}/)?.[1] ?? 'no doctor'
  const checked = await cli('doctor', '--data', path.join(work, 'demo'), '--unlock', secret, '--as', doctor)
  expect(checked.code, checked.output).toBe(0)
  const refused = await cli('call', 'no.such', '{}', '--data', path.join(work, 'demo'), '--unlock', secret, '--as', doctor)
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('UNKNOWN_PROCEDURE') })
})

test('R33: the fuses are those of the security requirements, and there is none that nobody decided about', async () => {
  const wire = await getCurrentFuseWire(executable)
  // The stand-in has eight; the ninth came later and is on where it is.
  const wired = Object.keys(wire).filter((name) => /^\d+$/.test(name)).length
  expect([8, 9]).toContain(wired)
  if (wired === 9) expect(String(Object.values(wire).at(8))).toBe(String(on))
  expect({
    runAsNode: wire[FuseV1Options.RunAsNode],
    nodeOptions: wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
    inspect: wire[FuseV1Options.EnableNodeCliInspectArguments],
    cookieEncryption: wire[FuseV1Options.EnableCookieEncryption],
    asarIntegrity: wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
    onlyAsar: wire[FuseV1Options.OnlyLoadAppFromAsar],
    snapshot: wire[FuseV1Options.LoadBrowserProcessSpecificV8Snapshot],
    fileProtocol: wire[FuseV1Options.GrantFileProtocolExtraPrivileges],
  }).toEqual({
    runAsNode: off,
    nodeOptions: off,
    inspect: off,
    cookieEncryption: on,
    asarIntegrity: on,
    onlyAsar: on,
    snapshot: off,
    fileProtocol: off,
  })
})

test('the package holds the parts that are read at run time, and no source or test', () => {
  const listed = fs.readdirSync(path.join(resources, 'app.asar.unpacked'), { recursive: true }).map(String)
  expect(listed.some((file) => file.endsWith('.node') && file.includes('better-sqlite3'))).toBe(true)
  expect(listed.some((file) => file.endsWith('.node') && file.includes('argon2'))).toBe(true)
  const packed = filesInAsar(path.join(resources, 'app.asar'))
  expect(['drizzle/migrations/0001_clinic.sql', 'resources/codes/icd10cm-starter.csv', 'out/preload/preload.cjs'].filter((file) => !packed.includes(file))).toEqual([])
  expect(packed.filter((file) => /^(src-|tests|tools)|\.(map|ts|tsx)$/.test(file))).toEqual([])
})

test.each([
  ['--remote-debugging-port=0'], ['--remote-debugging-pipe'], ['--inspect'], ['--inspect-brk=127.0.0.1:0'], ['-inspect-port=0'], ['--JS-flags=--expose-gc'],
  ['--load-extension=/tmp'], ['--disable-web-security'], ['--renderer-cmd-prefix=sh'],
])('R33: a packed build does not start with %s', async (word) => {
  expect(await refusedStart([...sandboxArguments(), word])).toEqual({ code: 3, output: expect.stringContaining('does not start with') })
})

test('R33: a clinic’s package does not start without the sandbox, nor is it steered', async () => {
  const undo = becomeRelease()
  try {
    expect(await refusedStart(['--no-sandbox'])).toMatchObject({ code: 3, output: expect.stringContaining('--no-sandbox') })
  } finally {
    undo()
  }
})

test('R33: the program cannot be made a Node, and listens to no debugger', async () => {
  const script = `require('fs').writeFileSync(${JSON.stringify(path.join(work, 'ran-as-node'))}, '')`
  const asNode = await refusedStart([...sandboxArguments(), '-e', script, '--inspect=0'], { ELECTRON_RUN_AS_NODE: '1' })
  const byOptions = await refusedStart([...sandboxArguments(), '--inspect=0'], { NODE_OPTIONS: '--inspect=0' })
  expect([asNode.code, byOptions.code]).toEqual([3, 3])
  expect(fs.existsSync(path.join(work, 'ran-as-node'))).toBe(false)
  expect(asNode.output + byOptions.output).not.toContain('Debugger listening')
})

test.each([['changed', (file: string) => fs.appendFileSync(file, '\0')], ['put beside', (file: string) => fs.copyFileSync(file, file.replace('.node', '-2.node'))]])(
  'R33: a compiled library that was %s keeps every door shut',
  async (_how, tamper) => {
    const folder = path.join(resources, 'app.asar.unpacked/node_modules/better-sqlite3/prebuilds')
    const kept = path.join(work, 'kept')
    fs.cpSync(folder, kept, { recursive: true })
    tamper(path.join(folder, fs.readdirSync(folder)[0] ?? ''))
    try {
      expect(await refusedStart(sandboxArguments())).toMatchObject({ code: 5, output: expect.stringContaining('better-sqlite3/prebuilds') })
      expect(await refusedStart([...sandboxArguments(), 'cli', 'doctor', '--data', work])).toMatchObject({ code: 5 })
    } finally {
      fs.rmSync(folder, { recursive: true })
      fs.renameSync(kept, folder)
    }
  },
)

/** Starts the app where it should end by itself, before it opens anything. */
async function refusedStart(args: string[], env: NodeJS.ProcessEnv = {}): Promise<{ code: number; output: string }> {
  const data = path.join(work, 'refused')
  const ended = await run(executable, [...args, `--data=${data}`, `--user-data-dir=${path.join(work, 'refused-profile')}`], { capture: true, env: { ...process.env, ...env }, timeoutMs: 60_000 })
  expect(fs.existsSync(data)).toBe(false)
  return ended
}

/** Takes the mark of the test command out of the archive, in place: what a clinic is handed is otherwise the same. */
function becomeRelease(): () => void {
  const archive = path.join(resources, 'app.asar')
  const bytes = fs.readFileSync(archive)
  const at = bytes.indexOf('"cairnPackage": "test"')
  expect(at).toBeGreaterThan(0)
  const write = (text: string): void => {
    const file = fs.openSync(archive, 'r+')
    fs.writeSync(file, text, at)
    fs.closeSync(file)
  }
  write('"cairnPackage": "sold"')
  return () => write('"cairnPackage": "test"')
}

function cli(...words: string[]): Promise<{ code: number; output: string }> {
  const env = { ...process.env, DISPLAY: undefined, WAYLAND_DISPLAY: undefined }
  return run(executable, [...sandboxArguments(), `--user-data-dir=${path.join(work, 'cli')}`, 'cli', ...words], { capture: true, env, timeoutMs: 120_000 })
}

/** Resolves when the file is there: the app renames it into place when it is whole. */
async function appears(file: string): Promise<void> {
  const watcher = fs.promises.watch(path.dirname(file))
  if (fs.existsSync(file)) return
  for await (const { filename } of watcher) if (filename === path.basename(file)) return
}

/** An asar archive begins with its table of contents: four sizes, the last that of the JSON text behind them. */
function filesInAsar(archive: string): string[] {
  const content = fs.readFileSync(archive)
  // The format's own shape: a folder has files, a file has none.
  type Entry = { files?: Record<string, Entry> }
  const list = (entry: Entry, prefix: string): string[] => Object.entries(entry.files ?? {}).flatMap(([name, inner]) => (inner.files ? list(inner, `${prefix}${name}/`) : [`${prefix}${name}`]))
  return list(JSON.parse(content.toString('utf8', 16, 16 + content.readUInt32LE(12))) as Entry, '')
}
