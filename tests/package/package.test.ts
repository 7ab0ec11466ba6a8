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
// `npm run package` builds it; the test command has set a display.
const folders: Record<string, string> = { linux: 'linux-unpacked/cairn', win32: 'win-unpacked/Cairn.exe', darwin: 'mac/Cairn.app/Contents/MacOS/Cairn' }
const executable = inRoot('dist', folders[process.platform] ?? '')
// The wire holds one character for each fuse.
const on = '1'.charCodeAt(0)
const off = '0'.charCodeAt(0)
let work: string

beforeAll(async () => {
  work = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-package-'))
  const { code, output } = await run(process.execPath, [inRoot('tools/package/package.ts')], { capture: true })
  expect(code, output).toBe(0)
})

afterAll(async () => {
  await endAll()
  fs.rmSync(work, { recursive: true, force: true })
})

test('the packaged app shows its first screen', async () => {
  const shot = path.join(work, 'first-screen.png')
  const app = start(executable, [...sandboxArguments(), `--data=${path.join(work, 'data')}`, `--user-data-dir=${path.join(work, 'chromium')}`, `--screenshot=${shot}`], { stdio: 'ignore' })
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

test('the fuses are those of the security requirements', async () => {
  const wire = await getCurrentFuseWire(executable)
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
  const listed = fs.readdirSync(path.join(path.dirname(executable), 'resources/app.asar.unpacked'), { recursive: true }).map(String)
  expect(listed.some((file) => file.endsWith('.node') && file.includes('better-sqlite3'))).toBe(true)
  expect(listed.some((file) => file.endsWith('.node') && file.includes('argon2'))).toBe(true)
  const packed = filesInAsar(path.join(path.dirname(executable), 'resources/app.asar'))
  expect(['drizzle/migrations/0001_clinic.sql', 'resources/codes/icd10cm-starter.csv', 'out/preload/preload.cjs'].filter((file) => !packed.includes(file))).toEqual([])
  expect(packed.filter((file) => /^(src-|tests|tools)|\.(map|ts|tsx)$/.test(file))).toEqual([])
})

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
