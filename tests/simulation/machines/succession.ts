import { certificatesToShow, lastEpoch, signEpoch, type Epoch } from '#main/core/sync/epochs.ts'
import { readSync } from '#main/core/sync/context.ts'
import { feedBounds } from '#main/core/sync/feed.ts'
import { HostCore } from '#main/core/sync/host.ts'
import { beginAgain, takePlace } from '#main/core/sync/succession.ts'
import type { MemberCore } from '#main/core/sync/member.ts'
import { authorityKeys, clinicId } from '../engine/clinic.ts'
import type { Node } from './node.ts'

function nextEpoch(node: Node): { epoch: Epoch; certificate: string } {
  const { disk: { db }, platform, id } = node
  const { role, epoch: before, cursor } = readSync(db)
  const forkTx = role === 'host' ? feedBounds(db).last : cursor
  const epoch: Epoch = { v: 1, clinicId, epoch: before + 1, hostId: id, hostKey: authorityKeys.publicKey, forkTx, startedAt: platform.now(), by: 'root' }
  return { epoch, certificate: signEpoch(epoch, authorityKeys.privateKey) }
}

/** The person who restored the host from an older copy begins a new time with what is there. */
export function startNewEpoch(node: Node): Epoch {
  const next = nextEpoch(node)
  beginAgain(node.disk.db, next)
  return next.epoch
}

/** The standby becomes host, with the root key that the printed key opens. */
export function promote(node: Node, member: MemberCore): Epoch {
  const { disk: { db }, platform, around, id } = node
  const next = nextEpoch(node)
  const host = new HostCore({
    db: () => db, around, platform, deviceId: id, hostName: () => 'Host', clinicId: () => clinicId, sign: () => 'signature',
    log: () => () => {}, logRefused: () => {}, changed: () => {}, node: { isFrozen: false, steppedDown: () => {} },
  })
  takePlace({ db, member, host, deviceId: id, at: platform.now() }, next, { isFork: true })
  return next.epoch
}

/** A host that is still on hears of its successor, as from any machine that has seen it. */
export function tellOfSuccessor(old: Node, host: Node): void {
  const { db } = host.disk
  const { epoch, cursor, chains } = readSync(db)
  if (!lastEpoch(db)) return
  old.act(() => old.host?.core.hello(host.id, {
    t: 'hello', proto: 1, app: '1', schema: host.world.schemaOf(host), deviceId: host.id, clinicId, epochSeen: epoch, cursor, chains, outboxMax: 0, ackedSeq: 0, sentAt: 0,
    certificates: certificatesToShow(db), needsCopy: false,
  }))
}
