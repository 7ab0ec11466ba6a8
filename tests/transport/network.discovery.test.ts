import dgram from 'node:dgram'
import type net from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clinicMark, Discovery, type FoundHost } from '#main/core/network/discovery.ts'
import { quietSocket } from '#main/core/network/quiet-socket.ts'
import { testClock } from '#tests/support/clock.ts'
import { testTimers, type TestTimers } from '#tests/support/timers.ts'
import { afterThisTest, events, type Events } from '#tests/support/wire.ts'

// The goal: a host is found without typing where the network allows it; where it does not, or where somebody sends
// nonsense, nothing happens at all. These tests keep to the loopback interface and a port of their own.

interface Ears {
  discovery: Discovery
  found: Events<FoundHost>
  troubles: Events<string>
  timers: TestTimers
}

function listen(port: number, more: { interface?: string } = {}): Ears {
  const [found, troubles, timers] = [events<FoundHost>(), events<string>(), testTimers()]
  const discovery = new Discovery({ platform: testClock(), timers, port, interface: '127.0.0.1', onFound: found.push, onTrouble: troubles.push, ...more })
  afterThisTest(() => discovery.close())
  return { discovery, found, troubles, timers }
}

const clinicId = '018f0000-0000-7000-8000-000000000001'

test('a host is found with its clinic’s mark, epoch and address, and says when it shows a code', async () => {
  const port = await freePort()
  const [host, machine] = [listen(port), listen(port)]
  host.discovery.announce({ clinicId, epoch: 4, port: 21_470, isPairing: false })
  const found = await machine.found.next()
  expect(found).toMatchObject({ clinic: clinicMark(clinicId), epoch: 4, isPairing: false })
  expect(found.addresses).toContain('127.0.0.1:21470')
  host.discovery.announce({ clinicId, epoch: 5, port: 21_470, isPairing: true })
  expect(await machine.found.next()).toMatchObject({ epoch: 5, isPairing: true })
  expect(machine.discovery.found).toHaveLength(1)
  expect(host.found.all).toEqual([])
})

test('the mark names no clinic and tells two apart', () => {
  expect(clinicMark(clinicId)).toMatch(/^[0-9a-f]{16}$/)
  expect(clinicMark(clinicId)).not.toContain(clinicId.slice(0, 8))
  expect(clinicMark(clinicId)).not.toBe(clinicMark('018f0000-0000-7000-8000-000000000002'))
})

test('a machine that starts later finds the host too', async () => {
  const port = await freePort()
  listen(port).discovery.announce({ clinicId, epoch: 1, port: 21_470, isPairing: false })
  expect(await listen(port).found.next()).toMatchObject({ epoch: 1 })
})

test('a host that closes says goodbye', async () => {
  const port = await freePort()
  const [host, machine, other] = [listen(port), listen(port), listen(port)]
  host.discovery.announce({ clinicId, epoch: 1, port: 21_470, isPairing: false })
  await machine.found.next()
  await host.discovery.close()
  // Packets of one sender arrive in order: after the next announcement is here, the goodbye was.
  other.discovery.announce({ clinicId, epoch: 2, port: 21_471, isPairing: false })
  await machine.found.next()
  expect(machine.discovery.found.map(({ epoch }) => epoch)).toEqual([2])
})

test('an interface that is not there: a word for the log, and no more', async () => {
  const ears = listen(await freePort(), { interface: '203.0.113.9' })
  ears.discovery.announce({ clinicId, epoch: 1, port: 21_470, isPairing: false })
  ears.discovery.ask()
  await ears.discovery.close()
  await ears.discovery.close()
  expect(ears.found.all).toEqual([])
})

test('a port that another program keeps to itself: a word for the log, and no more', async () => {
  const taken = dgram.createSocket({ type: 'udp4', reuseAddr: false })
  await new Promise<void>((resolve) => taken.bind(0, '0.0.0.0', resolve))
  afterThisTest(() => taken.close())
  const ears = listen(taken.address().port)
  expect(await ears.troubles.next()).toBe('EADDRINUSE')
  ears.discovery.announce({ clinicId, epoch: 1, port: 21_470, isPairing: false })
  ears.timers.advance(120_000)
  await ears.discovery.close()
})

test('no packet that anybody sends ends the program', async () => {
  const port = await freePort()
  const ears = listen(port)
  const enemy = dgram.createSocket('udp4')
  afterThisTest(() => enemy.close())
  await new Promise<void>((resolve) => enemy.bind(0, '127.0.0.1', resolve))
  enemy.setMulticastInterface('127.0.0.1')
  const send = (bytes: Uint8Array): Promise<void> => new Promise((resolve, reject) => enemy.send(bytes, port, '224.0.0.251', (error) => (error ? reject(error) : resolve())))
  listen(port).discovery.announce({ clinicId, epoch: 8, port: 21_470, isPairing: false })
  expect(await ears.found.next()).toMatchObject({ epoch: 8 }) // It listens.
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => void (await send(bytes))), { numRuns: 300 })
  for (const records of [[pointer()], [pointer(), place(1)], [pointer(), place(2)], [place(3)]]) await send(answer(records))
  listen(port).discovery.announce({ clinicId, epoch: 9, port: 21_470, isPairing: false })
  expect(await ears.found.next()).toMatchObject({ epoch: 9 })
  expect(ears.found.all).toHaveLength(2)
})

test('a socket whose listener throws, that is closed already or cannot send tells of it and throws nothing', async () => {
  const troubles = events<string>()
  const socket = quietSocket(troubles.push)
  socket.on('message', () => {
    throw new Error('a packet')
  })
  socket.emit('message', Buffer.from(''), { address: '', family: 'IPv4', port: 0, size: 0 })
  expect(await troubles.next()).toBe('MDNS_PACKET')
  await new Promise<void>((resolve) => socket.close(resolve))
  const failed = new Promise((resolve) => socket.once('error', resolve))
  socket.bind(0)
  expect(await failed).toMatchObject({ code: 'ERR_SOCKET_DGRAM_NOT_RUNNING' })
  expect(await new Promise((resolve) => socket.send('x', 1, '127.0.0.1', resolve))).toMatchObject({ code: 'ERR_SOCKET_DGRAM_NOT_RUNNING' })
})

// As much of a DNS packet as an enemy needs: an announcement of which parts are missing.
const label = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)])
const nameOf = (...labels: string[]): Buffer => Buffer.concat([...labels.map(label), Buffer.from([0])])
const TYPE = nameOf('_cairn', '_tcp', 'local')
const SERVICE = nameOf('enemy', '_cairn', '_tcp', 'local')
function record(name: Buffer, type: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(10)
  fixed.writeUInt16BE(type, 0)
  fixed.writeUInt16BE(1, 2)
  fixed.writeUInt32BE(120, 4)
  fixed.writeUInt16BE(data.length, 8)
  return Buffer.concat([name, fixed, data])
}
const pointer = (): Buffer => record(TYPE, 12, SERVICE)
const place = (port: number): Buffer => record(SERVICE, 33, Buffer.concat([Buffer.from([0, 0, 0, 0, 0, port]), nameOf('enemy', 'local')]))
function answer(records: Buffer[]): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0x8400, 2)
  head.writeUInt16BE(records.length, 6)
  return Buffer.concat([head, ...records])
}

async function freePort(): Promise<number> {
  const socket = dgram.createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '0.0.0.0', resolve))
  const { port } = socket.address() as net.AddressInfo // Bound.
  await new Promise<void>((resolve) => socket.close(resolve))
  return port
}
