import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { seriesLetterOf } from '#shared/domains/network/rules.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Topic } from '#shared/rpc/define.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { Chains, ToHost, ToNode } from '#shared/sync/messages.ts'
import { beginOwnSeries } from '#main/domains/clinic/service.ts'
import type { Core } from '../core.ts'
import { writeAudit } from '../rpc/audit-writer.ts'
import { surroundingsOf } from '../rpc/surroundings.ts'
import { schemaVersion } from '../db/migrate.ts'
import { openAuthority, signerOf, signingKeysOf } from './authority.ts'
import { installCapture } from './capture.ts'
import { readSync, writeSync } from './context.ts'
import { believed, insertEpoch, lastEpoch, outranks, signEpoch, type Epoch } from './epochs.ts'
import { areSameChains, feedBounds, sealFeed } from './feed.ts'
import { becomeMember, noteEpochs, stepDown } from './fence.ts'
import type { WriteDb } from '../db/types.ts'
import { HostCore } from './host.ts'
import type { MemberCore } from './member.ts'
import { memberById } from './host-store.ts'
import { pendingAfter } from './member-store.ts'

/** A copy of the records on another machine, as far as it can be asked. */
export interface Replica { deviceId: Id; name: string; epoch: number; cursor: number; isStandby: boolean; isReachable: boolean }
export interface StandAt { tx: number; chains: Chains }
export interface Ready { cursor: number; chains: Chains; hostKey: string }

/** What the change of hosts asks of the network; whoever keeps the connections answers. */
export interface Neighbours {
  /** Whether the host of this member answers, here or to another machine. */
  hostAnswers(): Promise<boolean>
  /** The other copies, also those that did not answer. */
  replicas(): Promise<readonly Replica[]>
  /** Asks a standby to stand at this transaction; undefined when it does not get there in time. */
  readyToHost(deviceId: Id, at: StandAt): Promise<Ready | undefined>
  /** Tells everybody in reach who the host is from now on. */
  announce(message: Extract<ToNode, { t: 'epoch' }>): void
}

/**
 * The planned change: nothing is taken any more, the standby draws level to the last transaction, this host signs its
 * successor's certificate and is a member from that moment on. Whoever asks it for the host afterwards is shown the
 * certificate, so that a successor that was cut off in this moment learns of it when it is back.
 */
export async function switchHost(core: Core, toDeviceId: Id): Promise<void> {
  const { node, vault, platform } = core
  const standby = memberById(vault.reader, toDeviceId)
  if (standby?.profile !== 'standby' || standby.revokedAt !== null || toDeviceId === node.deviceId) throw refuse('NOT_STANDBY')
  node.freeze()
  try {
    const at: StandAt = { tx: feedBounds(vault.reader).last, chains: readSync(vault.reader).chains }
    const ready = await node.neighbours.readyToHost(toDeviceId, at)
    if (!ready) throw refuse('HOST_UNREACHABLE')
    if (ready.cursor !== at.tx || !areSameChains(ready.chains, at.chains)) throw refuse('STANDBY_BEHIND')
    const db = vault.writer
    const epoch: Epoch = {
      v: 1, clinicId: clinicIdOf(core), epoch: readSync(db).epoch + 1, hostId: toDeviceId, hostKey: ready.hostKey, forkTx: at.tx, startedAt: platform.now(), by: 'host',
    }
    const certificate = signEpoch(epoch, signingKeysOf(db).privateKey)
    becomeMember(db, { deviceId: node.deviceId, later: [{ epoch, certificate }], standing: 'good' })
    node.opened(db)
    node.neighbours.announce({ t: 'epoch', epoch: epoch.epoch, hostId: toDeviceId, address: '', certificate })
  } finally {
    node.unfreeze()
  }
  node.changed(new Set<Topic>(['network']))
}

/** The standby's answer: once it stands where the host stands, with what its own chain says and the key it will sign with. */
export async function answerReady(core: Core, { tx }: Extract<ToNode, { t: 'ready-to-host' }>): Promise<ToHost> {
  await core.node.whenAt(tx)
  const db = core.vault.writer
  const { cursor, chains } = readSync(db)
  return { t: 'ready', cursor, chains, hostKey: signingKeysOf(db).publicKey }
}

/**
 * Somebody says who the host is. Believed only by its certificate; then this machine is the host, follows the new one, or,
 * where it was the host itself, steps down. Answers whose time it is.
 */
export function heardOfHost(core: Core, { certificate }: Pick<Extract<ToNode, { t: 'epoch' }>, 'certificate'>): 'nothing-new' | 'own' | 'other' {
  const { node, vault } = core
  const db = vault.writer
  const [found] = believed(db, [certificate])
  if (!found || !outranks(found.epoch, lastEpoch(db)?.epoch)) return 'nothing-new'
  const { role, profile, cursor, standing } = readSync(db)
  if (role !== 'member') {
    if (role !== 'host') return 'nothing-new'
    stepDown(db, { deviceId: node.deviceId, later: [found] })
    node.steppedDown()
    return 'other'
  }
  if (found.epoch.hostId === node.deviceId) {
    // It was appointed where the old host stood; a copy that stands elsewhere is not the one that was meant.
    if (profile !== 'standby' || cursor !== found.epoch.forkTx || standing !== 'good') return 'nothing-new'
    takeOver(core, found, { isFork: false })
    return 'own'
  }
  db.$client.transaction(() => {
    noteEpochs(db, [found])
    writeSync(db, { epoch: found.epoch.epoch, standing: standing === 'good' && cursor > found.epoch.forkTx ? 'needs-copy' : standing })
  }).immediate()
  node.opened(db)
  return 'other'
}

/**
 * The host is gone, and this standby takes its place: with the printed key, which opens the clinic's root key, and only
 * when nobody else is further. Never by itself: whether the old host is really off only people can see.
 */
export async function promote(core: Core, recoveryPrivateKey: Uint8Array | undefined): Promise<void> {
  const { node, platform } = core
  requireFullCopy(core)
  const opened = recoveryPrivateKey && openAuthority(core.vault.reader, recoveryPrivateKey)
  if (!opened) throw refuse('RECOVERY_KEY_WRONG')
  if (await node.neighbours.hostAnswers()) throw refuse('HOST_ANSWERS')
  const replicas = await node.neighbours.replicas()
  // While the others were asked, the rest of the program has gone on: what is known and what may be written is asked anew.
  requireFullCopy(core)
  const db = core.vault.writer
  const { epoch, cursor } = readSync(db)
  const ahead = replicas.find((one) => one.isStandby && one.isReachable && (one.epoch > epoch || (one.epoch === epoch && one.cursor > cursor)))
  if (ahead) throw refuse('OTHER_IS_AHEAD', { deviceId: ahead.deviceId, name: ahead.name })
  const next: Epoch = {
    v: 1, clinicId: clinicIdOf(core), epoch: epoch + 1, hostId: node.deviceId, hostKey: signingKeysOf(db).publicKey, forkTx: cursor, startedAt: platform.now(), by: 'root',
  }
  takeOver(core, { epoch: next, certificate: signEpoch(next, opened.rootKey) }, { isFork: true })
}

function requireFullCopy({ vault }: Core): void {
  const db = vault.reader
  const { role, profile, cursor, standing, hasUnknownRows, durableTx, hostSchema } = readSync(db)
  if (role !== 'member') throw refuse('NOT_MEMBER')
  // It would serve rows that it does not know all columns of.
  if (hostSchema > schemaVersion(db)) throw refuse('OLDER_THAN_HOST')
  // Below what was called safe elsewhere, machines may have let go of commands that this copy does not have.
  if (profile !== 'standby' || standing !== 'good' || hasUnknownRows || cursor < durableTx) throw refuse('NOT_A_FULL_COPY')
}

/**
 * This host was restored from an older copy, and machines know more than it does. The person who restored it begins a new
 * time with what is here: every machine takes a copy and sends again what this host has not, so that nothing is lost that a
 * machine still has.
 */
export function restartAsNewEpoch(core: Core): void {
  const { node, vault, platform } = core
  const db = vault.writer
  const { role, epoch, standing } = readSync(db)
  if (role !== 'host') throw refuse('NOT_HOST')
  if (standing !== 'restored') throw refuse('NOT_RESTORED')
  const { publicKey, privateKey } = signingKeysOf(db)
  const next: Epoch = { v: 1, clinicId: clinicIdOf(core), epoch: epoch + 1, hostId: node.deviceId, hostKey: publicKey, forkTx: feedBounds(db).last, startedAt: platform.now(), by: 'host' }
  beginAgain(db, { epoch: next, certificate: signEpoch(next, privateKey) })
  node.opened(db)
  node.committed(undefined)
  node.changed(new Set<Topic>(['network']))
}

/** A new time on the same machine: what goes beyond its last transaction is on a branch that ended. */
export function beginAgain(db: WriteDb, { epoch, certificate }: Later): void {
  db.$client.transaction(() => {
    writeSync(db, { epoch: epoch.epoch, standing: 'good' })
    insertEpoch(db, epoch, certificate)
    beginOwnSeries(db, seriesLetterOf(epoch.epoch))
    sealFeed(db, epoch.startedAt)
  }).immediate()
}

/** From member to host, and everybody here hears of it. */
function takeOver(core: Core, later: Later, how: { isFork: boolean }): void {
  const { node, vault, platform } = core
  const db = vault.writer
  const host = new HostCore({
    db: () => db, around: surroundingsOf(core), platform, deviceId: node.deviceId, hostName: () => '', clinicId: () => clinicIdOf(core), sign: signerOf(db), node,
    // It was logged here when it was done.
    log: () => () => {},
    logRefused: (command, _deviceId, code) => writeAudit(db, {
      at: platform.now(), action: command.name, outcome: 'refused', actorId: command.actorId, sessionId: command.sessionId, door: 'core', commandId: command.cid, patientId: null, entityId: null, code,
    }),
    changed: () => {},
  })
  takePlace({ db, member: node.member, host, deviceId: node.deviceId, at: platform.now() }, later, how)
  node.opened(db)
  node.changed(new Set<Topic>(['network', 'billing', 'patients', 'scheduling', 'encounters', 'notes']))
}

/** What a machine needs to become host: no windows and no network. */
export interface Successor { db: WriteDb; member: MemberCore; host: HostCore; deviceId: Id; at: Instant }
interface Later { epoch: Epoch; certificate: string }

/** In one transaction: on confirmed rows, under a new epoch, and then what this machine's own people had still to send. */
export function takePlace({ db, member, host, deviceId, at }: Successor, { epoch, certificate }: Later, { isFork }: { isFork: boolean }): void {
  db.$client.transaction(() => {
    member.standOnConfirmed()
    writeSync(db, { role: 'host', profile: null, epoch: epoch.epoch, nextTx: readSync(db).cursor + 1, standing: 'good' })
    installCapture(db.$client, 'host')
    insertEpoch(db, epoch, certificate)
    if (isFork) beginOwnSeries(db, seriesLetterOf(epoch.epoch))
    sealFeed(db, at)
    carryOwn(db, { member, host, deviceId })
  }).immediate()
}

/** What stood in this machine's outbox is judged like any machine's: by the rights of now, once, in order. */
function carryOwn(db: WriteDb, { member, host, deviceId }: Pick<Successor, 'member' | 'host' | 'deviceId'>): void {
  for (;;) {
    const commands = member.commandsFrom(1)
    const answer = commands.length > 0 ? host.push([{ deviceId, commands }])[0] : undefined
    if (answer?.t !== 'results') break
    member.takeReceipts(answer.receipts)
  }
  assert(pendingAfter(db, 0, limits.sync_push_commands).length === 0, 'every command of its own has been judged')
}

function clinicIdOf({ vault }: Core): Id {
  assert(vault.clinic, 'a machine of a network has a clinic')
  return vault.clinic.id
}
