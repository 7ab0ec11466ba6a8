import fs from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inRoot } from '#tools/lib/paths.ts'
import { run } from '#tools/lib/process.ts'
import { guards } from './guards.ts'

// F16: `npm run mutation` takes each guard out and expects a red test. Here, at every run: that the list is still true, and
// that it leaves out no line of the pipeline that refuses somebody.

describe('the list of guards', () => {
  it('F16: names each guard as it stands in its file, once, and a test that is there', () => {
    const wrong = guards.filter(({ file, source, test, without }) => fs.readFileSync(inRoot(file), 'utf8').split(source).length !== 2 || source === without || !fs.existsSync(inRoot(test)))
    expect(wrong.map(({ file, source }) => `${file}: ${source.trim()}`)).toEqual([])
  })

  it('F16: holds every refusal of the pipeline and every door', () => {
    const files = ['src-main/core/rpc/pipeline.ts', 'src-main/core/rpc/transport-port.ts']
    const refusals = files.flatMap((file) => fs.readFileSync(inRoot(file), 'utf8').split('\n').filter((line) => /\b(throw|if)\b.*\b(refuse|turnAway)\(CommonError\.(?!INTERNAL)/.test(line)).map((line) => ({ file, line })))
    const listed = (file: string, line: string): boolean => guards.some((guard) => guard.file === file && (guard.source.includes(line.trim()) || line.includes(guard.source.trim())))
    expect(refusals.length).toBeGreaterThan(5)
    expect(refusals.filter(({ file, line }) => !listed(file, line) && !isTranslation(line)).map(({ file, line }) => `${file}: ${line.trim()}`)).toEqual([])
  })

  it('F16: notices when the first of them is gone', { timeout: 300_000 }, async () => {
    const { code, output } = await run(process.execPath, [inRoot('tools/mutation.ts'), 'SIGNED_OUT'], { capture: true })
    expect(output).toContain('1 of 1 guards missed when they are gone')
    expect(code).toBe(0)
  })
})

/** Words for what the tables themselves refused. */
const isTranslation = (line: string): boolean => line.includes('error instanceof Sqlite.SqliteError')
