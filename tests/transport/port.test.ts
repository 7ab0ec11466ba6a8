import { describe, expect, test } from 'vitest'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { isLight } from '#main/core/rpc/input-size.ts'
import { createPortClient } from '#shared/rpc/port-client.ts'
import type { PortRequest } from '#shared/rpc/port-protocol.ts'
import { makeWorld, refusalOf } from '#tests/support/world.ts'

test('R32: an input that is too heavy is refused before its schema looks into it', async () => {
  const world = await makeWorld()
  const { client } = world.stranger()
  let isLookedAt = false
  const heavy = new Proxy({ padding: 'x'.repeat(5_000_000) }, {
    get: (target, name) => {
      if (name === 'userName') isLookedAt = true
      return Reflect.get(target, name) as unknown
    },
  })
  expect(await refusalOf(client.session.signIn(heavy as never))).toMatchObject({ code: 'INVALID_INPUT' }) // No screen of ours sends this.
  expect(isLookedAt).toBe(false)
})

describe('R32: an input that is too heavy to be looked at', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 'x' : { a: nested(depth - 1) })
  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  test.each<[string, unknown]>([
    ['a long text', 'x'.repeat(1_000_001)], ['many texts', Array.from({ length: 300 }, () => 'x'.repeat(4_000))], ['a million nothings', Array.from({ length: 1_000_000 }, () => null)],
    ['bytes', new Uint8Array(1_000_001)], ['long names', { ['x'.repeat(1_000_001)]: 1 }], ['a deep object', nested(100)], ['an object in itself', cycle],
  ])('is seen for %s', (_what, input) => {
    expect(isLight(input)).toBe(false)
  })

  test('is not seen for what screens send', () => {
    expect([{}, undefined, null, 'x'.repeat(900_000), nested(20), { id: '1', fields: Array.from({ length: 1_000 }, (_, i) => ({ i })) }].map(isLight)).toEqual([true, true, true, true, true, true])
  })

  test('is refused in words that the screens know, and leaves one line in the log', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const lines = (): number => world.core.vault.reader.select().from(auditEvents).all().length
    const before = lines()
    expect(await refusalOf(desk.patients.search({ text: 'x'.repeat(2_000_000) }))).toMatchObject({ code: 'INVALID_INPUT' })
    expect(lines() - before).toBe(1)
  })
})

// The goal: a window that looks away leaves nothing running in the core.
const watch = ['session', 'changes']

test('a stream that is stopped before its first answer is stopped in the core', async () => {
  const sent: PortRequest[] = []
  const client = createPortClient((request) => sent.push(request))
  const stop = new AbortController()
  const call = client.call(watch, {}, { signal: stop.signal })
  stop.abort()
  await expect(call).rejects.toMatchObject({ code: 'STOPPED' })
  expect(sent).toEqual([{ id: 1, path: watch, input: {} }, { id: 1, cancel: true }])
})

test('what was stopped beforehand is never sent', async () => {
  const sent: PortRequest[] = []
  const client = createPortClient((request) => sent.push(request))
  await expect(client.call(watch, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'STOPPED' })
  expect(sent).toEqual([])
})
