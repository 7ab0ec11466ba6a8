import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { chartLine } from '#tests/support/charts.ts'
import { messyPatients } from '#tests/support/legacy.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { makeWorld } from '#tests/support/world.ts'

const root = path.resolve(import.meta.dirname, '../..')

async function closedClinic(): Promise<{ folder: string; cairn: (...args: string[]) => Promise<{ code: number; out: string; err: string }> }> {
  const world = await makeWorld()
  await world.core.close()
  const password = path.join(world.folder, 'password.txt')
  fs.writeFileSync(password, ADMIN_PASSWORD)
  return {
    folder: world.folder,
    cairn: (...args) => new Promise((resolve) => {
      const all = [path.join(root, 'src-main/cli/cairn.ts'), ...args, '--as', 'administrator', '--unlock', password, '--data', world.folder]
      execFile(process.execPath, all, { cwd: root }, (error, out, err) => resolve({ code: error ? Number(error.code ?? 1) : 0, out: out.trim(), err }))
    }),
  }
}

describe('cairn import', () => {
  it('fhir reports as JSON, in words and with progress, and is the same import each time', { timeout: 40_000 }, async () => {
    const { folder, cairn } = await closedClinic()
    const file = path.join(folder, 'a.ndjson')
    fs.writeFileSync(file, [chartLine(1), chartLine(2)].map((line) => JSON.stringify(line)).concat('{"broken').join('\n'))
    const tried = await cairn('import', 'fhir', file, '--dry-run')
    expect([tried.code, JSON.parse(tried.out).counts.Patient.taken, tried.err.includes('dry run, nothing written')]).toEqual([0, 2, true])
    const done = await cairn('import', 'fhir', file)
    expect([done.code, JSON.parse(done.out).counts.Observation]).toEqual([0, { taken: 8, unchanged: 0, skipped: 0, reasons: {} }])
    expect(done.err).toMatch(/100 %: 3 lines[^]*Claim[^]*NOT_MAPPED_YET 2[^]*line 3: INVALID NOT_JSON/)
    const again = await cairn('import', 'fhir', file)
    expect(JSON.parse(again.out).counts.Patient).toEqual({ taken: 0, unchanged: 2, skipped: 0, reasons: {} })
  })

  it('codes shows the edition that it takes and the one that it replaces', { timeout: 40_000 }, async () => {
    const { folder, cairn } = await closedClinic()
    const file = path.join(folder, 'codes.csv')
    fs.writeFileSync(file, 'code,billable,label\nI10,1,High pressure\nJ00,1,Cold\n')
    const { code, out, err } = await cairn('import', 'codes', file, '--edition', 'FY2027')
    expect([code, JSON.parse(out)]).toMatchObject([0, { edition: 'FY2027', taken: 2, replaces: 'starter' }])
    expect(err).toContain('ICD-10-CM FY2027: 2 codes, 2 billable, 0 skipped, in place of starter')
  })

  it('csv tries a table out, and takes it only when it is told to commit', { timeout: 60_000 }, async () => {
    const { folder, cairn } = await closedClinic()
    const file = path.join(folder, 'patients.csv')
    fs.writeFileSync(file, messyPatients)
    const tried = await cairn('import', 'csv', file, '--kind', 'patients')
    expect([tried.code, JSON.parse(tried.out).stage, tried.err.includes('8 to take, 1 joined, 0 here already, 1 left out, 1 pairs to review (dry run, nothing written)')]).toEqual([0, 'staged', true])
    const done = await cairn('import', 'csv', file, '--commit')
    expect([done.code, JSON.parse(done.out).report.taken.patients]).toEqual([0, 8])
  })

  it('says what is wrong with a file and exits with 1, and with the usage with 2', { timeout: 40_000 }, async () => {
    const { folder, cairn } = await closedClinic()
    const missing = await cairn('import', 'fhir', path.join(folder, 'nowhere'))
    expect([missing.code, JSON.parse(missing.out), missing.err.includes('There is no such file.')]).toEqual([1, { error: { code: 'FILE_NOT_FOUND' } }, true])
    expect((await cairn('import', 'pictures', 'x')).code).toBe(2)
  })
})
