import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, expect, vi } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import type { Profile, StopReason, ToHost, ToNode } from '#shared/sync/messages.ts'
import type { Core } from '#main/core/core.ts'
import { migrate } from '#main/core/db/migrate.ts'
import { closeDb, openDb } from '#main/core/db/open.ts'
import { deviceIdOf } from '#main/core/device.ts'
import { holdUserKey } from '#main/core/keys/held.ts'
import { NO_DEVICE, type Device } from '#main/core/keys/device.ts'
import { writeKeyring } from '#main/core/keys/keyring.ts'
import { makeMemberKeyring } from '#main/core/keys/member-keyring.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { surroundingsOf } from '#main/core/rpc/surroundings.ts'
import { createAuthority, enlistHost, publishedRecoverySlot, signerOf } from '#main/core/sync/authority.ts'
import { readSync } from '#main/core/sync/context.ts'
import { copyRows } from '#main/core/sync/copy.ts'
import { HostCore } from '#main/core/sync/host.ts'
import { HostSession } from '#main/core/sync/host-session.ts'
import { Intake } from '#main/core/sync/intake.ts'
import { noteProved } from '#main/core/sync/host-store.ts'
import { MemberSession } from '#main/core/sync/member-session.ts'
import { Snapshots } from '#main/core/sync/snapshot.ts'
import { answerReady, heardOfHost, type Ready } from '#main/core/sync/succession.ts'
import { takeCopy, takeFirstCopy, type Arrived } from '#main/core/sync/take-copy.ts'
import { endHere } from '#main/domains/network/service.revoked.ts'
import { accountByUserName, listPeople } from '#main/domains/session/repository.ts'
import { answerProof } from '#main/domains/session/service.proof.ts'
import { startSession } from '#main/domains/session/service.ts'
import { migrations } from './database.ts'
import { makeWorld, openCore, type World } from './world.ts'

/** A machine with a cable in it: as a host it serves whoever plugs in, as a member it follows whomever it is plugged into. */
export interface Station {
  core: Core
  as(role: Role): CairnClient
  /** Serves the others; answers by what its database says that it is. */
  readonly server: Server
}

export interface MemberWorld extends Station {
  folder: string
  /** Somebody at a new window, not signed in. */
  stranger(): CairnClient
  /** The cable, to the clinic's host or another machine: in again it begins with a hello, as after any break. */
  plug(to?: Station): void
  unplug(): void
  stoppedBy: StopReason | undefined
  /** The feed does not go on from where it stands. */
  needsCopy: boolean
  /** Fetches a whole copy from the machine it is plugged into and puts it in the place of its own. */
  takeCopy(): Promise<void>
}

export interface NetworkWorld {
  host: World & Station
  /** A member whose people have all proved their passwords. */
  member(profile?: Profile): Promise<MemberWorld>
  /** A machine that takes its first copy as a new one does: nobody has signed in there. */
  join(profile?: Profile, device?: Device): Promise<MemberWorld>
  /** What was the host, as a machine that can be plugged into another one. */
  asMember(station: Station): MemberWorld
  /** Keeps the host's folder as it is now; what it answers starts the host from there, as after a restore. */
  restorable(): Promise<() => Promise<Station>>
}

export const connected = (member: MemberWorld): Promise<void> => vi.waitFor(() => expect(member.core.node.isConnected).toBe(true))

const opened: { close(): Promise<void> | void }[] = []
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close()
})

/** A host and as many members as are asked for: real cores on real encrypted databases, messages handed over in process. */
export async function makeNetwork(): Promise<NetworkWorld> {
  const world = await makeWorld()
  await createAuthority(world.core)
  world.core.node.becomeHost(world.core.vault.writer)
  enlistHost(world.core, { name: 'Front desk', os: '', fingerprint: deviceIdOf(world.core) })
  const server = new Server(world.core)
  const host: World & Station = Object.assign(world, { server })
  const members: MemberWorld[] = []
  const remember = (member: MemberWorld): MemberWorld => {
    members.push(member)
    return member
  }
  return {
    host,
    member: async (profile = 'clinical') => remember(await makeMember(host, profile, members)),
    join: async (profile = 'clinical', device = NO_DEVICE) => remember(await join(host, profile, device, members)),
    restorable: async () => {
      const kept = newFolder()
      world.core.vault.writer.$client.pragma('wal_checkpoint(TRUNCATE)')
      fs.cpSync(world.folder, kept, { recursive: true })
      return async () => {
        const core = await openMember(world, kept, NO_DEVICE)
        core.vault.open(world.core.vault.dataKey ?? new Uint8Array(32))
        return { core, server: new Server(core), as: (role) => signedIn(core, role) }
      }
    },
    asMember: (station) => remember(memberOf(station.core, station.server, host, members)),
  }
}

/** One machine's end for those who plug in. */
export class Server {
  readonly #core: Core
  readonly host: HostCore
  readonly snapshots: Snapshots
  readonly #sessions = new Map<string, { session: HostSession; send: (message: ToNode) => void }>()
  readonly #asked = new Map<string, (ready: Ready | undefined) => void>()

  constructor(core: Core) {
    this.#core = core
    this.snapshots = new Snapshots(core)
    this.host = new HostCore({
      db: () => core.vault.writer, around: surroundingsOf(core), platform: core.platform, deviceId: deviceIdOf(core), node: core.node,
      hostName: () => 'Front desk', clinicId: () => core.vault.clinic?.id ?? '', sign: (text) => signerOf(core.vault.writer)(text), log: () => () => {}, logRefused: () => {},
      changed: (topics) => {
        core.node.changed(topics)
        this.grew()
      },
    })
    core.node.onSealed = () => this.grew()
    core.node.neighbours = { ...core.node.neighbours, readyToHost: (deviceId, at) => this.#ask(deviceId, { t: 'ready-to-host', ...at }), announce: (message) => this.#sessions.forEach(({ send }) => send(message)) }
  }

  open(deviceId: string, send: (message: ToNode) => void): HostSession {
    const failed = (error: unknown): never => {
      throw error
    }
    const session = new HostSession({ core: this.host, intake: new Intake(this.host, (work) => work()), deviceId, send, failed, other: (message) => void this.#other(deviceId, message, send) })
    this.#sessions.set(deviceId, { session, send })
    return session
  }

  close(deviceId: string): void {
    this.#sessions.delete(deviceId)
    this.#asked.get(deviceId)?.(undefined)
  }

  revoke(deviceId: string): void {
    const db = this.#core.vault.writer
    const at = this.#core.platform.now()
    db.$client.prepare('update members set revoked_at = ? where id = ?').run(at, deviceId)
    this.#core.node.end(db, undefined, at, null)
    this.#sessions.get(deviceId)?.send({ t: 'revoked' })
  }

  grew(): void {
    this.#sessions.forEach(({ session }) => session.grew())
  }

  async #other(deviceId: string, message: ToHost, send: (message: ToNode) => void): Promise<void> {
    if (message.t === 'prove') send(await answerProof(this.#core, deviceId, message))
    if (message.t === 'ready') this.#asked.get(deviceId)?.(message)
  }

  #ask(deviceId: string, message: ToNode): Promise<Ready | undefined> {
    const session = this.#sessions.get(deviceId)
    if (!session) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      this.#asked.set(deviceId, resolve)
      session.send(message)
    })
  }
}

async function makeMember(host: World & Station, profile: Profile, members: readonly MemberWorld[]): Promise<MemberWorld> {
  const folder = newFolder()
  const key = new Uint8Array(32).fill(7)
  fillCopy(host.core, path.join(folder, 'cairn.db'), key, profile)
  const core = await openMember(host, folder, NO_DEVICE)
  const recovery = publishedRecoverySlot(host.core.vault.reader)
  writeKeyring(folder, makeMemberKeyring({ clinicId: host.core.vault.clinic?.id ?? '', at: core.platform.now(), newId: core.platform.newId, device: undefined, recovery }, key))
  core.vault.open(key)
  pair(host.core, deviceIdOf(core), profile, true)
  return memberOf(core, new Server(core), host, members)
}

async function join(host: World & Station, profile: Profile, device: Device, members: readonly MemberWorld[]): Promise<MemberWorld> {
  const core = await openMember(host, newFolder(), device)
  pair(host.core, deviceIdOf(core), profile, false)
  await takeFirstCopy(core, await fetched(host.server, profile))
  return memberOf(core, new Server(core), host, members)
}

const newFolder = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-member-'))

async function openMember(host: World, folder: string, device: Device): Promise<Core> {
  const core = await openCore(folder, host.clock, { device: Promise.resolve(device), network: { isOff: true } })
  opened.push({
    close: async () => {
      await core.close()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  })
  return core
}

function fillCopy(host: Core, file: string, key: Uint8Array, profile: Profile): void {
  const db = openDb({ path: file, key })
  migrate(db, migrations)
  const filling = copyRows(host.vault.reader, db, profile)
  while (!filling.next().done);
  closeDb(db)
}

/** The file as it arrives on the other machine: a copy of what the server has made. */
export async function fetched({ snapshots }: Server, profile: Profile): Promise<Arrived> {
  const ready = await snapshots.ready(profile)
  const from = snapshots.file(profile, ready.id)
  if (!from) throw new Error('the snapshot is there')
  const file = path.join(newFolder(), 'arrived.db')
  fs.copyFileSync(from.path, file)
  return { file, ready }
}

function pair(host: Core, deviceId: string, profile: Profile, withPeople: boolean): void {
  const db = host.vault.writer
  const at = host.platform.now()
  db.$client.prepare(`insert into members (id, name, os, app_version, profile, fingerprint, paired_at, last_seq, last_event, cursor, unsent, attention, last_seen_at) values (?, ?, '', '', ?, ?, ?, 0, 0, 0, 0, 0, ?)`).run(deviceId, `Machine ${deviceId.slice(-4)}`, profile, deviceId, at, at)
  if (withPeople) for (const { userId, userName } of listPeople(db)) noteProved(db, { deviceId, userId, loginHash: accountByUserName(db, userName)?.loginHash ?? '', since: at })
  host.node.end(db, undefined, at, null)
}

function signedIn(core: Core, role: Role): CairnClient {
  const account = listPeople(core.vault.reader).find((one) => one.roles.includes(role))
  const found = account && accountByUserName(core.vault.reader, account.userName)
  if (!found) throw new Error(`the small clinic has no ${role}`)
  const door = core.openDoor('test')
  startSession(core, door, found)
  holdUserKey(core, found.userId, createHash('sha256').update(found.userId).digest())
  return inProcessClient(core, door)
}

function memberOf(core: Core, server: Server, host: Station, members: readonly MemberWorld[]): MemberWorld {
  const deviceId = deviceIdOf(core)
  let link: { to: Station; host: HostSession; member: MemberSession } | undefined
  const toHost = (messages: readonly ToHost[]): void => messages.forEach((message) => queueMicrotask(() => link?.host.received(structuredClone(message))))
  const heard = (message: ToNode): void => {
    if (message.t === 'proved') core.node.reach.proved(message)
    if (message.t === 'epoch') heardOfHost(core, message)
    if (message.t === 'ready-to-host') void answerReady(core, message).then((ready) => toHost([ready]))
  }
  const world: MemberWorld = {
    core, server, folder: core.vault.folder, stoppedBy: undefined, needsCopy: false,
    as: (role) => signedIn(core, role),
    stranger: () => inProcessClient(core, core.openDoor('test')),
    plug: (to = host) => {
      world.unplug()
      world.stoppedBy = undefined
      const member = new MemberSession(core.node.member, () => core.vault.writer, {
        ready: () => void (core.node.isConnected = true), applied: (applied) => core.node.applied(applied),
        stopped: (reason) => {
          world.stoppedBy = reason
          if (reason === 'REVOKED') endHere(core)
        },
        snapshotNeeded: () => void (world.needsCopy = true), other: heard,
      })
      const mine = { to, member, host: to.server.open(deviceId, (message: ToNode) => queueMicrotask(() => link === mine && toHost(member.received(structuredClone(message))))) }
      link = mine
      core.node.onNoted = () => toHost(member.noted())
      core.node.reach.send = (message) => {
        if (link !== mine) return false
        toHost([message])
        return true
      }
      toHost(member.opened())
    },
    unplug: () => {
      link?.to.server.close(deviceId)
      link = undefined
      core.node.disconnected()
    },
    takeCopy: async () => {
      if (!link) throw new Error('the cable is in')
      const { to } = link
      await takeCopy(core, await fetched(to.server, readSync(core.vault.reader).profile ?? 'front-desk'))
      world.needsCopy = false
      world.plug(to)
    },
  }
  core.node.neighbours = {
    ...core.node.neighbours, hostAnswers: async () => link !== undefined && link.to.core.node.role === 'host',
    replicas: async () => members.filter((one) => one !== world && one.core.vault.state === 'open').map(({ core: other }) => {
      const { epoch, cursor, profile } = readSync(other.vault.reader)
      return { deviceId: deviceIdOf(other), name: 'Other', epoch, cursor, isStandby: profile === 'standby', isReachable: true }
    }),
  }
  return world
}
