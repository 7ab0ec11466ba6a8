import fs from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'

/** An export that lies ready; its hash is what tells a resumed download that it is still the same file. */
export interface SnapshotFile {
  path: string
  /** SHA-256 in hexadecimal, as the machine was told over its socket. */
  sha256: string
}

/**
 * The whole file, or what is missing of it. A machine that asks to go on says which file it began (`If-Range`): of another
 * one it gets everything from the start. Ranges other than "from here to the end" are nobody's need.
 */
export function sendSnapshot({ path, sha256 }: SnapshotFile, request: IncomingMessage, response: ServerResponse): void {
  fs.open(path, 'r', (missing, handle) => {
    if (missing) return endWith(response, 404)
    fs.fstat(handle, (unreadable, stat) => {
      const etag = `"${sha256}"`
      const from = request.headers['if-range'] === etag ? fromOf(request.headers.range) : 0
      if (unreadable || from > stat.size) {
        fs.close(handle)
        return endWith(response, unreadable ? 404 : 416)
      }
      response.writeHead(from > 0 ? 206 : 200, {
        'Content-Type': 'application/octet-stream', 'Content-Length': stat.size - from, 'Accept-Ranges': 'bytes', ETag: etag, 'Cache-Control': 'no-store',
        ...(from > 0 ? { 'Content-Range': `bytes ${from}-${stat.size - 1}/${stat.size}` } : {}),
      })
      // A machine that goes away in the middle ends the reading too; it asks for the rest when it is back.
      pipeline(fs.createReadStream('', { fd: handle, start: from }), response, () => undefined)
    })
  })
}

export function endWith(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Length': 0 }).end()
}

const fromOf = (range: string | undefined): number => Number(/^bytes=(\d{1,15})-$/.exec(range ?? '')?.[1] ?? 0)
