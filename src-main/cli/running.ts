import { createHash } from 'node:crypto'
import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import readline from 'node:readline'
import type { CairnClient } from '#shared/rpc/client.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { connectSocket } from '#main/core/rpc/socket-client.ts'

/**
 * Where a node without a window listens to the programs of its own account: a file in a folder that nobody else may
 * enter, or a pipe on Windows. The path of a socket is short (108 bytes on Linux), so it is named by the folder's hash.
 */
export function localAddressOf(folder: string): string {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const name = createHash('sha256').update(fs.realpathSync(folder)).digest('hex').slice(0, 16)
  if (process.platform === 'win32') return `\\\\.\\pipe\\cairn-node-${name}`
  const place = path.join(os.tmpdir(), `cairn-${os.userInfo().uid}`)
  fs.mkdirSync(place, { recursive: true, mode: 0o700 })
  const { uid, mode } = fs.statSync(place)
  // Somebody else made it first: nothing is said there.
  if (uid !== os.userInfo().uid || (mode & 0o077) !== 0) throw refuse('NODE_ADDRESS_UNSAFE')
  return path.join(place, `${name}.sock`)
}

/** A node that runs on this folder, as the command line reaches it. */
export interface RunningNode {
  /** What an operator of this machine may ask without being a person of the clinic: its state, and a pairing code. Yields each line it answers. */
  operate(what: string, body?: unknown): AsyncGenerator<unknown>
  /** The same calls as a window's. */
  connect(): Promise<{ client: CairnClient; close: () => void }>
}

export async function findRunning(folder: string): Promise<RunningNode | undefined> {
  const address = localAddressOf(folder)
  if (!(await answers(address))) return undefined
  return { operate: (what, body) => operate(address, what, body), connect: () => connectSocket(`ws+unix:${address}:/rpc`) }
}

const answers = (address: string): Promise<boolean> => new Promise((resolve) => {
  const request = http.request({ socketPath: address, path: '/', method: 'GET' }, (response) => {
    response.resume()
    resolve(true)
  })
  request.once('error', () => resolve(false))
  request.end()
})

async function* operate(address: string, what: string, body: unknown): AsyncGenerator<unknown> {
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const request = http.request({ socketPath: address, path: `/operator/${what}`, method: 'POST', headers: { 'content-type': 'application/json' } }, resolve)
    request.once('error', reject)
    request.end(JSON.stringify(body ?? {}))
  })
  const lines = readline.createInterface({ input: response })
  let isCut = false
  // The node was killed while it answered.
  response.once('error', () => {
    isCut = true
    lines.close()
  })
  for await (const line of lines) {
    const said = JSON.parse(line) as unknown // The node's own lines.
    if (typeof said === 'object' && said !== null && 'error' in said) {
      const { code, data } = said.error as { code: string; data?: unknown } // As `fail` of the command line writes it.
      throw refuse(code, data)
    }
    yield said
  }
  if (isCut) throw refuse('NODE_NOT_RUNNING')
}
