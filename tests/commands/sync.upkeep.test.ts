import { expect, it, vi } from 'vitest'
import { readSync } from '#main/core/sync/context.ts'
import { feedBounds, trimFeed } from '#main/core/sync/feed.ts'
import { noteReport } from '#main/core/sync/host-store.ts'
import { noteDurable, trimArchive, trimOldFeed } from '#main/core/sync/upkeep.ts'
import { makeNetwork } from '#tests/support/network.ts'

const person = { givenName: 'Ada', birthDate: '1980-02-01', sex: 'female' as const, duplicateReason: null }

it('lets a machine forget what it did only when a standby has it too, and a month later', async () => {
  const network = await makeNetwork()
  const [desk, standby] = [await network.member('front-desk'), await network.member('standby')]
  desk.plug()
  await vi.waitFor(() => expect(desk.core.node.isConnected).toBe(true))
  await desk.as('receptionist').patients.register({ ...person, id: desk.core.platform.newId(), familyName: 'Okoro' })
  const kept = () => desk.core.vault.reader.$client.prepare('select count(*) from sync_outbox').pluck().get()
  const standsAt = (cursor: number) => noteReport(network.host.core.vault.writer, standby.core.node.deviceId, { lastSeenAt: network.host.clock.now(), cursor, unsent: 0, unsentSince: null, attention: 0 })

  network.host.clock.advanceMinutes(40 * 1_440)
  noteDurable(network.host.core)
  const { last } = feedBounds(network.host.core.vault.reader)
  expect([readSync(network.host.core.vault.reader).durableTx < last, trimArchive(desk.core), kept()]).toEqual([true, 0, 1])
  standsAt(last)
  noteDurable(network.host.core)
  expect(readSync(network.host.core.vault.reader).durableTx).toBe(last)
  desk.core.vault.writer.$client.prepare('update sync_context set durable_tx = ?').run(last)
  expect([trimArchive(desk.core), kept()]).toEqual([1, 0])
})

it('keeps the feed half a year and as far back as the slowest machine stands', async () => {
  const network = await makeNetwork()
  const { core, clock } = network.host
  const slow = await network.member('clinical')
  for (const familyName of ['One', 'Two', 'Three']) await network.host.as('receptionist').patients.register({ ...person, id: core.platform.newId(), familyName })
  const { last } = feedBounds(core.vault.reader)
  const standsAt = (cursor: number) => noteReport(core.vault.writer, slow.core.node.deviceId, { lastSeenAt: clock.now(), cursor, unsent: 0, unsentSince: null, attention: 0 })
  standsAt(last - 2)
  await trimOldFeed(core)
  expect(feedBounds(core.vault.reader).first).toBeLessThan(last - 2)
  clock.advanceMinutes(200 * 1_440)
  standsAt(last - 2)
  await trimOldFeed(core)
  expect(feedBounds(core.vault.reader)).toEqual({ first: last - 1, last })
  // What is newest stays: its seal is where the next page begins.
  expect([trimFeed(core.vault.writer, { before: clock.now(), upTo: null }), feedBounds(core.vault.reader)]).toEqual([true, { first: last, last }])
})
