import { expect, it } from 'vitest'
import { sql } from 'drizzle-orm'
import { makeWorld } from '#tests/support/world.ts'

it('hands out a reader that writes nothing, asks how tables are made, and leaves the transaction it is used in as it was', async () => {
  const { vault } = (await makeWorld()).core
  const rename = sql`update clinic set name = 'Another'`
  const nameOf = () => vault.reader.$client.prepare('select name from clinic').pluck().get()
  const before = nameOf()
  const client = vault.reader.$client
  expect(() => client.prepare("update clinic set name = 'Another'").run()).toThrow('a query only reads')
  expect(() => client.exec("update clinic set name = 'Another'")).toThrow('a query only reads')
  for (const setting of ['user_version = 1', 'foreign_keys = off', 'key', 'rekey', 'query_only(1)']) expect(() => client.pragma(setting), setting).toThrow('a query only reads')
  expect(client.pragma('user_version', { simple: true })).toBeGreaterThan(0)
  expect(client.pragma('table_info(clinic)')).not.toEqual([])
  // What reads in the middle of a write does not take the rest of it away.
  vault.writer.transaction((tx) => {
    expect(nameOf()).toBe(before)
    tx.run(rename)
  })
  expect(nameOf()).toBe('Another')
})
