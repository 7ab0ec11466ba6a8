import type http from 'node:http'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { servePort } from '#main/core/rpc/transport-port.ts'
import { serveSockets } from '#main/core/rpc/transport-socket.ts'
import { createPortClient } from '#shared/rpc/port-client.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'
import { doors, type OpenedDoor } from './doors.ts'

// The same cases over every door: who a caller is and what may happen never depends on the way in.
describe.each(Object.entries(doors))('over %s', (_name, openDoor) => {
  let world: World
  let opened: OpenedDoor
  beforeEach(async () => {
    world = await makeWorld()
    opened = await openDoor(world.core)
  })
  afterEach(() => opened.close())

  const signIn = () => opened.client.session.signIn({ userName: 'administrator', password: ADMIN_PASSWORD })

  it('knows nobody before sign-in', async () => {
    expect(await opened.client.session.state({})).toMatchObject({ phase: 'signed-out', person: null })
    expect(await refusalOf(opened.client.clinic.get({}))).toMatchObject({ code: 'SIGNED_OUT' })
  })

  it('refuses a wrong password and an unknown name alike', async () => {
    const wrong = await refusalOf(opened.client.session.signIn({ userName: 'administrator', password: 'not the password' }))
    const unknown = await refusalOf(opened.client.session.signIn({ userName: 'nobody', password: ADMIN_PASSWORD }))
    expect([wrong.code, unknown.code]).toEqual(['SIGN_IN_REFUSED', 'SIGN_IN_REFUSED'])
  })

  it('answers a signed-in person, and a locked one no more', async () => {
    await signIn()
    expect(await opened.client.clinic.get({})).toMatchObject({ name: 'Harbor Family Clinic', timeZone: 'America/New_York' })
    await opened.client.session.lock({})
    expect(await refusalOf(opened.client.clinic.get({}))).toMatchObject({ code: 'LOCKED' })
    await opened.client.session.unlock({ password: ADMIN_PASSWORD })
    expect(await opened.client.clinic.get({})).toMatchObject({ name: 'Harbor Family Clinic' })
    await opened.client.session.signOut({})
    expect(await refusalOf(opened.client.clinic.get({}))).toMatchObject({ code: 'SIGNED_OUT' })
  })

  it('refuses what the role may not do, with the same code', async () => {
    await signIn()
    const booking = { id: world.core.platform.newId(), patientId: world.clinic.addPatient(world.core), providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: '2026-11-17T14:00:00.000Z', durationMin: 15, reason: null }
    expect(await refusalOf(opened.client.scheduling.book(booking))).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('names the field of bad input and carries unicode and empty text whole', async () => {
    await signIn()
    expect(await refusalOf(opened.client.scheduling.listDay({ date: '17/11/2026' }))).toMatchObject({ code: 'INVALID_INPUT', data: { issues: [{ path: ['date'] }] } })
    expect(await refusalOf(opened.client.session.signIn({ userName: 'ñ\u0000💉', password: '' }))).toMatchObject({ code: 'SIGN_IN_REFUSED' })
  })

  it('answers an unknown procedure with a code, also for names of the language itself', async () => {
    const wild = opened.client as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>> // Paths outside the contract, on purpose.
    expect((await refusalOf(wild['scheduling']!['nothing']!({}))).code).toMatch(/UNKNOWN_PROCEDURE|NOT_FOUND/)
    expect((await refusalOf(wild['constructor']!['constructor']!({}))).code).toMatch(/UNKNOWN_PROCEDURE|NOT_FOUND/)
  })

  it('streams changes as they happen and stops when it is cancelled', async () => {
    const stop = new AbortController()
    const changes = (await opened.client.session.changes({}, { signal: stop.signal }))[Symbol.asyncIterator]()
    const first = changes.next()
    const desk = world.as('receptionist')
    await desk.scheduling.book({ id: world.core.platform.newId(), patientId: world.clinic.addPatient(world.core), providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: '2026-11-17T14:00:00.000Z', durationMin: 15, reason: null })
    expect((await first).value).toEqual({ topics: ['scheduling'] })
    stop.abort()
    expect(await changes.next().then((end) => end.done, () => true)).toBe(true)
  })
})

describe('the socket', () => {
  it('listens on loopback only and refuses a web page', async () => {
    const world = await makeWorld()
    const server = await serveSockets(world.core)
    expect(new URL(server.url).hostname).toBe('127.0.0.1')
    const page = new WebSocket(server.url, { origin: 'https://example.org' })
    const status = await new Promise((resolve) => page.once('unexpected-response', (_request, response: http.IncomingMessage) => resolve(response.statusCode)))
    expect(status).toBe(401)
    await server.close()
  })
})

describe('a window\'s port', () => {
  it('refuses what waits when the core is lost, and ends its streams', async () => {
    const { port1, port2 } = new MessageChannel()
    const caller = createPortClient((request) => port1.postMessage(request))
    port1.on('close', caller.lose)
    const call = refusalOf(caller.call(['session', 'state'], {}))
    port2.close()
    expect(await call).toMatchObject({ code: 'CONNECTION_LOST' })
  })

  it('ignores what is no request, and answers the next one', async () => {
    const world = await makeWorld()
    const { port1, port2 } = new MessageChannel()
    servePort(world.core, port2, world.core.openDoor('window'))
    for (const nonsense of [null, 7, 'text', [], {}, { id: 'x' }, { id: 1 }, { id: 2, path: 'scheduling.book' }, { id: 3, path: [{}] }, { id: 4, cancel: true }]) port1.postMessage(nonsense)
    const caller = createPortClient((request) => port1.postMessage(request))
    port1.on('message', caller.receive)
    expect(await caller.call(['session', 'state'], {})).toMatchObject({ phase: 'signed-out' })
    port1.close()
  })
})
