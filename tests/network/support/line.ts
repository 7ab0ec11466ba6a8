import net from 'node:net'
import { seeded } from '#tests/bench/support/measure.ts'

/**
 * A bad line, as a process of its own in one machine's network: what goes in on loopback comes out at the host, late and
 * slowly, and now and then the line breaks in the middle of a message. Kernels without netem cannot lose packets for us, and
 * to a program above TCP a lost packet is only another delay.
 */
const [listenOn = '', toHost = '', toPort = ''] = process.argv.slice(2)
const DELAY_MS = 50
const BYTES_PER_SECOND = 2_000_000
/** One in so many pieces ends the connection instead of arriving. */
const BREAKS_ONE_IN = 400
const random = seeded(11)

net.createServer({ allowHalfOpen: true }, (near) => {
  const far = net.connect({ port: Number(toPort), host: toHost, allowHalfOpen: true })
  const end = (): void => {
    near.destroy()
    far.destroy()
  }
  for (const [from, to] of [[near, far], [far, near]] as const) {
    let freeAtMs = 0
    from.on('data', (piece) => {
      if (random() * BREAKS_ONE_IN < 1) return end()
      freeAtMs = Math.max(freeAtMs, performance.now()) + (piece.length / BYTES_PER_SECOND) * 1_000
      from.pause()
      setTimeout(() => from.resume(), Math.max(0, freeAtMs - performance.now()))
      setTimeout(() => to.writable && to.write(piece), Math.max(0, freeAtMs - performance.now()) + DELAY_MS)
    })
    // What is still on its way arrives before the end does.
    from.on('end', () => setTimeout(() => to.end(), Math.max(0, freeAtMs - performance.now()) + DELAY_MS))
    from.on('error', end)
  }
}).listen(Number(listenOn), '127.0.0.1', () => process.stdout.write('ready\n'))
