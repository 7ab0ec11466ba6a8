import fs from 'node:fs'
import type { IncomingMessage } from 'node:http'
import https from 'node:https'
import { pipeline } from 'node:stream/promises'
import { limits } from '#shared/kernel/limits.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { parseAddress, type Address } from '#shared/sync/address.ts'
import { sha256Of } from '../files/sha256.ts'
import { tlsOptionsOf } from './dial.ts'
import type { NetworkIdentity } from './identity.ts'

export interface Download {
  id: string
  /** What the whole file is, as the host said over the socket. */
  sha256: string
  bytes: number
  /** What lies there already is taken as the beginning; only the rest is asked for. */
  toFile: string
  onProgress?(bytes: number): void
  signal?: AbortSignal
}

/**
 * Ends with the whole file on the disk, or with a refusal and as much of it as came: the next call goes on from there. A
 * file that turns out to be another one is thrown away, so that no half of two exports is ever opened.
 */
export async function downloadSnapshot(identity: NetworkIdentity, at: string | undefined, wanted: Download): Promise<void> {
  const address = at === undefined ? undefined : parseAddress(at)
  if (!address) throw refuse('NOT_CONNECTED')
  const from = sizeOf(wanted.toFile)
  if (from < wanted.bytes || wanted.bytes === 0) await fetchRest(identity, address, wanted, from)
  if (sizeOf(wanted.toFile) === wanted.bytes && (await sha256Of(wanted.toFile)) === wanted.sha256) return
  fs.rmSync(wanted.toFile, { force: true })
  throw refuse('SNAPSHOT_DAMAGED')
}

async function fetchRest(identity: NetworkIdentity, address: Address, wanted: Download, from: number): Promise<void> {
  try {
    const response = await ask(identity, address, wanted, from)
    const start = response.statusCode === 206 ? from : 0
    let done = start
    response.on('data', (chunk: Buffer) => {
      done += chunk.length
      wanted.onProgress?.(done)
    })
    await pipeline(response, fs.createWriteStream(wanted.toFile, { flags: start > 0 ? 'a' : 'w', mode: 0o600, flush: true }))
    // A connection that was cut looks like an early end: the length says so.
    if (done < wanted.bytes) throw refuse('SNAPSHOT_CUT')
  } catch (error) {
    throw refuse(wanted.signal?.aborted ? 'CANCELLED' : codeOf(error))
  }
}

function ask(identity: NetworkIdentity, { host, port }: Address, { id, sha256, signal }: Download, from: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = https.get({
      ...tlsOptionsOf(identity), host, port, path: `/snapshot/${id}`, agent: false, signal, timeout: limits.network_idle_seconds * 1_000,
      headers: from > 0 ? { Range: `bytes=${from}-`, 'If-Range': `"${sha256}"` } : {},
    })
    request.once('timeout', () => request.destroy(refuse('SNAPSHOT_CUT')))
    request.once('error', reject)
    request.once('response', (response) => {
      const isFile = (response.statusCode === 200 || response.statusCode === 206) && response.headers.etag === `"${sha256}"`
      if (isFile) return resolve(response)
      response.destroy()
      reject(refuse(response.statusCode === 200 || response.statusCode === 206 || response.statusCode === 404 ? 'SNAPSHOT_GONE' : 'SNAPSHOT_CUT'))
    })
  })
}

const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC') return 'DISK_FULL'
  return code.startsWith('SNAPSHOT_') ? code : 'SNAPSHOT_CUT'
}

const sizeOf = (file: string): number => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0
