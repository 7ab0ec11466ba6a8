import { afterEach, expect, it } from 'vitest'
import { authorityOf } from '#main/core/sync/authority.ts'
import { askAround } from '#main/core/sync/ask-around.ts'
import { openStandbyDoor } from '#main/core/sync/standby-door.ts'
import { fingerprintOf, issueCertificate, makeRequest } from '#main/core/network/certificates.ts'
import type { NetworkIdentity } from '#main/core/network/identity.ts'
import { connectNetwork } from '#main/core/network/client.ts'
import { realTimers } from '#main/core/network/timers.ts'
import { readSync } from '#main/core/sync/context.ts'
import type { ToNode } from '#shared/sync/messages.ts'
import { connected, makeNetwork, type MemberWorld, type NetworkWorld } from '#tests/support/network.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** The certificate that pairing would have given it, on the host's list. */
async function certified({ host: { core } }: NetworkWorld, member: MemberWorld): Promise<NetworkIdentity> {
  const authority = authorityOf(core.vault.reader)
  if (!authority) throw new Error('the host has an authority')
  const [{ deviceId }, clinicId, at] = [member.core.node, core.vault.clinic?.id ?? '', core.platform.now()]
  const { privateKey, request } = await makeRequest(deviceId)
  const certificate = (await issueCertificate(authority, request, { clinicId, deviceId, at })) ?? ''
  const db = core.vault.writer
  db.$client.transaction(() => {
    db.$client.prepare('update members set fingerprint = ? where id = ?').run(fingerprintOf(certificate), deviceId)
    core.node.end(db, undefined, at, null)
  }).immediate()
  return { deviceId, clinicId, profile: 'standby', certificate, authority: authority.certificate, privateKey, addresses: [], epochSeen: 1 }
}

async function standbys() {
  const network = await makeNetwork()
  const machines: { world: MemberWorld; identity: NetworkIdentity; address: string }[] = []
  const pairs: [MemberWorld, NetworkIdentity][] = []
  for (const world of [await network.join('standby'), await network.join('standby')]) pairs.push([world, await certified(network, world)])
  for (const [world, identity] of pairs) {
    world.plug()
    await connected(world)
    await expect.poll(() => readSync(world.core.vault.reader).cursor).toBe(readSync(network.host.core.vault.reader).nextTx - 1)
    const door = await openStandbyDoor(world.core, { identity, port: 0, host: '127.0.0.1' })
    closing.push(() => door?.close())
    machines.push({ world, identity, address: `127.0.0.1:${door?.port ?? 0}` })
  }
  const [one, two] = machines
  if (!one || !two) throw new Error('there are two')
  return { network, one, two }
}

it('a standby is asked over the wire how far it is, and whether it has the host', async () => {
  const { network, one, two } = await standbys()
  const ask = () => askAround(one.world.core, { identity: one.identity, addresses: [two.address] })
  const cursor = () => readSync(two.world.core.vault.reader).cursor
  const found = { deviceId: two.identity.deviceId, epoch: 1, isStandby: true, isReachable: true }
  one.world.unplug()
  // From here the host is gone, and from there it is not.
  expect(await ask()).toMatchObject({ hostAnswers: true, replicas: [{ ...found, cursor: cursor() }] })
  await network.host.as('receptionist').patients.register({ id: network.host.core.platform.newId(), familyName: 'Doe', givenName: 'John', birthDate: '1980-02-01', sex: 'male', duplicateReason: null })
  await expect.poll(cursor).toBe(readSync(network.host.core.vault.reader).nextTx - 1)
  two.world.unplug()
  expect(cursor()).toBeGreaterThan(readSync(one.world.core.vault.reader).cursor)
  expect(await ask()).toMatchObject({ hostAnswers: false, replicas: [{ ...found, cursor: cursor() }] })
})

it('one that does not answer is named as that', async () => {
  const { one, two } = await standbys()
  const { replicas } = await askAround(one.world.core, { identity: one.identity, addresses: ['127.0.0.1:9'] })
  expect(replicas).toEqual([{ deviceId: two.identity.deviceId, name: expect.any(String), epoch: 0, cursor: 0, isStandby: true, isReachable: false }])
})

it('says to whoever looks for the host there that it is none, and takes nothing', async () => {
  const { one, two } = await standbys()
  const heard: ToNode[] = []
  const { core } = one.world
  const client = connectNetwork({
    identity: () => one.identity, addresses: () => [two.address], platform: core.platform, timers: realTimers, onClose: () => {}, onRevoked: () => {}, onFault: () => {},
    onOpen: (peer) => {
      peer.send({ t: 'snapshot' })
      peer.send({ t: 'pull', after: 0, ackedSeq: 0, rows: 100 })
      peer.send(core.node.member.hello())
    },
    onMessage: (message) => heard.push(message),
  })
  closing.push(() => client.close())
  await expect.poll(() => heard).toEqual([{ t: 'refuse', code: 'NOT_HOST' }])
})
