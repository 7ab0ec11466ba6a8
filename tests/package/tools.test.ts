import { withLock } from '#tools/lib/lock.ts'
import { unzip } from '#tools/lib/unzip.ts'
import { readPlaywrightReport, readVitestReport } from '#tools/test/reports.ts'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

let work: string
beforeEach(() => {
  work = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-tools-'))
})
afterEach(() => fs.rmSync(work, { recursive: true, force: true }))

describe('withLock', () => {
  test('lets one in after the other', async () => {
    const events: string[] = []
    const turn = (name: string) =>
      withLock(path.join(work, 'lock'), 'a test', async () => {
        events.push(`${name} in`)
        await new Promise(setImmediate)
        events.push(`${name} out`)
      })
    await Promise.all([turn('a'), turn('b')])
    expect(events).toEqual(['a in', 'a out', 'b in', 'b out'])
  })

  test('takes over from a process that died', async () => {
    const beyondAnyPid = 2 ** 30
    fs.writeFileSync(path.join(work, 'lock'), String(beyondAnyPid))
    expect(await withLock(path.join(work, 'lock'), 'a test', async () => 'in')).toBe('in')
  })

  test('lets go when the work fails', async () => {
    const failing = withLock(path.join(work, 'lock'), 'a test', () => Promise.reject(new Error('on purpose')))
    await expect(failing).rejects.toThrow('on purpose')
    expect(fs.existsSync(path.join(work, 'lock'))).toBe(false)
  })
})

describe('unzip', () => {
  test('gives back stored and compressed files with their modes, under their new names', () => {
    fs.writeFileSync(path.join(work, 'a.zip'), zip([['app/run', 'stored', 0o755, false], ['app/data', 'again '.repeat(99), 0o644, true], ['other', 'not asked for', 0o644, false]]))
    const target = path.join(work, 'out')
    expect(unzip(path.join(work, 'a.zip'), target, (name) => (name.startsWith('app/') ? name.slice(4) : undefined))).toBe(2)
    expect(fs.readdirSync(target).toSorted()).toEqual(['data', 'run'])
    expect(fs.readFileSync(path.join(target, 'data'), 'utf8')).toBe('again '.repeat(99))
    expect(fs.statSync(path.join(target, 'run')).mode & 0o777).toBe(0o755)
  })

  test('refuses an entry that points outside', () => {
    fs.writeFileSync(path.join(work, 'a.zip'), zip([['../outside', 'x', 0o644, false]]))
    expect(() => unzip(path.join(work, 'a.zip'), path.join(work, 'out'), (name) => name)).toThrow('outside')
    expect(fs.existsSync(path.join(work, 'outside'))).toBe(false)
  })
})

describe('the counts of npm test', () => {
  const written = (report: object): string => {
    fs.writeFileSync(path.join(work, 'report.json'), JSON.stringify(report))
    return path.join(work, 'report.json')
  }
  const vitest = { numPassedTests: 3, numTotalTests: 3, numFailedTests: 0, numFailedTestSuites: 0, success: true }
  const playwright = { stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] }

  test.each([
    ['all passed', vitest, 0, { passed: 3, failed: 0 }],
    ['one was skipped', { ...vitest, numTotalTests: 4 }, 0, { passed: 3, failed: 1 }],
    ['a file did not load', { ...vitest, success: false }, 1, { passed: 3, failed: 1 }],
    ['there was nothing', { ...vitest, numPassedTests: 0, numTotalTests: 0 }, 0, { passed: 0, failed: 1 }],
  ])('vitest: %s', (_name, report, exitCode, counts) => {
    expect(readVitestReport(written(report), exitCode)).toEqual(counts)
  })

  test.each([
    ['all passed', playwright, 0, { passed: 3, failed: 0 }],
    ['one passed at the second attempt', { ...playwright, stats: { ...playwright.stats, flaky: 1 } }, 0, { passed: 3, failed: 1 }],
    ['a file did not load', { ...playwright, errors: [{}] }, 1, { passed: 3, failed: 1 }],
  ])('playwright: %s', (_name, report, exitCode, counts) => {
    expect(readPlaywrightReport(written(report), exitCode)).toEqual(counts)
  })

  test('a runner that left no report has failed', () => {
    expect(readVitestReport(path.join(work, 'missing.json'), 0)).toEqual({ passed: 0, failed: 1 })
  })
})

/** The smallest archive that the format allows: local headers, a directory and its end. */
function zip(files: [name: string, text: string, mode: number, compress: boolean][]): Buffer {
  const local: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text, mode, compress] of files) {
    const data = compress ? deflateRawSync(text) : Buffer.from(text)
    const header = Buffer.alloc(30)
    header.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(compress ? 8 : 0, 10)
    entry.writeUInt32LE(data.length, 20)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE((mode << 16) >>> 0, 38)
    entry.writeUInt32LE(offset, 42)
    local.push(header, Buffer.from(name), data)
    directory.push(entry, Buffer.from(name))
    offset += 30 + name.length + data.length
  }
  const body = Buffer.concat(local)
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(body.length, 16)
  return Buffer.concat([body, index, end])
}
