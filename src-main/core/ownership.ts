import { createHash } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { refuse } from '#shared/rpc/errors.ts'

export interface Ownership {
  release(): Promise<void>
}

/**
 * One process owns a data folder at a time. Ownership is a listening local socket named after the folder: the operating
 * system drops it with the process, also after kill -9, so no stale lock file can keep the clinic out.
 */
export async function takeOwnership(folder: string): Promise<Ownership> {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const name = createHash('sha256').update(fs.realpathSync(folder)).digest('hex').slice(0, 32)
  const server = net.createServer((socket) => socket.destroy())
  await listen(server, addressOf(name))
  server.unref()
  return { release: () => new Promise((resolve) => server.close(() => resolve())) }
}

/** Linux: the abstract namespace; Windows: a named pipe; both vanish with their process. macOS needs a file. */
function addressOf(name: string): string {
  if (process.platform === 'linux') return `\0cairn-${name}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\cairn-${name}`
  return path.join(os.tmpdir(), `cairn-${name}.sock`)
}

async function listen(server: net.Server, address: string): Promise<void> {
  const attempt = (): Promise<void> => new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, () => {
      server.removeListener('error', reject)
      resolve()
    })
  })
  try {
    await attempt()
  } catch {
    if (process.platform === 'darwin' && !(await answers(address))) {
      fs.rmSync(address, { force: true }) // A file left by a killed process: nobody listens behind it.
      return attempt().catch(() => Promise.reject(refuse('IN_USE')))
    }
    throw refuse('IN_USE')
  }
}

const answers = (address: string): Promise<boolean> => new Promise((resolve) => {
  const socket = net.connect(address, () => resolve(true))
  socket.once('error', () => resolve(false))
  socket.once('close', () => socket.destroy())
})
