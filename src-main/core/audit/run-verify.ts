import { on } from 'node:events'
import { assert } from '#shared/kernel/assert.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { Vault } from '../vault.ts'
import { startWorker } from '../workers.ts'
import type { Checked } from './verify.ts'

export interface VerifyProgress { done: number; total: number }
export type VerifyMessage = VerifyProgress | { checked: Checked } | { refused: string }

/** The whole chain in a thread of its own: nobody waits for it, and leaving the loop stops it. */
export async function* runVerify(vault: Vault): AsyncGenerator<VerifyProgress, Checked> {
  const { dataKey } = vault
  assert(dataKey, 'the database is open')
  const worker = startWorker('verify-audit', { path: vault.file, key: dataKey, folder: vault.folder })
  try {
    const messages = on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[VerifyMessage]> // What the worker posts.
    for await (const [message] of messages) {
      if ('refused' in message) throw refuse(message.refused)
      if ('checked' in message) return message.checked
      yield message
    }
    assert(false, 'the worker says what it found')
  } finally {
    await worker.terminate()
  }
}
