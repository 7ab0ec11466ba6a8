import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { JoinStep, PairingStep } from '#shared/domains/network/model.ts'
import { toInstant } from '#shared/kernel/time.ts'
import type { Profile } from '#shared/sync/messages.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import type { Core } from '#main/core/core.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { connectionsOf } from '#tests/e2e/support/listener.ts'
import { layCable } from '#tests/support/cable.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { makeWorld, openCore, refusalOf, type World } from '#tests/support/world.ts'

// Two cores, one of them the host, over real TLS on loopback: what a person at each of the two screens sees.

const DAY_MS = 86_400_000
const network = { bind: '127.0.0.1', isQuiet: true, port: 0 }
const opened: Core[] = []
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close()
})

interface Clinic { host: World; admin: CairnClient; address: string }

async function makeHost(start?: string): Promise<Clinic> {
  const host = await makeWorld({ network, ...(start === undefined ? {} : { start }) })
  const admin = host.as('administrator')
  expect(await admin.network.becomeHost({})).toMatchObject({ role: 'host', epoch: 1 })
  return { host, admin, address: host.core.network.server?.addresses[0] ?? '' }
}

/** Shows a code at the host and answers whoever asks; resolves with every step that was seen. */
async function showCode({ admin }: Clinic, answer: 'allow' | 'decline'): Promise<{ code: string; steps: Promise<PairingStep[]> }> {
  const stream = (await admin.network.pair({}))[Symbol.asyncIterator]()
  const first = await stream.next()
  if (first.done || first.value.is !== 'waiting') throw new Error('a code is shown first')
  const { code } = first.value
  const steps = (async () => {
    const seen: PairingStep[] = []
    for (let step = await stream.next(); !step.done; step = await stream.next()) {
      seen.push(step.value)
      if (step.value.is === 'asking') await admin.network.answerPairing({ requestId: step.value.requestId, allow: answer === 'allow' })
    }
    return seen
  })()
  return { code, steps }
}

async function join({ address, host }: Pick<Clinic, 'address' | 'host'>, code: string, profile: Profile): Promise<{ core: Core; client: CairnClient; steps: JoinStep[] }> {
  const core = await openCore(fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-join-')), host.clock, { network })
  opened.push(core)
  const client = inProcessClient(core, core.openDoor('test'))
  const steps: JoinStep[] = []
  for await (const step of await client.network.join({ address, code, name: 'Laptop', profile })) steps.push(step)
  return { core, client, steps }
}

describe('joining', () => {
  it('compares six digits, takes the copy, and the machine follows: network.join, network.pair, network.answerPairing, network.members, network.state', async () => {
    const clinic = await makeHost()
    const { code, steps } = await showCode(clinic, 'allow')
    const machine = await join(clinic, code, 'clinical')
    const seen = await steps
    const [asked, asking] = [machine.steps.find((step) => step.is === 'asking'), seen.find((step) => step.is === 'asking')]
    expect(asked?.is === 'asking' && asked.digits).toBe(asking?.is === 'asking' && asking.digits)
    expect(machine.steps.at(-1)).toEqual({ is: 'done', clinicName: 'Harbor Family Clinic' })
    expect(seen.at(-1)).toEqual({ is: 'paired', name: 'Laptop' })
    await vi.waitFor(async () => expect((await clinic.admin.network.members({})).map((one) => [one.isHost, one.isConnected, one.profile])).toEqual([[true, true, null], [false, true, 'clinical']]), { timeout: 10_000 })

    await machine.client.session.signIn({ userName: 'administrator', password: ADMIN_PASSWORD })
    await vi.waitFor(async () => expect(await machine.client.network.state({})).toMatchObject({ role: 'member', link: 'connected', profile: 'clinical', unsent: 0, attention: 0 }))
    expect(await machine.client.network.tryNow({})).toEqual({})
    expect(await machine.client.network.attention({})).toEqual([])
    expect((await refusalOf(machine.client.network.settle({ id: clinic.host.core.platform.newId(), how: 'told' }))).code).toBe('SETTLED_ALREADY')
    const renamed = async (who: CairnClient, id: string) => (await who.devices.rename({ id, name: 'Room 2' })).name
    expect([await renamed(machine.client, machine.core.node.deviceId), await renamed(clinic.admin, machine.core.node.deviceId)]).toEqual(['Room 2', 'Room 2'])
    expect((await clinic.admin.network.members({})).map((one) => one.name)).toContain('Room 2')
    const room = { id: clinic.host.core.platform.newId(), name: 'Room 9', kind: 'exam' as const, sortOrder: 9, isActive: true }
    await machine.client.clinic.saveRoom(room)
    expect(await clinic.admin.clinic.listAllRooms({})).toContainEqual(room)
  })

  it('goes on with the copy where it was when the line comes back', async () => {
    const clinic = await makeHost()
    const cable = await layCable(clinic.host.core.network.server?.port ?? 0)
    const { code } = await showCode(clinic, 'allow')
    const isOut = cable.cutAfter(400_000)
    const joined = join({ ...clinic, address: cable.address }, code, 'clinical')
    await isOut
    cable.plug()
    const { steps } = await joined
    const copied = steps.flatMap((step) => (step.is === 'copying' ? [step.doneBytes] : []))
    expect(steps.at(-1)).toMatchObject({ is: 'done' })
    expect(copied[0]).toBeLessThan(100_000)
    expect(copied.filter((bytes) => bytes < 100_000)).toEqual(copied.slice(0, copied.findIndex((bytes) => bytes >= 100_000)))
    await cable.close()
  })

  it('lets nobody in with a wrong code, and locks after five', async () => {
    const clinic = await makeHost()
    const { code, steps } = await showCode(clinic, 'allow')
    const wrong = code.startsWith('0') ? code.replace('0', '1') : `0${code.slice(1)}`
    const codes: string[] = []
    for (let tries = 0; tries < 5; tries += 1) codes.push(await join(clinic, wrong, 'clinical').then(() => 'in', (error: unknown) => (error as { code: string }).code))
    expect(codes).toEqual(['CODE_WRONG', 'CODE_WRONG', 'CODE_WRONG', 'CODE_WRONG', 'PAIRING_LOCKED'])
    expect((await steps).map((step) => (step.is === 'wrong' ? step.triesLeft : step.is === 'over' ? step.why : step.is))).toEqual([4, 3, 2, 1, 'locked'])
    expect(await clinic.admin.network.members({})).toHaveLength(1)
  })

  it('is up to the person at the host', async () => {
    const clinic = await makeHost()
    const { code, steps } = await showCode(clinic, 'decline')
    await expect(join(clinic, code, 'clinical')).rejects.toMatchObject({ code: 'PAIRING_DECLINED' })
    expect((await steps).at(-1)).toEqual({ is: 'over', why: 'declined' })
  })
})

describe('the host', () => {
  it('drops a machine that is taken off the list at once, and hears nothing of it any more: network.revoke', async () => {
    const clinic = await makeHost()
    const { code } = await showCode(clinic, 'allow')
    const machine = await join(clinic, code, 'clinical')
    await machine.client.session.signIn({ userName: 'administrator', password: ADMIN_PASSWORD })
    await vi.waitFor(async () => expect((await machine.client.network.state({})).link).toBe('connected'))
    const { id = '' } = (await clinic.admin.network.members({})).find((one) => !one.isThis) ?? {}
    await clinic.admin.network.revoke({ deviceId: id, reason: 'stolen' })
    await vi.waitFor(() => expect(machine.core.node.isConnected).toBe(false))
    await vi.waitFor(async () => expect((await refusalOf(machine.client.clinic.listAllRooms({}))).code).toMatch(/MACHINE_REVOKED|CLOSED|SIGNED_OUT/))
    expect((await refusalOf(clinic.admin.network.revoke({ deviceId: id, reason: 'stolen' }))).code).toBe('REVOKED_ALREADY')
    expect((await machine.client.session.state({})).phase).toBe('revoked')
    expect((await refusalOf(machine.client.session.signIn({ userName: 'administrator', password: ADMIN_PASSWORD }))).code).toBe('MACHINE_REVOKED')
    expect(machine.core.network.link).toBeUndefined()
  })

  it('tells a machine that was away when it was taken off, as soon as it comes back', async () => {
    const clinic = await makeHost()
    const cable = await layCable(clinic.host.core.network.server?.port ?? 0)
    const { code } = await showCode(clinic, 'allow')
    const machine = await join({ ...clinic, address: cable.address }, code, 'clinical')
    await machine.client.session.signIn({ userName: 'administrator', password: ADMIN_PASSWORD })
    await vi.waitFor(async () => expect((await machine.client.network.state({})).link).toBe('connected'))
    cable.cut()
    await vi.waitFor(() => expect(machine.core.node.isConnected).toBe(false))
    const { id = '' } = (await clinic.admin.network.members({})).find((one) => !one.isThis) ?? {}
    await clinic.admin.network.revoke({ deviceId: id, reason: 'lost' })
    expect((await machine.client.session.state({})).phase).toBe('active')
    cable.plug()
    await machine.client.network.tryNow({})
    await vi.waitFor(async () => expect((await machine.client.session.state({})).phase).toBe('revoked'), { timeout: 10_000 })
    await cable.close()
  })

  it('gives a machine a new certificate half way through the old one’s time, and the old one is worth nothing then', async () => {
    // TLS judges certificates by the real clock: the first is from before half of its time, the second from now.
    const clinic = await makeHost(toInstant(Date.now() - 500 * DAY_MS))
    const { code } = await showCode(clinic, 'allow')
    const machine = await join(clinic, code, 'standby')
    const row = () => clinic.host.core.vault.reader.$client.prepare(`select fingerprint, next_fingerprint as next from members where profile = 'standby' and name = 'Laptop'`).get() as { fingerprint: string; next: string | null } // One machine.
    const before = row()
    clinic.host.clock.set(toInstant(Date.now()))
    await machine.core.network.start()
    await vi.waitFor(() => expect([row().fingerprint === before.fingerprint, row().next]).toEqual([false, null]), { timeout: 20_000 })
    await vi.waitFor(() => expect(machine.core.node.isConnected).toBe(true), { timeout: 20_000 })
  })

  it('is alone again only when no other machine is paired: network.stopHost, network.becomeHost', async () => {
    const clinic = await makeHost()
    expect((await refusalOf(clinic.admin.network.becomeHost({}))).code).toBe('NOT_ALONE')
    expect(await clinic.admin.network.stopHost({})).toMatchObject({ role: 'alone' })
    expect((await refusalOf(clinic.admin.network.stopHost({}))).code).toBe('NOT_HOST')
    await clinic.admin.network.becomeHost({})
    const { code } = await showCode({ ...clinic, address: '' }, 'allow')
    await join({ host: clinic.host, address: clinic.host.core.network.server?.addresses[0] ?? '' }, code, 'front-desk')
    expect((await refusalOf(clinic.admin.network.stopHost({}))).code).toBe('HAS_MEMBERS')
  })

  it('R36: opens one port to the network and no other, and none when it is alone again', async () => {
    const before = connectionsOf(process.pid)
    const host = await makeWorld({ network: { isQuiet: true, port: 0 } })
    const admin = host.as('administrator')
    await admin.network.becomeHost({})
    const opened = connectionsOf(process.pid).filter((one) => !before.includes(one))
    expect(opened).toHaveLength(1)
    expect(Number.parseInt(/:([0-9A-F]{4}) /.exec(opened[0] ?? '')?.[1] ?? '', 16)).toBe(host.core.network.server?.port)
    await admin.network.stopHost({})
    expect(connectionsOf(process.pid).filter((one) => !before.includes(one))).toEqual([])
  })

  it('does not become one where its port is taken, and stays as it was', async () => {
    const first = await makeHost()
    const port = first.host.core.network.server?.port ?? 0
    const other = await makeWorld({ network: { ...network, port } })
    expect((await refusalOf(other.as('administrator').network.becomeHost({}))).code).toBe('PORT_TAKEN')
    expect(await other.as('administrator').network.state({})).toMatchObject({ role: 'alone' })
  })

  it('is looked for without being found where nothing may be sent to everybody: network.findHosts', async () => {
    const world = await makeWorld()
    const found = await world.stranger().client.network.findHosts({})
    for await (const hosts of found) {
      expect(hosts).toEqual([])
      break
    }
  })
})
