import { randomUUID } from 'node:crypto'
import https from 'node:https'
import type net from 'node:net'
import type { TLSSocket } from 'node:tls'
import { expect, test } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { limits } from '#shared/kernel/limits.ts'
import { formatPairingCode, parsePairingCode } from '#shared/kernel/pairing-code.ts'
import { parseAddress } from '#shared/sync/address.ts'
import { parseInvitation, type AboutMachine } from '#shared/sync/pairing.ts'
import { deviceOfCertificate, fingerprintOf, issueCertificate, makeRequest } from '#main/core/network/certificates.ts'
import { openSocket } from '#main/core/network/open-socket.ts'
import { joinClinic, type Joined, type JoinOptions } from '#main/core/network/pairing.ts'
import { channelOf, hostProof, joinerProof } from '#main/core/network/pairing-proof.ts'
import { PairingHost, type Answer, type Asking, type PairingEnd, type PairingPorts } from '#main/core/network/pairing-server.ts'
import { contextOf } from '#main/core/network/server.ts'
import { testClock, type TestClock } from '#tests/support/clock.ts'
import { refusalOf } from '#tests/support/world.ts'
import { testTimers, type TestTimers } from '#tests/support/timers.ts'
import { afterThisTest, events, makeClinic, now, outcomeOf, rawSocket, startHost, startMachine, type Clinic, type Events, type Host } from '#tests/support/wire.ts'

// The goal: only a machine whose person has read the code off the host's screen, and that a person at the host has then
// allowed, gets a certificate; whoever listens, repeats, guesses or stands in between gets nothing.

interface Scene {
  clinic: Clinic
  host: Host
  pairing: PairingHost
  clock: TestClock
  timers: TestTimers
  /** Machines that ask; the test answers with `decide`. */
  asking: Events<{ asking: Asking; left: AbortSignal; decide(answer: Answer): void }>
  ends: Events<PairingEnd>
  admitted: string[]
  join(more?: Partial<JoinOptions>): Promise<Joined> & { numbers: Events<string> }
}

const aMachine = (more: Partial<AboutMachine> = {}): AboutMachine => ({ deviceId: randomUUID(), name: 'Room 2', os: 'linux 6.8.0 x64', app: '0.1.0', profile: 'clinical', ...more })
const yes: Answer = { allow: true, name: 'Room 2', profile: 'front-desk' }

async function scene(more: Partial<PairingPorts> = {}, clinicGiven?: Clinic): Promise<Scene> {
  const [clinic, clock, timers] = [clinicGiven ?? (await makeClinic()), testClock(), testTimers()]
  const [asking, ends, admitted] = [events<Awaited<ReturnType<Scene['asking']['next']>>>(), events<PairingEnd>(), [] as string[]]
  const pairing = new PairingHost({
    platform: clock, timers,
    clinic: () => ({ authority: clinic.authority.certificate, clinicId: clinic.clinicId, clinicName: 'Dr. Reyes', epoch: 3, hostId: host.identity.deviceId, hostName: 'Office' }),
    onRequest: (about, left) => new Promise((decide) => asking.push({ asking: about, left, decide })),
    issue: (request, deviceId) => issueCertificate(clinic.authority, request, { clinicId: clinic.clinicId, deviceId, at: now() }),
    onAdmitted: ({ deviceId, fingerprint }) => {
      admitted.push(fingerprint)
      host.list.set(fingerprint, { id: deviceId, state: 'active' })
    },
    onEnd: ends.push, onAttack: (attempt) => host.attacks.push({ ...attempt, times: 1 }),
    ...more,
  })
  const host: Host = await startHost(clinic, { pairing })
  const { address } = host
  return {
    clinic, host, pairing, clock, timers, asking, ends, admitted,
    join: (options = {}) => {
      const numbers = events<string>()
      const joining = joinClinic({ address, code: pairing.shown?.code ?? formatPairingCode(new Uint8Array(16)), about: aMachine(), onNumber: numbers.push, ...options })
      joining.catch(() => undefined)
      return Object.assign(joining, { numbers })
    },
  }
}

test('a machine with the code that a person allows is in, under the name and profile that were decided at the host', async () => {
  const { clinic, host, pairing, asking, ends, join } = await scene()
  pairing.open([host.address])
  const about = aMachine()
  const joining = join({ about })
  const { asking: asked, decide } = await asking.next()
  expect(asked).toEqual({ ...about, number: await joining.numbers.next(), remote: '127.0.0.1' })
  expect(asked.number).toMatch(/^\d{6}$/)
  decide({ allow: true, name: 'Front desk', profile: 'front-desk' })
  const { identity, admission } = await joining
  expect(admission).toMatchObject({ name: 'Front desk', profile: 'front-desk', clinicName: 'Dr. Reyes', epoch: 3, hostId: host.identity.deviceId })
  expect(identity).toMatchObject({ deviceId: about.deviceId, clinicId: clinic.clinicId, profile: 'front-desk', addresses: [host.address], epochSeen: 3 })
  expect(deviceOfCertificate(identity.certificate)).toBe(about.deviceId)
  expect(await ends.next()).toBe('paired')
  const machine = startMachine(identity, identity.addresses)
  expect(await machine.opened.next()).toMatchObject({ hostId: host.identity.deviceId })
})

test('the QR code says where the host is and whose certificates are right', async () => {
  const { clinic, host, pairing, asking, join } = await scene()
  const { invitation, code, expiresAt } = pairing.open([host.address, '[fd00::1]:21470'])
  const read = parseInvitation(invitation)!
  expect(read).toEqual({ addresses: [host.address, '[fd00::1]:21470'], authority: fingerprintOf(clinic.authority.certificate), code })
  expect(expiresAt).toBe('2026-11-17T15:05:00.000Z')
  const joining = join({ authority: read.authority })
  ;(await asking.next()).decide(yes)
  await joining
  pairing.open([host.address])
  const deceived = join({ authority: '0'.repeat(64) })
  ;(await asking.next()).decide(yes)
  expect((await refusalOf(deceived)).code).toBe('PAIRING_NOT_THE_HOST')
})

test('a code is typed as people type: any case, without dashes, O for 0', async () => {
  const { pairing, asking, join } = await scene()
  const { code } = pairing.open([])
  const joining = join({ code: code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l') })
  ;(await asking.next()).decide(yes)
  await joining
})

test('declined: nothing is signed, and the code is gone', async () => {
  let signed = 0
  const { pairing, asking, ends, admitted, join } = await scene({ issue: async () => ((signed += 1), undefined) })
  pairing.open([])
  const joining = join()
  ;(await asking.next()).decide({ allow: false })
  expect((await refusalOf(joining)).code).toBe('PAIRING_DECLINED')
  expect(await ends.next()).toBe('declined')
  expect([signed, admitted, pairing.isOpen]).toEqual([0, [], false])
})

test('while no code is shown the door stays shut', async () => {
  const { host, join } = await scene()
  expect((await refusalOf(join())).code).toBe('PAIRING_CLOSED')
  expect(await host.attacks.next()).toMatchObject({ kind: 'no-certificate' })
})

test('a code works once', async () => {
  const { pairing, asking, join } = await scene()
  const { code } = pairing.open([])
  const first = join()
  ;(await asking.next()).decide(yes)
  await first
  expect((await refusalOf(join({ code }))).code).toBe('PAIRING_CLOSED')
  pairing.open([])
  expect((await refusalOf(join({ code }))).code).toBe('PAIRING_WRONG_CODE')
})

test('five wrong codes lock it, and the person at the host is told; the right code is worth nothing any more', async () => {
  const { host, pairing, ends, asking, join } = await scene()
  const { code } = pairing.open([])
  const wrong = formatPairingCode(new Uint8Array(16).fill(7))
  const codes: string[] = []
  for (let i = 0; i < limits.pairing_tries; i += 1) codes.push((await refusalOf(join({ code: wrong }))).code)
  expect(codes).toEqual([...Array<string>(limits.pairing_tries - 1).fill('PAIRING_WRONG_CODE'), 'PAIRING_LOCKED'])
  expect(await ends.next()).toBe('locked')
  expect(host.attacks.all.map(({ kind }) => kind)).toEqual(Array(limits.pairing_tries).fill('wrong-code'))
  expect((await refusalOf(join({ code }))).code).toBe('PAIRING_CLOSED')
  expect(asking.all).toEqual([])
})

test('after five minutes a code is worth nothing, whether the timer has run or not', async () => {
  const { pairing, clock, timers, ends, host, join } = await scene()
  const { code } = pairing.open([])
  clock.advanceMinutes(limits.pairing_minutes)
  expect((await refusalOf(join({ code }))).code).toBe('PAIRING_CLOSED')
  timers.advance(limits.pairing_minutes * 60_000)
  expect(await ends.next()).toBe('expired')
  expect(pairing.isOpen).toBe(false)
  expect((await refusalOf(join({ code }))).code).toBe('PAIRING_CLOSED')
  expect(await host.attacks.next()).toMatchObject({ kind: 'no-certificate' })
})

test('one machine at a time; when it goes away, the next one may ask, and a late yes lets nobody in', async () => {
  const { pairing, asking, admitted, join } = await scene()
  pairing.open([])
  const stop = new AbortController()
  const first = join({ signal: stop.signal })
  const asked = await asking.next()
  expect((await refusalOf(join())).code).toBe('PAIRING_BUSY')
  const left = new Promise((resolve) => asked.left.addEventListener('abort', resolve))
  stop.abort()
  expect((await refusalOf(first)).code).toBe('PAIRING_CANCELLED')
  await left
  asked.decide(yes)
  const second = join()
  ;(await asking.next()).decide(yes)
  await second
  expect(admitted).toHaveLength(1)
})

test('a person has five minutes to decide about a machine that came in time; then the question is over', async () => {
  const { pairing, asking, timers, clock, ends, admitted, join } = await scene()
  pairing.open([])
  clock.advanceMinutes(4)
  timers.advance(4 * 60_000)
  const joining = join()
  const { left } = await asking.next()
  timers.advance(limits.pairing_minutes * 60_000 - 1)
  expect(left.aborted).toBe(false)
  timers.advance(1)
  expect((await refusalOf(joining)).code).toBe('PAIRING_CLOSED')
  expect([await ends.next(), left.aborted, admitted]).toEqual(['expired', true, []])
})

test('cancelled at the host: the machine that waits is told', async () => {
  const { pairing, asking, ends, join } = await scene()
  pairing.open([])
  const joining = join()
  await asking.next()
  pairing.cancel()
  expect((await refusalOf(joining)).code).toBe('PAIRING_CLOSED')
  expect(await ends.next()).toBe('cancelled')
})

test('a machine that could not be put on the list gets no certificate', async () => {
  const { pairing, asking, join } = await scene({ onAdmitted: () => Promise.reject(new Error('disk full')) })
  pairing.open([])
  const joining = join()
  ;(await asking.next()).decide(yes)
  expect((await refusalOf(joining)).code).toBe('PAIRING_FAILED')
})

test('the host’s own trouble costs the machine its attempt, and the host nothing', async () => {
  const { pairing, asking, join } = await scene({ onAttack: () => { throw new Error('disk full') } })
  const { code } = pairing.open([])
  expect((await refusalOf(join({ code: formatPairingCode(new Uint8Array(16)) }))).code).toBe('PAIRING_FAILED')
  const joining = join({ code })
  ;(await asking.next()).decide(yes)
  await joining
})

test('what was recorded on one connection is worth nothing on another, nor a second time on its own', async () => {
  const { host, pairing, asking } = await scene()
  const { code } = pairing.open([])
  const [first, second] = [openSocket(parseAddress(host.address)!, '/pair', { rejectUnauthorized: false }, 16_384), rawSocket(host, undefined, {}, '/pair')]
  afterThisTest(() => first.socket.terminate())
  expect([await outcomeOf(first.socket), await outcomeOf(second)]).toEqual(['open', 'open'])
  const said = { about: aMachine(), request: (await makeRequest(randomUUID())).request }
  const join = JSON.stringify({ t: 'join', ...said, proof: joinerProof(channelOf(first.tls, parsePairingCode(code)!), said) })
  expect(await answerTo(second, join)).toEqual({ t: 'refused', code: 'PAIRING_WRONG_CODE' })
  expect(await answerTo(first.socket, join)).toMatchObject({ t: 'waiting' })
  first.socket.send(join)
  await asking.next()
  expect(asking.all).toHaveLength(1)
})

test.each([
  ['no JSON', 'join me'],
  ['a field nobody knows', JSON.stringify({ t: 'join', about: aMachine(), request: 'x', proof: `${'A'.repeat(43)}=`, admin: true })],
  ['another profile than there is', JSON.stringify({ t: 'join', about: { ...aMachine(), profile: 'owner' }, request: 'x', proof: `${'A'.repeat(43)}=` })],
  ['binary', Buffer.from('{}')],
])('%s at the pairing door is refused and reported', async (_what, said) => {
  const { host, pairing, asking } = await scene()
  pairing.open([])
  expect(await sayAlone(host, said)).toEqual({ t: 'refused', code: 'PAIRING_FAILED' })
  expect(await host.attacks.next()).toMatchObject({ kind: 'bad-join' })
  expect(asking.all).toEqual([])
})

test('a request that the host does not sign lets nobody in', async () => {
  const { pairing, asking, join, admitted } = await scene({ issue: async () => undefined })
  pairing.open([])
  const joining = join()
  ;(await asking.next()).decide(yes)
  expect((await refusalOf(joining)).code).toBe('PAIRING_FAILED')
  expect(admitted).toEqual([])
})

test('a stranger who says nothing is let go, and more than a join is never read', async () => {
  const { host, pairing, timers } = await scene()
  pairing.open([])
  const mute = rawSocket(host, undefined, {}, '/pair')
  expect(await outcomeOf(mute)).toBe('open')
  const gone = new Promise((resolve) => mute.once('close', resolve))
  timers.advance(limits.pairing_silence_seconds * 1_000)
  await gone
  const loud = rawSocket(host, undefined, {}, '/pair')
  expect(await outcomeOf(loud)).toBe('open')
  const cut = new Promise<number>((resolve) => loud.once('close', resolve))
  loud.send('x'.repeat(limits.pairing_frame_bytes + 1))
  expect(await cut).toBe(1009)
})

test('no more strangers than a room holds are at the door at once', async () => {
  const { host, pairing } = await scene()
  pairing.open([])
  for (let i = 0; i < limits.network_strangers_max; i += 1) expect(await outcomeOf(rawSocket(host, undefined, {}, '/pair'))).toBe('open')
  expect(await outcomeOf(rawSocket(host, undefined, {}, '/pair'))).toBe('cut')
})

test('a stranger is heard at the pairing door only, also while a code is shown', async () => {
  const { host, pairing } = await scene()
  pairing.open([])
  expect(await outcomeOf(rawSocket(host, undefined))).toBe(401)
  expect(await host.attacks.next()).toMatchObject({ kind: 'no-certificate' })
})

test('a man in the middle with a certificate of his own gets nothing from either end', async () => {
  const { host, pairing, asking, join, admitted } = await scene()
  pairing.open([])
  const middle = await manInTheMiddle(host)
  const joining = join({ address: middle.address })
  expect((await refusalOf(joining)).code).toBe('PAIRING_WRONG_CODE')
  expect(await host.attacks.next()).toMatchObject({ kind: 'wrong-code' })
  expect(middle.heard.filter((text) => text.includes('CERTIFICATE-----'))).toEqual([])
  expect([asking.all, admitted, joining.numbers.all]).toEqual([[], [], []])
})

test('somebody who only plays the host, without the code, is not believed', async () => {
  const { pairing, join } = await scene()
  pairing.open([])
  const rogue = await makeClinic()
  const identity = await rogue.machine()
  const server = https.createServer(contextOf(identity))
  new WebSocketServer({ server }).on('connection', (socket, request) => socket.once('message', (data) => {
    const { about, request: asked } = JSON.parse(String(data)) as { about: AboutMachine; request: string } // What the joiner sends.
    const channel = channelOf(request.socket as TLSSocket, new Uint8Array(16))
    socket.send(JSON.stringify({ t: 'waiting', proof: hostProof(channel, { about, request: asked }) }))
  }))
  const joining = join({ address: `127.0.0.1:${await listen(server)}` })
  expect((await refusalOf(joining)).code).toBe('PAIRING_NOT_THE_HOST')
  expect(joining.numbers.all).toEqual([])
})

test('a host that admits before it has proved itself is not believed', async () => {
  const { pairing, join } = await scene()
  pairing.open([])
  const rogue = await makeClinic()
  const identity = await rogue.machine()
  const server = https.createServer(contextOf(identity))
  new WebSocketServer({ server }).on('connection', (socket) => socket.once('message', (data) => void (async () => {
    const { about, request } = JSON.parse(String(data)) as { about: AboutMachine; request: string } // What the joiner sends.
    const certificate = await issueCertificate(rogue.authority, request, { clinicId: rogue.clinicId, deviceId: about.deviceId, at: now() })
    socket.send(JSON.stringify({ t: 'admitted', admission: { certificate, authority: rogue.authority.certificate, clinicId: rogue.clinicId, clinicName: '', hostId: identity.deviceId, hostName: '', epoch: 1, name: about.name, profile: 'standby' } }))
  })()))
  expect((await refusalOf(join({ address: `127.0.0.1:${await listen(server)}` }))).code).toBe('PAIRING_NOT_THE_HOST')
})

test.each<[string, (clinic: Clinic) => Promise<Partial<PairingPorts>>]>([
  ['a certificate for somebody else’s key', async (clinic) => ({ issue: async () => (await clinic.machine()).certificate })],
  ['another authority than the one that signed the host', async () => {
    const other = await makeClinic()
    return {
      clinic: () => ({ authority: other.authority.certificate, clinicId: other.clinicId, clinicName: '', epoch: 1, hostId: present!.host.identity.deviceId, hostName: '' }),
      issue: (request, deviceId) => issueCertificate(other.authority, request, { clinicId: other.clinicId, deviceId, at: now() }),
    }
  }],
  ['another host’s id than its own', async (clinic) => ({
    clinic: () => ({ authority: clinic.authority.certificate, clinicId: clinic.clinicId, clinicName: '', epoch: 1, hostId: randomUUID(), hostName: '' }),
  })],
])('a host that knows the code and gives %s is not believed', async (_what, wrong) => {
  const clinic = await makeClinic()
  present = await scene(await wrong(clinic), clinic)
  present.pairing.open([])
  const joining = present.join()
  ;(await present.asking.next()).decide(yes)
  expect((await refusalOf(joining)).code).toBe('PAIRING_NOT_THE_HOST')
})
let present: Scene | undefined

test('what cannot be a code or an address is said before anything is sent', async () => {
  const { join } = await scene()
  expect((await refusalOf(join({ code: 'ABC' }))).code).toBe('PAIRING_BAD_CODE')
  expect((await refusalOf(join({ address: 'not an address', code: formatPairingCode(new Uint8Array(16)) }))).code).toBe('PAIRING_BAD_ADDRESS')
})

async function sayAlone(host: Host, said: string | Buffer): Promise<unknown> {
  const socket = rawSocket(host, undefined, {}, '/pair')
  expect(await outcomeOf(socket)).toBe('open')
  return answerTo(socket, said)
}

function answerTo(socket: WebSocket, said: string | Buffer): Promise<unknown> {
  const answer = new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)))))
  socket.send(said)
  return answer
}

/** Ends TLS at both sides with his own certificate and hands every message on. */
async function manInTheMiddle(host: Host): Promise<{ address: string; heard: string[] }> {
  const heard: string[] = []
  const server = https.createServer(contextOf(await (await makeClinic()).machine()))
  new WebSocketServer({ server }).on('connection', (joiner) => {
    const onward = rawSocket(host, undefined, {}, '/pair')
    const held: string[] = []
    const pass = (to: WebSocket, text: string): void => {
      heard.push(text)
      to.send(text)
    }
    joiner.on('message', (data) => (onward.readyState === onward.OPEN ? pass(onward, String(data)) : held.push(String(data))))
    onward.on('open', () => held.splice(0).forEach((text) => pass(onward, text)))
    onward.on('message', (data) => pass(joiner, String(data)))
    onward.on('close', () => joiner.close())
  })
  return { address: `127.0.0.1:${await listen(server)}`, heard }
}

async function listen(server: https.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterThisTest(() => server.closeAllConnections())
  afterThisTest(() => server.close())
  return (server.address() as net.AddressInfo).port
}
