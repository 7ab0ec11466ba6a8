import fs from 'node:fs'
import { createRequire } from 'node:module'
import { plainOf } from '#shared/domains/clinic/rules.password.ts'
import { inRoot } from '#tools/lib/paths.ts'

/**
 * Writes resources/passwords/common.txt from the frequency list of zxcvbn (MIT): the 30,000 commonest passwords of public
 * leaks, commonest first. What cannot matter is left out: with twelve characters as the least, an entry counts when it is
 * long enough itself, or when its letters are what people dress up with digits and signs.
 */
const MIN_LETTERS = 4
const listOf = createRequire(import.meta.url)('zxcvbn/lib/frequency_lists.js') as { passwords: string[] } // The package has no types for its data.

const kept = new Set<string>()
for (const entry of listOf.passwords) {
  const text = entry.toLowerCase()
  const plain = plainOf(text)
  if (plain.length >= MIN_LETTERS) kept.add(plain)
  if (text.length >= MIN_LETTERS && text !== plain && /^[\x21-\x7e]+$/.test(text)) kept.add(text)
}
fs.mkdirSync(inRoot('resources/passwords'), { recursive: true })
fs.writeFileSync(inRoot('resources/passwords/common.txt'), `${[...kept].join('\n')}\n`)
console.log(`${kept.size} entries`)
