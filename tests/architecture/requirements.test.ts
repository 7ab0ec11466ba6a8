import { inRoot } from '#tools/lib/paths.ts'
import fs from 'node:fs'
import { expect, test } from 'vitest'

// The goal: each security requirement is proved by a test that carries its number, or docs/security.md says why not yet.
const numbers = Array.from({ length: 40 }, (_, i) => `R${String(i + 1).padStart(2, '0')}`)
const proved = new Set(testNames().flatMap((name) => name.match(/\bR\d\d\b/g) ?? []))
const notYet = new Set([...sectionOf('Not yet').matchAll(/^\| (R\d\d) \|/gm)].map((match) => match[1]))

test('every security requirement has a test with its number, or a line that says why not yet', () => {
  expect(numbers.filter((number) => !proved.has(number) && !notYet.has(number))).toEqual([])
})

test('nothing is called missing that a test proves, and no number is made up', () => {
  expect([...notYet].filter((number) => number !== undefined && proved.has(number))).toEqual([])
  expect([...proved, ...notYet].filter((number) => number !== undefined && !numbers.includes(number))).toEqual([])
})

/** What stands in quotes behind `test(`, `it(` and `describe(`, also with a table or a property in between. */
function testNames(): string[] {
  const files = fs.readdirSync(inRoot('tests'), { recursive: true }).map(String).filter((file) => /\.(test|e2e)\.tsx?$/.test(file) && !file.startsWith('architecture/'))
  return files.flatMap((file) => [...fs.readFileSync(inRoot('tests', file), 'utf8').matchAll(/\b(?:test|it|describe)(?:\.each\([\s\S]*?\)\s*)?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g)].map((match) => match[2] ?? ''))
}

function sectionOf(title: string): string {
  const text = fs.readFileSync(inRoot('docs/security.md'), 'utf8')
  const from = text.indexOf(`\n## ${title}\n`)
  const to = text.indexOf('\n## ', from + 1)
  return from < 0 ? '' : text.slice(from, to < 0 ? undefined : to)
}
