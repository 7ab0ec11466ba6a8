import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { inRoot } from '#tools/lib/paths.ts'

// R26: what the inventory in docs/keys.md names and nothing older. One-time passwords use SHA-1 inside their library, as their standard says.
const files = ['src-shared', 'src-main', 'src-renderer', 'drizzle/seed', 'drizzle/schema'].flatMap((dir) =>
  fs.readdirSync(inRoot(dir), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name)).map((entry) => path.join(entry.parentPath, entry.name)))

const banned: Record<string, RegExp> = {
  'MD5': /createHash\(\s*['"`]md5|createHmac\(\s*['"`]md5/i,
  'SHA-1': /create(Hash|Hmac)\(\s*['"`]sha-?1['"`]|hash\(\s*['"`]sha-?1['"`]|digest\(\s*['"`]sha-?1['"`]/i,
  'a cipher without its own nonce': /\bcreate(C|Dec)ipher\(/,
  'DES, RC4, Blowfish or ECB': /['"`](des|rc4|bf|blowfish)[-'"`]|-ecb['"`]/i,
  'dice that can be foretold': /Math\.random\(/,
}

test.each(Object.entries(banned))('R26: no source uses %s', (_what, pattern) => {
  expect(files.length).toBeGreaterThan(200)
  expect(files.filter((file) => pattern.test(fs.readFileSync(file, 'utf8'))).map((file) => path.relative(inRoot(), file))).toEqual([])
})

test('R26: AES-CBC stands only where the database format asks for it, and each algorithm in the inventory', () => {
  const inventory = fs.readFileSync(inRoot('docs/keys.md'), 'utf8')
  const used = files.flatMap((file) => [...fs.readFileSync(file, 'utf8').matchAll(/['"`](aes-\d+-[a-z]+)['"`]/g)].map((match) => ({ file: path.relative(inRoot(), file), name: match[1] ?? '' })))
  expect(used.filter(({ name, file }) => name === 'aes-256-cbc' && !file.endsWith('page-cipher.ts'))).toEqual([])
  expect(used.map(({ name }) => name).filter((name) => !inventory.includes(name.toUpperCase()))).toEqual([])
})
