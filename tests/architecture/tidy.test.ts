import { inRoot } from '#tools/lib/paths.ts'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

// The goal: habits that a reviewer would otherwise have to remember. Each test lists the offenders by name.
const linesMax = 300

const files = ['src-shared', 'src-main', 'src-renderer', 'drizzle', 'tools', 'tests'].flatMap(filesBelow)
const code = files.filter((file) => /\.(ts|tsx|mjs|cjs)$/.test(file) && !file.startsWith('tests/architecture/'))
const product = code.filter((file) => file.startsWith('src-'))
// Benchmarks wait on purpose: memory is read after the app has come to rest.
const testCode = code.filter((file) => file.startsWith('tests/') && !file.startsWith('tests/bench/'))

test('the top level holds what the design lists and nothing else', () => {
  const allowed = [
    '.ci', '.dependency-cruiser.cjs', '.git', '.gitignore', '.npmrc', '.oxlintrc.json', 'LICENSE', 'README.md', 'dist', 'docs', 'drizzle',
    'electron-builder.yml', 'electron.vite.config.ts', 'node_modules', 'out', 'package-lock.json', 'package.json', 'resources', 'src-main',
    'src-renderer', 'src-shared', 'tests', 'tools', 'tsconfig.json',
  ]
  expect(fs.readdirSync(inRoot()).filter((name) => !allowed.includes(name))).toEqual([])
})

test('no file is a barrel', () => {
  expect(code.filter((file) => /\/index\.(ts|tsx)$/.test(file))).toEqual([])
})

test('no file is longer than a person reads in one go', () => {
  const long = code.filter((file) => !file.startsWith('tests/')).filter((file) => linesOf(file).length > linesMax)
  expect(long).toEqual([])
})

test('imports name the file with its ending, as Node wants them', () => {
  const short = code.flatMap((file) => find(file, /(?:from|import)\s*\(?\s*['"](?:#|\.{1,2}\/)[^'"]*['"]/).filter((line) => !/\.(ts|tsx|js|mjs|cjs|json|css|svg|woff2)(\?\w+)?['"]/.test(line)))
  expect(short).toEqual([])
})

test('the clock and the dice are read in one place', () => {
  // The shell is all input and output: it numbers its windows. Ids of rows are made where a thing begins.
  const sources = ['src-main/core/platform/', 'src-main/shell/', 'src-renderer/app/clock.ts', 'src-renderer/rpc/ids.ts']
  const readers = product.filter((file) => !sources.some((source) => file.startsWith(source)))
  expect(readers.flatMap((file) => find(file, /new Date\(\)|\bDate\.now\(|Math\.random\(|randomUUID\(/))).toEqual([])
})

test('no test is skipped, singled out or waits by the clock', () => {
  const offenders = testCode.flatMap((file) => find(file, /\b(it|test|describe)\.(skip|only|todo|fixme|fails)\b|\bx(it|describe)\(|waitForTimeout\(|setTimeout\(r(esolve)?\b|\bsleep\(/))
  expect(offenders).toEqual([])
})

test('no check is silenced', () => {
  expect(code.flatMap((file) => find(file, /@ts-ignore|@ts-expect-error|@ts-nocheck|(oxlint|eslint)-disable/))).toEqual([])
})

test('every domain has the same name and files in each layer', () => {
  const domains = directoriesIn('src-main/domains')
  const missing = domains.flatMap((domain) =>
    [`src-main/domains/${domain}/procedures.ts`, `src-main/domains/${domain}/service.ts`, `src-shared/domains/${domain}/contract.ts`].filter((file) => !fs.existsSync(inRoot(file))),
  )
  expect(missing).toEqual([])
  expect(directoriesIn('src-shared/domains').filter((domain) => !domains.includes(domain))).toEqual([])
})

test('a layer file has one of the agreed stems', () => {
  const stems: Record<string, RegExp> = {
    'src-shared/domains': /^(model|contract|rules)(\.[a-z-]+)*\.ts$/,
    'src-main/domains': /^(procedures|service|repository)(\.[a-z-]+)*\.ts$/,
  }
  const odd = Object.entries(stems).flatMap(([dir, stem]) =>
    directoriesIn(dir).flatMap((domain) => filesIn(`${dir}/${domain}`).filter((file) => !stem.test(path.basename(file)))),
  )
  expect(odd).toEqual([])
})

test('migrations are numbered without a gap, titled, and each has its test', () => {
  const migrations = fs.readdirSync(inRoot('drizzle/migrations')).filter((name) => name.endsWith('.sql')).toSorted()
  expect(migrations.length).toBeGreaterThan(0)
  expect(migrations.filter((name, i) => !new RegExp(`^${String(i + 1).padStart(4, '0')}_[a-z0-9_]+\\.sql$`).test(name))).toEqual([])
  const untested = migrations.filter((name) => !fs.existsSync(inRoot('tests/migrations', name.replace(/\.sql$/, '.test.ts'))))
  expect(untested).toEqual([])
})

test('every folder of tests is one that the test command runs', () => {
  const kinds = [
    'access', 'architecture', 'bench', 'commands', 'crash', 'e2e', 'migrations', 'network', 'package', 'rules', 'screens', 'simulation', 'support', 'transport',
  ]
  expect(directoriesIn('tests').filter((name) => !name.startsWith('.') && !kinds.includes(name))).toEqual([])
})

test('the lock file names no server, so that it works behind any registry', () => {
  expect(fs.readFileSync(inRoot('package-lock.json'), 'utf8').match(/"resolved": "https?:[^"]*"/g) ?? []).toEqual([])
})

test('the lock file keeps npm from compiling the SQLite binding', () => {
  // npm compiles every package with a binding.gyp, which needs a compiler and Node's headers. The package says
  // "gypfile": false, but npm drops that when it writes the lock file: put it back into its entry by hand.
  const { packages } = JSON.parse(fs.readFileSync(inRoot('package-lock.json'), 'utf8')) as { packages: Record<string, { gypfile?: boolean }> } // npm's own format
  expect(packages['node_modules/better-sqlite3']?.gypfile).toBe(false)
})

function filesBelow(dir: string): string[] {
  if (!fs.existsSync(inRoot(dir))) return []
  return fs
    .readdirSync(inRoot(dir), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(inRoot(), path.join(entry.parentPath, entry.name)))
}

function directoriesIn(dir: string): string[] {
  if (!fs.existsSync(inRoot(dir))) return []
  return fs.readdirSync(inRoot(dir), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name)
}

function filesIn(dir: string): string[] {
  return fs.readdirSync(inRoot(dir), { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => `${dir}/${entry.name}`)
}

function linesOf(file: string): string[] {
  return fs.readFileSync(inRoot(file), 'utf8').trimEnd().split('\n')
}

function find(file: string, pattern: RegExp): string[] {
  return linesOf(file).flatMap((line, i) => (pattern.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : []))
}
