import https from 'node:https'
import net from 'node:net'
import { expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { limits } from '#shared/kernel/limits.ts'
import { parseAddress } from '#shared/sync/address.ts'
import { closeCodes } from '#main/core/network/close-codes.ts'
import { contextOf } from '#main/core/network/server.ts'
import type { NetworkIdentity } from '#main/core/network/identity.ts'
import { afterThisTest, makeClinic, ping, pong, startHost, startMachine } from '#tests/support/wire.ts'

// The goal: a machine finds its host again by itself whatever happens in between, talks to its own clinic's only, and
// never takes a host at its word that breaks the protocol.

const heartbeatMs = limits.network_heartbeat_seconds * 1_000

test('a machine and its host talk both ways, and each knows who the other is', async () => {
  const clinic = await makeClinic()
  const host = await startHost(clinic)
  const identity = await clinic.machine()
  host.allow(identity)
  const machine = startMachine(identity, [host.address])
  const [peer, atHost] = [await machine.opened.next(), await host.opened.next()]
  expect(peer).toMatchObject({ hostId: host.identity.deviceId, address: host.address })
  expect(peer.send(ping)).toBe(true)
  expect(await host.messages.next()).toMatchObject({ deviceId: identity.deviceId, message: ping })
  atHost.send(pong)
  expect(await machine.messages.next()).toEqual(pong)
  expect(machine.client.isOpen).toBe(true)
})

test('a host of another clinic is not talked to', async () => {
  const [clinic, other] = [await makeClinic(), await makeClinic()]
  const host = await startHost(other)
  const machine = startMachine(await clinic.machine(), [host.address])
  expect(await machine.closed.next()).toEqual({ why: 'other-clinic' })
  expect(host.opened.all).toEqual([])
})

test('a certificate of the right authority that names another clinic is not believed', async () => {
  const clinic = await makeClinic()
  const host = await startHost({ ...clinic, machine: async () => ({ ...(await clinic.machine()) }) })
  const identity = { ...(await clinic.machine()), clinicId: '00000000-0000-4000-8000-000000000000' }
  host.allow(identity)
  expect(await startMachine(identity, [host.address]).closed.next()).toEqual({ why: 'other-clinic' })
})

test('a machine that reaches itself goes on to the next address', async () => {
  const clinic = await makeClinic()
  const [own, host] = [await startHost(clinic), await startHost(clinic)]
  const identity = { ...own.identity }
  host.allow(identity)
  expect(await startMachine(identity, [own.address]).closed.next()).toEqual({ why: 'itself' })
  const machine = startMachine(identity, [own.address, host.address])
  expect(await machine.opened.next()).toMatchObject({ address: host.address })
})

test('a revoked machine and an unknown one are told which they are', async () => {
  const clinic = await makeClinic()
  const host = await startHost(clinic)
  const identity = await clinic.machine()
  expect(await startMachine(identity, [host.address]).closed.next()).toEqual({ why: 'unknown-machine' })
  host.revoke(identity)
  expect(await startMachine(identity, [host.address]).closed.next()).toEqual({ why: 'revoked' })
})

test('nobody there: tries again after one second, then longer and longer up to thirty, never in step with the others', async () => {
  const machine = startMachine(await (await makeClinic()).machine(), [await deadAddress()])
  const waits: number[] = []
  for (let round = 0; round < 8; round += 1) {
    expect(await machine.closed.next()).toEqual({ why: 'unreachable' })
    const wait = machine.timers.nextMs!
    waits.push(wait)
    machine.timers.advance(wait)
  }
  const full = [1, 2, 4, 8, 16, 30, 30, 30].map((seconds) => seconds * 1_000)
  for (const [i, wait] of waits.entries()) {
    expect(wait).toBeLessThanOrEqual(full[i]!)
    expect(wait).toBeGreaterThanOrEqual(Math.max(1_000, full[i]! / 2))
  }
  expect(new Set(waits.map((wait, i) => wait / full[i]!)).size).toBeGreaterThan(3)
})

test('wake tries at once, and the waiting begins anew', async () => {
  const machine = startMachine(await (await makeClinic()).machine(), [await deadAddress()])
  for (let round = 0; round < 5; round += 1) {
    await machine.closed.next()
    machine.timers.advance(machine.timers.nextMs!)
  }
  await machine.closed.next()
  expect(machine.timers.nextMs).toBeGreaterThan(10_000)
  machine.client.wake()
  expect(await machine.closed.next()).toEqual({ why: 'unreachable' })
  expect(machine.timers.nextMs).toBe(1_000)
})

test('without any address it waits for one, and takes what discovery has found since', async () => {
  const clinic = await makeClinic()
  const host = await startHost(clinic)
  const identity = await clinic.machine()
  host.allow(identity)
  const found: string[] = []
  const machine = startMachine(identity, () => found)
  expect(await machine.closed.next()).toEqual({ why: 'no-address' })
  found.push(await deadAddress(), host.address)
  machine.client.wake()
  expect(await machine.opened.next()).toMatchObject({ address: host.address })
})

test('the host goes away and comes back: the machine is there again, with its present certificate', async () => {
  const clinic = await makeClinic()
  const first = await startHost(clinic)
  let identity = await clinic.machine()
  first.allow(identity)
  const machine = startMachine(() => identity, [first.address])
  await machine.opened.next()
  await first.server.close()
  expect(await machine.closed.next()).toEqual({ why: 'ended', code: closeCodes.leaving })
  identity = await clinic.machine({ deviceId: identity.deviceId })
  const again = await startHost(clinic, { port: first.server.port })
  again.allow(identity)
  machine.timers.advance(machine.timers.nextMs!)
  expect(await again.opened.next()).toMatchObject({ deviceId: identity.deviceId })
})

test('a cable that is pulled shows after thirty seconds without a byte', async () => {
  const clinic = await makeClinic()
  const host = await startHost(clinic)
  const identity = await clinic.machine()
  host.allow(identity)
  const cable = await cableTo(host.server.port)
  const machine = startMachine(identity, [cable.address])
  await machine.opened.next()
  cable.pull()
  machine.timers.advance(heartbeatMs * 2)
  expect(machine.client.isOpen).toBe(true)
  machine.timers.advance(heartbeatMs)
  expect(await machine.closed.next()).toEqual({ why: 'silent' })
})

test('waking with a connection that only looks open: it is tried, and given up after three seconds', async () => {
  const clinic = await makeClinic()
  const host = await startHost(clinic)
  const identity = await clinic.machine()
  host.allow(identity)
  const cable = await cableTo(host.server.port)
  const machine = startMachine(identity, [cable.address])
  await machine.opened.next()
  const answered = cable.fromHost()
  machine.client.wake()
  await answered
  cable.pull()
  machine.client.wake()
  machine.timers.advance(limits.network_probe_seconds * 1_000)
  expect(await machine.closed.next()).toEqual({ why: 'silent' })
})

test('waking with a connection that works leaves it open', async () => {
  const clinic = await makeClinic()
  const host = await startHost(clinic)
  const identity = await clinic.machine()
  host.allow(identity)
  const machine = startMachine(identity, [host.address])
  const peer = await machine.opened.next()
  machine.client.wake()
  peer.send(ping)
  const { peer: atHost } = await host.messages.next()
  atHost.send(pong)
  await machine.messages.next()
  machine.timers.advance(limits.network_probe_seconds * 1_000)
  peer.send(ping)
  await host.messages.next()
  expect(machine.client.isOpen).toBe(true)
  expect(machine.closed.all).toEqual([])
})

test('a host that only answers pings is alive', async () => {
  const clinic = await makeClinic()
  const host = await startHost(clinic)
  const identity = await clinic.machine()
  host.allow(identity)
  const cable = await cableTo(host.server.port)
  const machine = startMachine(identity, [cable.address])
  await machine.opened.next()
  for (let beat = 0; beat < 5; beat += 1) {
    const answered = cable.fromHost()
    machine.timers.advance(heartbeatMs)
    if (beat < 4) await answered
  }
  expect(machine.client.isOpen).toBe(true)
})

test('a connection that breaks without a word is lost, and the next attempt follows within a second', async () => {
  const clinic = await makeClinic()
  const host = await startHost(clinic)
  const identity = await clinic.machine()
  host.allow(identity)
  const cable = await cableTo(host.server.port)
  const machine = startMachine(identity, [cable.address])
  await machine.opened.next()
  cable.cut()
  expect(await machine.closed.next()).toEqual({ why: 'lost' })
  expect(machine.timers.nextMs).toBe(1_000)
})

test('a connection that held for a while makes the next loss a new one: the waiting begins at one second again', async () => {
  const clinic = await makeClinic()
  const identity = await clinic.machine()
  const address = await deadAddress()
  const machine = startMachine(identity, [address])
  for (let round = 0; round < 5; round += 1) {
    await machine.closed.next()
    if (round < 4) machine.timers.advance(machine.timers.nextMs!)
  }
  expect(machine.timers.nextMs).toBeGreaterThan(5_000)
  const host = await startHost(clinic, { port: parseAddress(address)!.port })
  host.allow(identity)
  machine.timers.advance(machine.timers.nextMs!)
  await machine.opened.next()
  machine.timers.advance(heartbeatMs)
  await host.server.close()
  await machine.closed.next()
  expect(machine.timers.nextMs).toBe(1_000)
})

test('a machine of the clinic that is not the host is left, and the next address is tried first', async () => {
  const clinic = await makeClinic()
  const [formerHost, host] = [await startHost(clinic), await startHost(clinic)]
  const identity = await clinic.machine()
  formerHost.allow(identity)
  host.allow(identity)
  const machine = startMachine(identity, [formerHost.address, host.address])
  const wrong = await machine.opened.next()
  expect(wrong.hostId).toBe(formerHost.identity.deviceId)
  wrong.reject()
  await machine.closed.next()
  machine.timers.advance(machine.timers.nextMs!)
  expect(await machine.opened.next()).toMatchObject({ hostId: host.identity.deviceId })
})

test.each([
  ['a binary frame', Buffer.from('{}')],
  ['no JSON', '{"t":'],
  ['a message nobody knows', '{"t":"erase"}'],
  ['a field nobody knows', JSON.stringify({ ...pong, more: 1 })],
])('%s from the host ends the connection', async (_what, frame) => {
  const clinic = await makeClinic()
  const hostIdentity = await clinic.machine()
  const port = await rogueHost(hostIdentity, frame)
  const machine = startMachine(await clinic.machine(), [`127.0.0.1:${port}`])
  await machine.opened.next()
  expect(await machine.closed.next()).toEqual({ why: 'bad-message' })
  expect(machine.messages.all).toEqual([])
})

test('what goes wrong with a message costs the connection and not the program', async () => {
  const clinic = await makeClinic()
  const host = await startHost(clinic)
  const identity = await clinic.machine()
  host.allow(identity)
  const bug = (): void => {
    throw new Error('a bug')
  }
  const machine = startMachine(identity, [host.address], { onMessage: bug, onOpen: bug })
  const peer = await host.opened.next()
  expect(await machine.faults.next()).toMatchObject({ message: 'a bug' })
  peer.send(pong)
  expect(await machine.closed.next()).toEqual({ why: 'fault' })
  expect(machine.faults.all).toHaveLength(2)
})

test('a host that lets in and throws out again is not asked every second', async () => {
  const clinic = await makeClinic()
  const host = await startHost(clinic, { onOpen: (_deviceId, peer) => peer.close(closeCodes.leaving) })
  const identity = await clinic.machine()
  host.allow(identity)
  const machine = startMachine(identity, [host.address])
  const waits: number[] = []
  for (let round = 0; round < 6; round += 1) {
    expect(await machine.closed.next()).toEqual({ why: 'ended', code: closeCodes.leaving })
    waits.push(machine.timers.nextMs!)
    machine.timers.advance(machine.timers.nextMs!)
  }
  expect(waits.at(-1)).toBeGreaterThan(10_000)
})

test('a client that is closed stays closed', async () => {
  const clinic = await makeClinic()
  const host = await startHost(clinic)
  const identity = await clinic.machine()
  host.allow(identity)
  const machine = startMachine(identity, [host.address])
  await machine.opened.next()
  machine.client.close()
  expect(await host.closed.next()).toMatchObject({ code: closeCodes.leaving })
  machine.client.wake()
  expect(machine.timers.nextMs).toBeUndefined()
})

async function deadAddress(): Promise<string> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as net.AddressInfo // It listens on a port.
  await new Promise((resolve) => server.close(resolve))
  return `127.0.0.1:${port}`
}

/** A cable between a machine and its host that can be pulled (nothing arrives, nobody is told) or cut. */
async function cableTo(port: number): Promise<{ address: string; pull(): void; cut(): void; fromHost(): Promise<void> }> {
  const ends: net.Socket[] = []
  let arrived: (() => void) | undefined
  const server = net.createServer((machine) => {
    const host = net.connect(port, '127.0.0.1')
    ends.push(machine, host)
    for (const end of [machine, host]) end.on('error', () => undefined)
    machine.pipe(host).pipe(machine)
    host.on('data', () => arrived?.())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterThisTest(() => {
    for (const end of ends) end.destroy()
    server.close()
  })
  return {
    address: `127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    pull: () => {
      for (const end of ends) end.unpipe()
      for (const end of ends) end.pause()
    },
    cut: () => {
      for (const end of ends) end.destroy()
    },
    fromHost: () => new Promise((resolve) => (arrived = resolve)),
  }
}

/** A host with a right certificate and wrong words. */
async function rogueHost(identity: NetworkIdentity, frame: string | Buffer): Promise<number> {
  const server = https.createServer({ ...contextOf(identity), minVersion: 'TLSv1.3' })
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.send(frame)
    socket.send(JSON.stringify(pong))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterThisTest(() => server.closeAllConnections())
  afterThisTest(() => server.close())
  return (server.address() as net.AddressInfo).port
}
