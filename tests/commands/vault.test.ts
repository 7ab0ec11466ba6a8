import { expect, it } from 'vitest'
import { makeWorld } from '#tests/support/world.ts'

it('hands out no reader inside a transaction, at any depth, and everywhere else', async () => {
  const { vault } = (await makeWorld()).core
  const count = () => vault.reader.$client.prepare('select count(*) from patients').pluck().get()
  const { $client: client } = vault.writer
  expect(() => client.transaction(() => count())()).toThrow('a transaction reads through its own connection')
  expect(() => client.transaction(() => client.transaction(() => count())())()).toThrow('a transaction reads through its own connection')
  expect(count()).toBe(0)
  // A test that takes whole calls back begins around them by hand.
  client.exec('begin immediate')
  expect(count()).toBe(0)
  vault.writer.$client.exec('rollback')
})
