import { inRoot } from '#tools/lib/paths.ts'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

// The goal: an import that crosses a layer fails the build. Both checkers are pointed at the project, which must be
// clean, and at the canary, where each forbidden import must be named; a blind checker passes the first alone.
const canary = inRoot('tests/architecture/canary')

describe('dependency-cruiser', () => {
  test('the project has no forbidden import', async () => {
    const { summary } = await modulesOf(['src-shared', 'src-main', 'src-renderer', 'drizzle'].map((dir) => inRoot(dir)))
    expect(summary.violations.map((violation) => `${violation.rule.name}: ${violation.from} → ${violation.to}`)).toEqual([])
    expect(summary.totalCruised).toBeGreaterThan(100)
  })

  test('the canary is reported', async () => {
    const { summary } = await modulesOf([canary])
    const found = summary.violations.map((violation) => `${violation.rule.name}: ${path.relative(canary, inRoot(violation.from))}`)
    expect([...new Set(found)].toSorted()).toEqual([
      'electron-only-in-the-shell: src-main/core/opens-windows.ts',
      'orpc-only-in-rpc: src-renderer/domains/b/BPage.ts',
      'renderer-stays-in-the-page: src-renderer/domains/a/APage.ts',
      'screens-do-not-nest-domains: src-renderer/domains/a/APage.ts',
      'shared-is-pure: src-shared/kernel/reads-files.ts',
      'sql-belongs-to-its-domain: src-main/domains/b/service.ts',
    ])
  })
})

describe('oxlint', () => {
  test('the canary is reported', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-canary-'))
    try {
      // The overrides are folder patterns from the place of the configuration, so both are laid out as in the project.
      fs.cpSync(canary, folder, { recursive: true })
      fs.copyFileSync(inRoot('.oxlintrc.json'), path.join(folder, '.oxlintrc.json'))
      expect(restrictedImportsIn(folder)).toEqual([
        'src-main/core/opens-windows.ts',
        'src-renderer/domains/b/BPage.ts',
        'src-shared/kernel/reads-files.ts',
      ])
    } finally {
      fs.rmSync(folder, { recursive: true, force: true })
    }
  })
})

async function modulesOf(folders: string[]): Promise<ICruiseResult> {
  const config = await extractDepcruiseConfig(inRoot('.dependency-cruiser.cjs'))
  const { output } = await cruise(folders, { ...config.options, ruleSet: config, validate: true, baseDir: inRoot() })
  if (typeof output === 'string') throw new Error(`dependency-cruiser answered with text: ${output}`)
  return output
}

function restrictedImportsIn(folder: string): string[] {
  let report: string
  try {
    report = execFileSync(inRoot('node_modules/.bin/oxlint'), ['--format', 'json', '.'], { cwd: folder, encoding: 'utf8' })
  } catch (error) {
    report = (error as { stdout: string }).stdout // exit code 1 means findings; execFileSync puts the output on the error
  }
  // The report's own shape, as oxlint documents it.
  const { diagnostics } = JSON.parse(report) as { diagnostics: { code: string; filename: string }[] }
  return diagnostics.filter((found) => found.code.includes('no-restricted-imports')).map((found) => found.filename).toSorted()
}
