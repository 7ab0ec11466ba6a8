import { MessageChannel } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { createCallBudget, fitsInMessage } from '#main/core/rpc/window-limits.ts'
import { servePort } from '#main/core/rpc/transport-port.ts'
import { limits } from '#shared/kernel/limits.ts'
import { createPortClient } from '#shared/rpc/port-client.ts'
import { makeWorld, refusalOf } from '#tests/support/world.ts'

// R32: a page that was taken over can neither flood the core nor choke it.
describe('the calls of a window', () => {
  it('R32: come as fast as any screen asks, and no faster for long', () => {
    let now = 0
    const budget = createCallBudget(() => now)
    const taken = () => {
      let count = 0
      while (budget.take()) count += 1
      return count
    }
    expect(taken()).toBe(limits.window_calls_at_once)
    now += 1_000
    expect(taken()).toBe(limits.window_calls_per_second)
    now += 3_600_000
    expect(taken()).toBe(limits.window_calls_at_once)
  })

  it('R32: are one row of the activity log for a whole flood', () => {
    let now = 0
    const budget = createCallBudget(() => now)
    while (budget.take());
    expect([budget.isFirstRefusal(), budget.isFirstRefusal()]).toEqual([true, false])
    now += 10
    budget.take()
    expect(budget.isFirstRefusal()).toBe(false)
    now += 10_000
    budget.take()
    expect(budget.isFirstRefusal()).toBe(true)
  })

  it('R32: flood the core and are refused with a code; a quieter window is served meanwhile', async () => {
    const world = await makeWorld()
    const [hostile, honest] = [openWindow(world.core), openWindow(world.core)]
    const flood = Array.from({ length: limits.window_calls_at_once + 500 }, () => hostile.call(['session', 'state'], {}).then(() => 'answered', (error: { code: string }) => error.code))
    expect(await honest.call(['session', 'state'], {})).toMatchObject({ phase: 'signed-out' })
    const codes = await Promise.all(flood)
    expect(new Set(codes)).toEqual(new Set(['answered', 'TOO_MANY_CALLS']))
    expect(codes.filter((code) => code === 'TOO_MANY_CALLS').length).toBeGreaterThan(300)
    const logged = world.core.vault.reader.select().from(auditEvents).all().filter((row) => row.code === 'TOO_MANY_CALLS')
    expect(logged).toMatchObject([{ action: 'session.state', outcome: 'refused', door: 'window' }])
    hostile.close()
    honest.close()
  })

  it('R32: leave only so many streams open', async () => {
    const world = await makeWorld()
    const window = openWindow(world.core)
    for (let i = 0; i < limits.window_calls_open; i += 1) await window.call(['session', 'changes'], {})
    expect(await refusalOf(window.call(['session', 'changes'], {}))).toMatchObject({ code: 'TOO_MANY_CALLS' })
    window.close()
  })
})

describe('the size of a message', () => {
  it.each<[string, unknown]>([
    ['a long text', 'x'.repeat(limits.window_message_bytes)],
    ['a list', Array.from({ length: 200_000 }, () => 1)],
    ['many names', Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`name-${i}`.padEnd(20, '.'), 0]))],
    ['bytes', new Uint8Array(limits.window_message_bytes)],
    ['a value that holds itself', knot()],
  ])('R32: refuses %s', async (_what, input) => {
    expect(fitsInMessage(input)).toBe(false)
    const world = await makeWorld()
    const window = openWindow(world.core)
    expect(await refusalOf(window.call(['session', 'state'], { input }))).toMatchObject({ code: 'TOO_LARGE' })
    expect(world.core.vault.reader.select().from(auditEvents).all().filter((row) => row.code === 'TOO_LARGE')).toHaveLength(1)
    window.close()
  })

  it('takes the largest photo and the longest note', () => {
    expect(fitsInMessage({ patientId: 'x', data: 'x'.repeat(limits.photo_bytes * 2) })).toBe(true)
    expect(fitsInMessage({ sections: Array.from({ length: 4 }, () => 'x'.repeat(limits.note_section_chars)) })).toBe(true)
  })
})

function knot(): unknown {
  const loop: Record<string, unknown> = {}
  loop['itself'] = loop
  return loop
}

function openWindow(core: Parameters<typeof servePort>[0]) {
  const { port1, port2 } = new MessageChannel()
  servePort(core, port2, core.openDoor('window'))
  const caller = createPortClient((request) => port1.postMessage(request))
  port1.on('message', caller.receive)
  return { call: caller.call, close: () => port1.close() }
}
