import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { refuse } from '#shared/rpc/errors.ts'

/** A file that somebody picked, read piece by piece: plain or gzip, told apart by its first bytes and not by its name. */
export interface ImportFile {
  /** The name without its folder. It is used and never stored: it may hold a patient's name. */
  readonly name: string
  readonly totalBytes: number
  /** Bytes of the file as it lies on the disk that have been read so far. */
  doneBytes(): number
  /** What is in it, unpacked. Refuses with FILE_DAMAGED where the packing is broken. */
  chunks(signal: AbortSignal): AsyncGenerator<Buffer>
}

const GZIP = Buffer.from([0x1f, 0x8b])
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1')

/** A packed file that grows beyond this is a bomb: exports of records unpack to ten or twenty times their size. */
const BOMB = { ratio: 100, bytes: 1_000_000 } as const

/** Refuses with FILE_NOT_FOUND, FILE_EMPTY or FILE_IS_ZIP. */
export async function openImportFile(file: string): Promise<ImportFile> {
  const { head, totalBytes } = await firstBytes(file)
  if (totalBytes === 0) throw refuse('FILE_EMPTY')
  if (head.subarray(0, 4).equals(ZIP)) throw refuse('FILE_IS_ZIP')
  let done = 0
  const isPacked = head.subarray(0, 2).equals(GZIP)
  return { name: path.basename(file), totalBytes, doneBytes: () => done, chunks: (signal) => {
    done = 0
    return read(file, isPacked, (bytes) => (done += bytes), signal)
  } }
}

/** The file's own identity: the same file is known again whatever it is called. */
export async function hashOfFile(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of fs.createReadStream(file, { signal })) hash.update(chunk as Buffer) // No encoding is set, so chunks are buffers.
  return hash.digest('hex')
}

async function firstBytes(file: string): Promise<{ head: Buffer; totalBytes: number }> {
  try {
    // A pipe without a writer would keep whoever opens it waiting for ever.
    const handle = await fs.promises.open(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0))
    try {
      const stat = await handle.stat()
      if (!stat.isFile()) throw refuse('FILE_NOT_FOUND')
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
      return { head: buffer.subarray(0, bytesRead), totalBytes: stat.size }
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw isSystemError(error) ? refuse('FILE_NOT_FOUND') : error
  }
}

async function* read(file: string, isPacked: boolean, onBytes: (bytes: number) => void, signal: AbortSignal): AsyncGenerator<Buffer> {
  const raw = fs.createReadStream(file, { signal, highWaterMark: 64 * 1024 })
  const counted = raw.pipe(new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onBytes(chunk.length)
      done(null, chunk)
    },
  }))
  const source = isPacked ? counted.pipe(createGunzip()) : counted
  raw.on('error', (error) => source.destroy(error))
  let unpacked = 0
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) { // As above.
      unpacked += chunk.length
      if (unpacked > BOMB.bytes && unpacked > BOMB.ratio * raw.bytesRead) throw refuse('FILE_DAMAGED')
      yield chunk
    }
  } catch (error) {
    signal.throwIfAborted()
    throw isSystemError(error) ? refuse('FILE_DAMAGED') : error
  } finally {
    raw.destroy()
    source.destroy()
  }
}

/** Node's file errors (ENOENT, a name that no file can have) and zlib's (Z_BUF_ERROR) carry a code; a mistake of ours does not. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(E[A-Z]+|Z_[A-Z_]+|ERR_INVALID_ARG_VALUE)$/.test(error.code)
}
