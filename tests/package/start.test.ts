import { inRoot } from '#tools/lib/paths.ts'
import { start } from '#tools/lib/process.ts'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

// The goal: `npm start` on a machine without a display says what it does, shows what it would have shown, and leaves
// nothing behind, whichever way it is ended. Everything it starts inherits a mark by which it can be found.
let work: string
let mark: string

beforeEach(() => {
  work = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-start-'))
  mark = `CAIRN_TEST_MARK=${path.basename(work)}`
})
afterEach(() => fs.rmSync(work, { recursive: true, force: true }))

test.each([
  ['Ctrl+C', 'SIGINT', 130],
  ['kill', 'SIGTERM', 143],
] as const)('npm start without a display ends without a trace after %s', async (_name, signal, exitCode) => {
  const [name = '', value] = mark.split('=')
  const env = { ...process.env, DISPLAY: undefined, WAYLAND_DISPLAY: undefined, [name]: value }
  const args = [inRoot('tools/start.ts'), `--data=${path.join(work, 'data')}`, `--user-data-dir=${path.join(work, 'chromium')}`]
  const tool = start(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const closed = new Promise((resolve) => tool.once('close', resolve))
  const said = await textUntil(tool.stderr, /first screen after .+: (.+\.png)/)
  expect(said).toContain('no display here')
  expect(fs.statSync(said.match(/first screen after .+: (.+\.png)/)?.[1] ?? '').size).toBeGreaterThan(1_000)
  expect(marked().length).toBeGreaterThan(2)
  tool.kill(signal)
  expect(await closed).toBe(exitCode)
  expect(marked()).toEqual([])
})

/** What was said up to the line that matches. */
function textUntil(stream: NodeJS.ReadableStream | null, line: RegExp): Promise<string> {
  let text = ''
  return new Promise((resolve, reject) => {
    // Listened to until the end: a tool whose output nobody takes would fail on the next line it says.
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (line.test(text)) resolve(text)
    })
    stream?.on('end', () => reject(new Error(`ended before ${line}:\n${text}`)))
  })
}

/** The processes that carry the mark. */
function marked(): string[] {
  return fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const environment = fs.readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0')
      return environment.includes(mark) ? [fs.readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')] : []
    } catch {
      return [] // ended while it was looked at, or not ours to look at
    }
  })
}
