import { once } from 'node:events'
import net from 'node:net'

/** What lies between two machines: one of them reaches the other through it, and a test pulls it out. */
export interface Cable {
  /** Where the host is reached through it. */
  address: string
  /** Ends what is open and refuses what comes, as a pulled cable does to a machine that asks its own network card. */
  cut(): void
  /** The same once so many more bytes have come from the host; resolves when it is out. */
  cutAfter(bytes: number): Promise<void>
  plug(): void
  close(): Promise<void>
}

const HERE = '127.0.0.1'

/** Carries every byte to the host's port as it comes, and looks at none. */
export async function layCable(port: number): Promise<Cable> {
  const ends = new Set<net.Socket>()
  let isCut = false
  let limit: { left: number; reached: () => void } | undefined
  const cut = (): void => {
    isCut = true
    for (const end of ends) end.destroy()
  }
  const count = (bytes: number): void => {
    if (!limit || (limit.left -= bytes) > 0) return
    cut()
    limit.reached()
    limit = undefined
  }
  const server = net.createServer((near) => {
    if (isCut) return void near.destroy()
    const far = net.connect(port, HERE)
    far.on('data', (piece: Buffer) => count(piece.length))
    for (const [from, to] of [[near, far], [far, near]] as const) {
      ends.add(from)
      from.on('error', () => from.destroy())
      from.on('close', () => {
        ends.delete(from)
        to.destroy()
      })
      from.pipe(to)
    }
  })
  server.listen(0, HERE)
  await once(server, 'listening')
  return {
    address: `${HERE}:${portOf(server)}`,
    cut,
    cutAfter: (bytes) => new Promise((reached) => (limit = { left: bytes, reached })),
    plug: () => (isCut = false),
    close: async () => {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A port that nobody uses now. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, HERE)
  await once(server, 'listening')
  const port = portOf(server)
  server.close()
  await once(server, 'close')
  return port
}

const portOf = (server: net.Server): number => (server.address() as net.AddressInfo).port // It listens.
