import { inRoot } from '#tools/lib/paths.ts'
import { run } from '#tools/lib/process.ts'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

// The goal: `npm run new:domain` gives a domain that compiles in every layer and passes its own tests. It is run in a
// copy of the project, so a change of the roots or of the shared shapes that it would no longer fit is found here.
const heavy = new Set(['node_modules', '.git', 'out', 'dist'])
let copy: string

beforeAll(() => {
  copy = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-new-domain-'))
  for (const name of fs.readdirSync(inRoot())) {
    if (!heavy.has(name)) fs.cpSync(inRoot(name), path.join(copy, name), { recursive: true, filter: (file) => !file.includes('.artifacts') })
  }
  // What the compiler remembers of this project holds for the copy: it then looks at the new files only.
  if (fs.existsSync(inRoot('tests/.artifacts/types'))) fs.cpSync(inRoot('tests/.artifacts/types'), path.join(copy, 'tests/.artifacts/types'), { recursive: true })
  fs.symlinkSync(inRoot('node_modules'), path.join(copy, 'node_modules'))
})

afterAll(() => fs.rmSync(copy, { recursive: true, force: true }))

test('a new domain compiles, passes its tests and breaks no import rule', { timeout: 300_000 }, async () => {
  await succeeds('tools/new-domain/new-domain.ts', ['reminders'])
  await succeeds('tools/types.ts', ['src-main', 'src-renderer']) // and with them what they share
  const vitest = ['run', '--config', 'tests/vitest.config.ts', '--project', 'rules', '--project', 'commands', '--project', 'migrations', 'reminders']
  await succeeds('node_modules/vitest/vitest.mjs', vitest)
  await succeeds('node_modules/oxlint/bin/oxlint', ['--deny-warnings', 'src-shared', 'src-main', 'src-renderer', 'tests/commands', 'tests/rules'])
})

async function succeeds(script: string, args: string[]): Promise<void> {
  const { code, output } = await run(process.execPath, [path.join(copy, script), ...args], { cwd: copy, capture: true })
  expect(code, `${script} ${args.join(' ')}\n${output}`).toBe(0)
}
