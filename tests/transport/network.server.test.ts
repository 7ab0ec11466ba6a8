import { randomUUID } from 'node:crypto'
import https from 'node:https'
import net from 'node:net'
import tls from 'node:tls'
import { expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { limits } from '#shared/kernel/limits.ts'
import { parseAddress } from '#shared/sync/address.ts'
import { tlsOptionsOf } from '#main/core/network/dial.ts'
import { closeCodes } from '#main/core/network/close-codes.ts'
import { refusalOf } from '#tests/support/world.ts'
import { closeCodeOf, makeClinic, outcomeOf, ping, pong, rawSocket, rawTls, startHost, type Host } from '#tests/support/wire.ts'

// The goal: the one door to the network lets in whoever holds a listed certificate of this clinic, hears only what the
// protocol knows, and reports everybody else. Nothing that is refused reaches the engine.

async function connected(host: Host): Promise<{ socket: WebSocket; deviceId: string; machine: Awaited<ReturnType<Awaited<ReturnType<typeof makeClinic>>['machine']>> }> {
  const machine = await clinicOf.get(host)!.machine()
  host.allow(machine)
  const socket = rawSocket(host, machine)
  expect(await outcomeOf(socket)).toBe('open')
  await host.opened.next()
  return { socket, deviceId: machine.deviceId, machine }
}
const clinicOf = new WeakMap<Host, Awaited<ReturnType<typeof makeClinic>>>()
async function hostOfAClinic(more: Parameters<typeof startHost>[1] = {}): Promise<Host> {
  const clinic = await makeClinic()
  const host = await startHost(clinic, more)
  clinicOf.set(host, clinic)
  return host
}

test('a listed machine is heard and answered', async () => {
  const host = await hostOfAClinic()
  const { socket, deviceId } = await connected(host)
  socket.send(JSON.stringify(ping))
  const heard = await host.messages.next()
  expect(heard).toMatchObject({ deviceId, message: ping })
  const answer = new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)))))
  expect(heard.peer.send(pong)).toBe(true)
  expect(await answer).toEqual(pong)
  expect(host.attacks.all).toEqual([])
})

test('no certificate: cut before a byte of HTTP is read', async () => {
  const host = await hostOfAClinic()
  expect(await outcomeOf(rawSocket(host, undefined))).toBe('cut')
  expect(await host.attacks.next()).toMatchObject({ kind: 'no-certificate', remote: '127.0.0.1', times: 1 })
  expect(host.opened.all).toEqual([])
})

test('a certificate of another clinic: cut, even when its fingerprint had got onto the list', async () => {
  const host = await hostOfAClinic()
  const stranger = await (await makeClinic()).machine()
  host.allow(stranger)
  expect(await outcomeOf(rawSocket(host, stranger))).toBe('cut')
  expect(await host.attacks.next()).toMatchObject({ kind: 'foreign-certificate' })
})

test('a certificate whose time is over: cut', async () => {
  const host = await hostOfAClinic()
  const old = await clinicOf.get(host)!.machine({ at: '2020-01-01T00:00:00.000Z' })
  host.allow(old)
  expect(await outcomeOf(rawSocket(host, old))).toBe('cut')
  expect(await host.attacks.next()).toMatchObject({ kind: 'expired-certificate' })
})

test('a certificate of this clinic that is not on the list is refused, and so is a revoked one, each with its own word', async () => {
  const host = await hostOfAClinic()
  const machine = await clinicOf.get(host)!.machine()
  expect(await outcomeOf(rawSocket(host, machine))).toBe(401)
  expect(await host.attacks.next()).toMatchObject({ kind: 'unknown-certificate' })
  host.revoke(machine)
  expect(await outcomeOf(rawSocket(host, machine))).toBe(403)
  expect(await host.attacks.next()).toMatchObject({ kind: 'revoked-certificate', deviceId: machine.deviceId })
  expect(host.opened.all).toEqual([])
})

test('a machine that is revoked while connected: what it says next is not heard', async () => {
  const host = await hostOfAClinic()
  const { socket, machine } = await connected(host)
  host.revoke(machine)
  const code = closeCodeOf(socket)
  socket.send(JSON.stringify(ping))
  expect(await code).toBe(closeCodes.revoked)
  expect(await host.attacks.next()).toMatchObject({ kind: 'revoked-certificate', deviceId: machine.deviceId })
  expect(host.messages.all).toEqual([])
})

test('drop closes the open socket at once, also while its messages are on the way, and it does not come back', async () => {
  const host = await hostOfAClinic()
  const { socket, machine, deviceId } = await connected(host)
  host.revoke(machine)
  socket.send(JSON.stringify(ping))
  host.server.drop(deviceId)
  expect(await closeCodeOf(socket)).toBe(closeCodes.revoked)
  expect(await host.closed.next()).toMatchObject({ deviceId, code: closeCodes.revoked })
  expect(await outcomeOf(rawSocket(host, machine))).toBe(403)
  expect(host.messages.all).toEqual([])
})

test('R11: TLS 1.2 is refused', async () => {
  const host = await hostOfAClinic()
  const machine = await clinicOf.get(host)!.machine()
  host.allow(machine)
  const socket = rawTls(host, { cert: machine.certificate, key: machine.privateKey, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' })
  const error = await new Promise<Error & { code?: string }>((resolve) => socket.once('error', resolve))
  expect(error.code).toContain('PROTOCOL_VERSION')
  expect(await host.attacks.next()).toMatchObject({ kind: 'old-tls' })
})

test('what is no TLS at all is refused', async () => {
  const host = await hostOfAClinic()
  const socket = net.connect(host.server.port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\n\r\n'))
  await new Promise((resolve) => socket.once('close', resolve).on('error', () => undefined).resume())
  expect(await host.attacks.next()).toMatchObject({ kind: 'broken-handshake' })
})

test('a session is never resumed: each connection proves its key', async () => {
  const host = await hostOfAClinic()
  const machine = await clinicOf.get(host)!.machine()
  host.allow(machine)
  const options = { cert: machine.certificate, key: machine.privateKey }
  const first = rawTls(host, options)
  const sessions: Buffer[] = []
  first.on('session', (session) => sessions.push(session))
  first.on('secureConnect', () => first.end('GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'))
  await new Promise((resolve) => first.once('close', resolve).resume())
  const second = rawTls(host, { ...options, ...(sessions[0] ? { session: sessions[0] } : {}) })
  await new Promise((resolve) => second.once('secureConnect', resolve))
  expect(second.isSessionReused()).toBe(false)
})

test.each([
  ['a binary frame', (socket: WebSocket) => socket.send(Buffer.from(JSON.stringify(ping)), { binary: true }), 'binary-frame', closeCodes.binary],
  ['no JSON', (socket: WebSocket) => socket.send('hello'), 'not-json', closeCodes.badMessage],
  ['JSON that ends in the middle', (socket: WebSocket) => socket.send(JSON.stringify(ping).slice(0, -3)), 'not-json', closeCodes.badMessage],
  ['a message nobody knows', (socket: WebSocket) => socket.send('{"t":"format-disk"}'), 'unknown-message', closeCodes.badMessage],
  ['a field nobody knows', (socket: WebSocket) => socket.send(JSON.stringify({ ...ping, admin: true })), 'unknown-message', closeCodes.badMessage],
  ['JSON that is nested without end', (socket: WebSocket) => socket.send(`{"t":"push","commands":[${'['.repeat(100_000)}${']'.repeat(100_000)}]}`), 'unknown-message', closeCodes.badMessage],
  ['a command whose input is', (socket: WebSocket) => socket.send(JSON.stringify(pushOf({ deep: 0 })).replace('{"deep":0}', '['.repeat(100) + ']'.repeat(100))), 'unknown-message', closeCodes.badMessage],
  ['a message for the other side', (socket: WebSocket) => socket.send(JSON.stringify(pong)), 'unknown-message', closeCodes.badMessage],
  ['more than a frame may hold', (socket: WebSocket) => socket.send('x'.repeat(limits.sync_frame_bytes + 1)), 'large-frame', closeCodes.tooLarge],
])('%s ends the connection', async (_what, send, kind, code) => {
  const host = await hostOfAClinic()
  const { socket, deviceId } = await connected(host)
  send(socket)
  socket.send(JSON.stringify(ping))
  expect(await host.attacks.next()).toMatchObject({ kind, deviceId, remote: '127.0.0.1', times: 1 })
  expect(await host.closed.next()).toMatchObject({ deviceId, code })
  expect(host.messages.all).toEqual([])
})

test('brackets and quotes in what people write are no nesting', async () => {
  const host = await hostOfAClinic()
  const { socket } = await connected(host)
  const push = pushOf({ text: `${'[{'.repeat(200)}"\\"[[\\` })
  socket.send(JSON.stringify(push))
  expect((await host.messages.next()).message).toEqual(push)
  expect(host.attacks.all).toEqual([])
})

test('a frame of which only a part came is never heard', async () => {
  const host = await hostOfAClinic()
  const { machine } = await connected(host)
  const raw = await upgradedByHand(host, machine)
  await host.opened.next()
  raw.end(maskedFrame(JSON.stringify(ping)).subarray(0, -4))
  const { peer } = await host.closed.next()
  expect(peer.deviceId).toBe(machine.deviceId)
  expect(host.messages.all).toEqual([])
})

test('a frame that breaks the protocol ends the connection', async () => {
  const host = await hostOfAClinic()
  const { machine } = await connected(host)
  const raw = await upgradedByHand(host, machine)
  await host.opened.next()
  const unmasked = maskedFrame(JSON.stringify(ping))
  unmasked[1] = unmasked[1]! & 0x7f
  raw.write(unmasked)
  expect(await host.attacks.next()).toMatchObject({ kind: 'broken-frame', deviceId: machine.deviceId })
  expect(host.messages.all).toEqual([])
})

test('a browser is refused: no page has any business here', async () => {
  const host = await hostOfAClinic()
  const machine = await clinicOf.get(host)!.machine()
  host.allow(machine)
  expect(await outcomeOf(rawSocket(host, machine, { origin: 'https://example.org' }))).toBe(403)
  expect(await host.attacks.next()).toMatchObject({ kind: 'browser' })
})

test('everything that is not a known place is 404, also for our own machines', async () => {
  const host = await hostOfAClinic()
  const machine = await clinicOf.get(host)!.machine()
  host.allow(machine)
  expect(await outcomeOf(rawSocket(host, machine, {}, '/rpc'))).toBe(404)
  expect(await outcomeOf(rawSocket(host, machine, {}, '/pair'))).toBe(404)
  for (const path of ['/', '/snapshot/..%2f..%2fetc', '/snapshot/00000000-0000-0000-0000-000000000000']) expect(await statusOf(host, machine, path)).toBe(404)
})

test('the same attempt is told once a minute with its number, so that nobody fills the activity log', async () => {
  const host = await hostOfAClinic()
  for (let i = 0; i < 4; i += 1) expect(await outcomeOf(rawSocket(host, undefined))).toBe('cut')
  expect(host.attacks.all).toHaveLength(1)
})

test('a machine that connects again takes the place of its older socket', async () => {
  const host = await hostOfAClinic()
  const { socket, machine, deviceId } = await connected(host)
  const older = closeCodeOf(socket)
  const newer = rawSocket(host, machine)
  expect(await outcomeOf(newer)).toBe('open')
  expect(await older).toBe(closeCodes.replaced)
  expect(await host.closed.next()).toMatchObject({ deviceId, code: closeCodes.replaced })
  newer.send(JSON.stringify(ping))
  expect(await host.messages.next()).toMatchObject({ deviceId })
})

test('a machine that falls silent is let go after thirty seconds; one that pings is kept', async () => {
  const host = await hostOfAClinic()
  const silent = await connected(host)
  const lively = await connected(host)
  for (let beat = 0; beat < 3; beat += 1) {
    lively.socket.ping()
    await new Promise((resolve) => lively.socket.once('pong', resolve))
    host.timers.advance(limits.network_heartbeat_seconds * 1_000)
  }
  expect(await host.closed.next()).toMatchObject({ deviceId: silent.deviceId })
  expect(lively.socket.readyState).toBe(lively.socket.OPEN)
  expect(host.closed.all).toHaveLength(1)
})

test('what goes wrong with one machine’s message costs that machine its connection, and nobody else anything', async () => {
  const host = await hostOfAClinic({ onMessage: () => { throw new Error('a bug') } })
  const [unlucky, other] = [await connected(host), await connected(host)]
  unlucky.socket.send(JSON.stringify(ping))
  expect(await closeCodeOf(unlucky.socket)).toBe(closeCodes.failed)
  expect(await host.faults.next()).toMatchObject({ message: 'a bug' })
  expect(other.socket.readyState).toBe(other.socket.OPEN)
})

test('a list that cannot be read lists nobody, and a log that cannot be written ends nothing', async () => {
  const bug = (): never => {
    throw new Error('disk full')
  }
  const host = await hostOfAClinic({ deviceOf: bug, onAttack: bug })
  expect(await outcomeOf(rawSocket(host, await clinicOf.get(host)!.machine()))).toBe(401)
  expect(await outcomeOf(rawSocket(host, undefined))).toBe('cut')
  expect(host.faults.all.length).toBeGreaterThan(2)
  expect(host.opened.all).toEqual([])
})

test('a port that another program has is said', async () => {
  const host = await hostOfAClinic()
  expect(await refusalOf(startHost(clinicOf.get(host)!, { port: host.server.port }))).toEqual({ code: 'NETWORK_PORT_TAKEN', data: { port: host.server.port } })
})

test('a host that is closed does not wait for a machine that takes nothing any more', async () => {
  const host = await hostOfAClinic()
  const { socket } = await connected(host)
  socket.pause()
  for (let i = 0; i < 20; i += 1) host.opened.all[0]!.send({ t: 'refuse', code: 'BUSY', data: 'x'.repeat(1_000_000) })
  const closing = host.server.close()
  host.timers.advance(1_000)
  await closing
})

test('a host on all interfaces says where it can be reached, and never names loopback', async () => {
  const { server } = await startHost(await makeClinic(), { host: undefined })
  for (const address of server.addresses) expect(parseAddress(address)).toMatchObject({ port: server.port })
  expect(server.addresses.filter((address) => /^(127\.|\[::1\]|\[fe80)/.test(address))).toEqual([])
  const other = net.connect(server.port, '127.0.0.1')
  await new Promise((resolve) => other.once('connect', resolve))
  other.destroy()
})

test('send says when a machine does not keep up', async () => {
  const host = await hostOfAClinic()
  const { socket } = await connected(host)
  socket.pause()
  const peer = host.opened.all[0]!
  const page = { t: 'refuse', code: 'BUSY', data: 'x'.repeat(1_000_000) } as const
  const answers = Array.from({ length: 40 }, () => peer.send(page))
  expect(answers[0]).toBe(true)
  expect(answers.at(-1)).toBe(false)
  expect(peer.bufferedBytes).toBeGreaterThan(limits.network_unsent_bytes)
})

test('a renewed certificate is served to the next connection', async () => {
  const host = await hostOfAClinic()
  const { socket } = await connected(host)
  const renewed = await clinicOf.get(host)!.machine({ deviceId: host.identity.deviceId })
  host.server.useCertificate(renewed)
  const raw = tls.connect({ port: host.server.port, host: '127.0.0.1', ...tlsOptionsOf(await clinicOf.get(host)!.machine()) })
  await new Promise((resolve) => raw.once('secureConnect', resolve))
  expect(raw.getPeerX509Certificate()?.toString()).toBe(renewed.certificate.endsWith('\n') ? renewed.certificate : `${renewed.certificate}\n`)
  expect(socket.readyState).toBe(socket.OPEN)
  raw.destroy()
})

const pushOf = (input: unknown): unknown => ({
  t: 'push', commands: [{ seq: 1, cid: randomUUID(), name: 'scheduling.book', version: 1, input, actorId: randomUUID(), sessionId: randomUUID(), proof: 'full', at: '2026-11-17T15:00:00.000Z', epoch: 1 }],
})

function statusOf(host: Host, machine: Parameters<typeof tlsOptionsOf>[0], path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => https.get({ ...tlsOptionsOf(machine), host: '127.0.0.1', port: host.server.port, path, agent: false }, (response) => resolve(response.resume().statusCode)).on('error', reject))
}

/** A WebSocket of which we write every byte ourselves. */
async function upgradedByHand(host: Host, machine: Parameters<typeof tlsOptionsOf>[0]): Promise<tls.TLSSocket> {
  const raw = rawTls(host, tlsOptionsOf(machine))
  raw.write('GET /sync HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n')
  await new Promise((resolve) => raw.once('data', resolve))
  return raw
}

function maskedFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload])
}
