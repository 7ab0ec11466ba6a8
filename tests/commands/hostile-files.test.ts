import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { CairnClient } from '#shared/rpc/client.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { makeWorld, type World } from '#tests/support/world.ts'

const ZIP_HEAD = Buffer.from('PK\u0003\u0004', 'latin1')
const PNG_HEAD = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const json = (value: unknown): string => JSON.stringify(value)

/** What somebody may put on a USB stick and call an export. */
const files: Record<string, () => Buffer | string> = {
  'a zip archive': () => Buffer.concat([ZIP_HEAD, Buffer.alloc(4_000, 1)]),
  'a packed bomb of one line': () => gzipSync(Buffer.alloc(300_000_000, 0x20)),
  'a packed bomb of many lines': () => gzipSync(Buffer.alloc(300_000_000, '{}\n')),
  'a packed file that breaks off': () => gzipSync(Buffer.from('{"resourceType":"Patient"}\n'.repeat(50_000))).subarray(0, 1_000),
  'a picture': () => Buffer.concat([PNG_HEAD, Buffer.alloc(100_000, 0x9c)]),
  'a page of a browser': () => '<!DOCTYPE html><script>alert(1)</script>',
  'XML that asks for other files': () => '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><Bundle>&f;</Bundle>',
  'XML that grows without end': () => `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1_000)}">]><l>${'&b;'.repeat(1_000)}</l>`,
  'lists in lists in lists': () => '['.repeat(200_000) + ']'.repeat(200_000),
  'objects in objects in objects': () => `${'{"entry":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  'names of the language itself': () => json({ resourceType: 'Bundle', entry: [{ resource: JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"resourceType":"Patient"}') as unknown }] }),
  'nothing but zeros': () => Buffer.alloc(5_000_000),
  'one endless line': () => `{"resourceType":"${'a'.repeat(70_000_000)}`,
  'numbers beyond all numbers': () => json({ resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Observation', valueQuantity: { value: 1e308 } } }] }).replace('1e+308', '1e999999'),
}

const doors: Record<string, (client: CairnClient, world: World, file: string) => Promise<AsyncIterable<unknown>>> = {
  'migration.importFhir': (client, world, file) => client.migration.importFhir({ id: world.core.platform.newId(), path: file }),
  'codes.importFile': (client, _world, file) => client.codes.importFile({ path: file }),
}

describe.each(Object.entries(doors))('R29: %s', (_name, importFile) => {
  it('takes nothing from hostile files, and is done with each in five seconds', { timeout: 120_000 }, async () => {
    const world = await makeWorld()
    const before = rows(world)
    const late: string[] = []
    for (const [what, make] of Object.entries(files)) {
      const file = path.join(world.folder, 'brought.ndjson')
      fs.writeFileSync(file, make())
      const cpu = process.cpuUsage()
      await readThrough(importFile(world.as('administrator'), world, file))
      // The time of the processor and not of the clock: other tests run beside this one.
      if (process.cpuUsage(cpu).user / 1_000_000 > 5) late.push(what)
    }
    expect(late).toEqual([])
    expect(rows(world)).toEqual(before)
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it('opens no folder, device or pipe, and waits for none', async () => {
    const world = await makeWorld()
    const pipe = path.join(world.folder, 'pipe.ndjson')
    execFileSync('mkfifo', [pipe])
    for (const file of [world.folder, pipe, '/dev/zero', path.join(world.folder, 'missing\u0000.json')]) {
      expect(await readThrough(importFile(world.as('administrator'), world, file))).toBe('FILE_NOT_FOUND')
    }
  })
})

/** The code it was refused with, or undefined when it came to its report. */
async function readThrough(call: Promise<AsyncIterable<unknown>>): Promise<string | undefined> {
  try {
    for await (const event of await call) void event
    return undefined
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'INTERNAL') return error.code
    throw error
  }
}

const rows = (world: World): Record<string, unknown> =>
  Object.fromEntries(['patients', 'observations', 'conditions', 'codes', 'code_sets'].filter((table) => has(world, table)).map((table) => [table, world.core.vault.reader.$client.prepare(`select count(*) from ${table}`).pluck().get()]))
const has = (world: World, table: string): boolean => world.core.vault.reader.$client.prepare('select 1 from sqlite_master where name = ?').get(table) !== undefined
