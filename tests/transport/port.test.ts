import { expect, test } from 'vitest'
import { createPortClient } from '#shared/rpc/port-client.ts'
import type { PortRequest } from '#shared/rpc/port-protocol.ts'

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
