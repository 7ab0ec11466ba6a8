import fs from 'node:fs'
import { setImmediate as nextTick } from 'node:timers/promises'
import { refuse } from '#shared/rpc/errors.ts'
import { PAGE, pageKey, rekeyPage, type PageKey } from './page-cipher.ts'

export interface CopyWish { file: string; target: string; from: Uint8Array; to: Uint8Array; salt: Uint8Array }

interface Keys { from: PageKey; to: PageKey }
const keysOf = ({ file, from, to, salt }: CopyWish): Keys => ({ from: pageKey(from, saltOf(file)), to: pageKey(to, salt) })

const PAGES_AT_ONCE = 256

/** Writes every page of a file that does not change meanwhile to a copy under the new key; yields how far it is, 0 to 1. */
export async function* copyPages(wish: CopyWish): AsyncGenerator<number> {
  const keys = keysOf(wish)
  const [source, target] = [fs.openSync(wish.file, 'r'), fs.openSync(wish.target, 'w', 0o600)]
  try {
    const total = fs.fstatSync(source).size / PAGE
    const chunk = Buffer.alloc(PAGE * PAGES_AT_ONCE)
    for (let first = 0; first < total; first += PAGES_AT_ONCE) {
      const read = fs.readSync(source, chunk, 0, chunk.length, first * PAGE)
      const pages = Array.from({ length: read / PAGE }, (_, i) => whole(rekeyPage(keys.from, keys.to, first + i + 1, chunk.subarray(i * PAGE, (i + 1) * PAGE))))
      fs.writeSync(target, Buffer.concat(pages), 0, read, first * PAGE)
      yield Math.min(1, (first + pages.length) / total)
      await nextTick()
    }
    fs.fsyncSync(target)
  } finally {
    fs.closeSync(source)
    fs.closeSync(target)
  }
}

/** How much of the log has been taken: the log's own mark, and the frames up to the last commit seen. */
export interface Caught { mark: string; frames: number }
export const NOTHING_CAUGHT: Caught = { mark: '', frames: 0 }

// https://sqlite.org/fileformat2.html#the_write_ahead_log
const LOG_HEAD = 32
const FRAME_HEAD = 24
const FRAME = FRAME_HEAD + PAGE

/**
 * Takes what was committed since into the copy: the log beside the file holds each changed page, newest last. `isStill`:
 * nobody writes now, so that a frame that cannot be read is damage and not one that is just being written.
 */
export function catchUp(wish: CopyWish, caught: Caught, isStill: boolean): Caught {
  const path = `${wish.file}-wal`
  if (!fs.existsSync(path) || fs.statSync(path).size < LOG_HEAD) return caught
  const log = fs.openSync(path, 'r')
  try {
    const mark = markOf(log)
    // The log was begun anew: what stood in it since is only in the file, and the copy would lack it.
    if (caught.mark !== '' && caught.mark !== mark) throw refuse('DATA_KEY_BUSY')
    return takeFrames(wish, log, { ...caught, mark }, isStill)
  } finally {
    fs.closeSync(log)
  }
}

function takeFrames(wish: CopyWish, log: number, caught: Caught, isStill: boolean): Caught {
  const keys = keysOf(wish)
  const target = fs.openSync(wish.target, 'r+')
  try {
    let [at, done] = [caught.frames, caught.frames]
    let waiting = new Map<number, Buffer>()
    for (;;) {
      const frame = readFrame(log, at, caught.mark)
      const page = frame && rekeyPage(keys.from, keys.to, frame.number, frame.page)
      if (frame && !page && isStill) throw refuse('DATABASE_DAMAGED', { reason: 'unreadable' })
      if (!frame || !page) break
      at += 1
      waiting.set(frame.number, page)
      if (frame.pagesAfterCommit === 0) continue
      for (const [number, bytes] of waiting) fs.writeSync(target, bytes, 0, PAGE, (number - 1) * PAGE)
      fs.ftruncateSync(target, frame.pagesAfterCommit * PAGE)
      waiting = new Map()
      done = at
    }
    if (done > caught.frames) fs.fsyncSync(target)
    return { mark: caught.mark, frames: done }
  } finally {
    fs.closeSync(target)
  }
}

function readFrame(log: number, index: number, mark: string): { number: number; pagesAfterCommit: number; page: Buffer } | undefined {
  const frame = Buffer.alloc(FRAME)
  if (fs.readSync(log, frame, 0, FRAME, LOG_HEAD + index * FRAME) < FRAME) return undefined
  if (frame.subarray(8, 16).toString('hex') !== mark) return undefined
  return { number: frame.readUInt32BE(0), pagesAfterCommit: frame.readUInt32BE(4), page: frame.subarray(FRAME_HEAD) }
}

/** The two salts in the log's head; every frame of this log repeats them. */
function markOf(log: number): string {
  const head = Buffer.alloc(LOG_HEAD)
  fs.readSync(log, head, 0, LOG_HEAD, 0)
  return head.subarray(16, 24).toString('hex')
}

function saltOf(file: string): Uint8Array {
  const handle = fs.openSync(file, 'r')
  try {
    const salt = Buffer.alloc(16)
    fs.readSync(handle, salt, 0, 16, 0)
    return new Uint8Array(salt)
  } finally {
    fs.closeSync(handle)
  }
}

function whole(page: Buffer | undefined): Buffer {
  if (!page) throw refuse('DATABASE_DAMAGED', { reason: 'unreadable' })
  return page
}
