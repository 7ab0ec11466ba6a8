import { on } from 'node:events'
import fs from 'node:fs'
import { assert } from '#shared/kernel/assert.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { startWorker } from '../workers.ts'
import type { Vault } from '../vault.ts'
import { readKeyring, type Keyring, type Slot } from './keyring.ts'
import { catchUp, type Caught, type CopyWish } from './rekey-copy.ts'
import { finishRotation, nextDatabase, takeNextPlace } from './rotation-files.ts'
import { isEndorsed, resealed } from './slots.ts'

export type CopyMessage = { done: number } | { caught: Caught } | { refused: string }

export interface Rotation {
  /** 32 random bytes and the new file's salt. */
  dataKey: Uint8Array
  salt: Uint8Array
  at: Instant
  /** Which slots get the new key; the others open nothing any more. */
  mayStay: (slot: Slot, keyring: Keyring) => boolean
}

const running = new WeakSet<Vault>()

/**
 * Gives the records another data key: a copy under the new key is made in a worker while everybody goes on working, then
 * the last few pages that changed meanwhile are taken over and the copy changes places with the file, in one step without
 * a pause in which something could be written. Passwords stay as they are: each slot's public key gets the new data key.
 * Killed at any point, exactly one of the two keys opens what lies on the disk. Yields how far it is, 0 to 1.
 */
export async function* rotateDataKey(vault: Vault, rotation: Rotation, signal?: AbortSignal): AsyncGenerator<number> {
  const from = vault.dataKey
  assert(from, 'the database is open')
  if (running.has(vault)) throw refuse('DATA_KEY_BUSY')
  running.add(vault)
  const wish: CopyWish = { file: vault.file, target: nextDatabase(vault.folder), from, to: rotation.dataKey, salt: rotation.salt }
  try {
    requireRoom(vault.file)
    finishRotation(vault.folder)
    vault.freezeFile()
    const caught = yield* copyInWorker(wish, signal)
    if (!caught) return
    yield 0.99
    exchange(vault, wish, caught, rotation)
    yield 1
  } finally {
    running.delete(vault)
    finishRotation(vault.folder)
    vault.releaseFile()
  }
}

/** The one step that counts, without a pause: the rest of the log, the new keyring, the new file. */
function exchange(vault: Vault, wish: CopyWish, caught: Caught, { dataKey, at, mayStay }: Rotation): void {
  catchUp(wish, caught, true)
  const keyring = readKeyring(vault.folder)
  const slots = keyring.slots.filter((slot) => isEndorsed(keyring, slot, wish.from) && mayStay(slot, keyring))
  vault.exchange(dataKey, () => takeNextPlace(vault.folder, resealed(keyring, slots, dataKey, at)))
}

async function* copyInWorker(wish: CopyWish, signal: AbortSignal | undefined): AsyncGenerator<number, Caught | undefined> {
  const worker = startWorker('rekey-copy', wish)
  try {
    const messages = on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[CopyMessage]> // What the worker posts.
    for await (const [message] of messages) {
      if (signal?.aborted) return undefined
      if ('refused' in message) throw refuse(message.refused)
      if ('caught' in message) return message.caught
      yield message.done
    }
    assert(false, 'the worker says that it is done')
  } finally {
    await worker.terminate()
  }
}

/** The copy is as large as the file; a disk that fills up half way would stop the clinic for nothing. */
function requireRoom(file: string): void {
  const disk = fs.statfsSync(file)
  if (disk.bavail * disk.bsize < fs.statSync(file).size * 1.1) throw refuse('DISK_FULL')
}
