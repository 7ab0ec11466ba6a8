import { on } from 'node:events'
import type { DemoWish } from '#drizzle/seed/demo.ts'
import { assert } from '#shared/kernel/assert.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { startWorker } from '../workers.ts'

type SeriesNumbers = Record<'mrn' | 'invoice' | 'receipt', number>
export type FillMessage = { done: number } | { numbers: SeriesNumbers } | { refused: string }

/** Fills a database that is being built with the demo clinic, in a thread of its own; yields how far it is, 0 to 1. */
export async function* fillDemo(path: string, key: Uint8Array, wish: DemoWish): AsyncGenerator<number, SeriesNumbers> {
  const worker = startWorker('fill-demo', { path, key, wish })
  try {
    const messages = on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[FillMessage]> // What the worker posts.
    for await (const [message] of messages) {
      if ('refused' in message) throw refuse(message.refused)
      if ('numbers' in message) return message.numbers
      yield message.done
    }
    assert(false, 'the worker says that it is done')
  } finally {
    await worker.terminate()
  }
}
