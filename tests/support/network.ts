import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import type { Profile, ToHost, ToNode } from '#shared/sync/messages.ts'
import type { Core } from '#main/core/core.ts'
import { migrate } from '#main/core/db/migrate.ts'
import { closeDb, openDb } from '#main/core/db/open.ts'
import { deviceIdOf } from '#main/core/device.ts'
import { holdUserKey } from '#main/core/keys/held.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { surroundingsOf } from '#main/core/rpc/surroundings.ts'
import { copyRows } from '#main/core/sync/copy.ts'
import { HostCore } from '#main/core/sync/host.ts'
import { HostSession } from '#main/core/sync/host-session.ts'
import { noteProved } from '#main/core/sync/host-store.ts'
import { MemberSession, type StopReason } from '#main/core/sync/member-session.ts'
import { accountByUserName, listPeople } from '#main/domains/session/repository.ts'
import { startSession } from '#main/domains/session/service.ts'
import { migrations } from './database.ts'
import { makeWorld, openCore, type World } from './world.ts'

/** A machine of the clinic with a copy of its own, joined to the host by a cable that can be pulled. */
export interface MemberWorld {
  core: Core
  as(role: Role): CairnClient
  /** The cable: in again it begins with a hello, as after any break. */
  plug(): void
  unplug(): void
  stoppedBy: StopReason | undefined
}

export interface NetworkWorld {
  host: World
  member(profile?: Profile): Promise<MemberWorld>
}

const opened: Core[] = []
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close()
})

/** A host and as many members as are asked for: real cores on real encrypted databases, messages handed over in process. */
export async function makeNetwork(): Promise<NetworkWorld> {
  const host = await makeWorld()
  host.core.node.becomeHost(host.core.vault.writer)
  const sessions = new Set<HostSession>()
  const hostCore = new HostCore({
    db: () => host.core.vault.writer, around: surroundingsOf(host.core), platform: host.core.platform, deviceId: deviceIdOf(host.core),
    hostName: () => 'Front desk', clinicId: () => host.core.vault.clinic?.id ?? '', sign: () => 'signature', node: host.core.node, log: () => () => {}, logRefused: () => {},
    changed: (topics) => {
      host.core.node.changed(topics)
      grew()
    },
  })
  const grew = (): void => sessions.forEach((session) => session.grew())
  host.core.node.onSealed = grew
  return { host, member: (profile = 'clinical') => makeMember(host, hostCore, sessions, profile) }
}

async function makeMember(host: World, hostCore: HostCore, sessions: Set<HostSession>, profile: Profile): Promise<MemberWorld> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-member-'))
  const key = new Uint8Array(32).fill(7)
  fillCopy(host.core, path.join(folder, 'cairn.db'), key, profile)
  const core = await openCore(folder, host.clock, { network: { isOff: true } })
  opened.push(core)
  core.vault.open(key)
  const deviceId = deviceIdOf(core)
  pair(host.core, deviceId, profile)
  return connect({ hostCore, sessions, core, deviceId })
}

function fillCopy(host: Core, file: string, key: Uint8Array, profile: Profile): void {
  const db = openDb({ path: file, key })
  migrate(db, migrations)
  const filling = copyRows(host.vault.reader, db, profile)
  while (!filling.next().done);
  closeDb(db)
}

function pair(host: Core, deviceId: string, profile: Profile): void {
  const db = host.vault.writer
  const at = host.platform.now()
  db.$client.prepare(`insert into members (id, name, os, app_version, profile, fingerprint, paired_at, last_seq, last_event, cursor, unsent, attention, last_seen_at) values (?, ?, '', '', ?, ?, ?, 0, 0, 0, 0, 0, ?)`).run(deviceId, `Machine ${deviceId.slice(-4)}`, profile, deviceId, at, at)
  for (const { userId, userName } of listPeople(db)) noteProved(db, { deviceId, userId, loginHash: accountByUserName(db, userName)?.loginHash ?? '', since: at })
  host.node.end(db, undefined, at, null)
}

function connect({ hostCore, sessions, core, deviceId }: { hostCore: HostCore; sessions: Set<HostSession>; core: Core; deviceId: string }): MemberWorld {
  let link: { host: HostSession; member: MemberSession } | undefined
  const toHost = (messages: readonly ToHost[]): void => messages.forEach((message) => queueMicrotask(() => link?.host.received(structuredClone(message))))
  const world: MemberWorld = {
    core, stoppedBy: undefined,
    as: (role) => {
      const account = listPeople(core.vault.reader).find((one) => one.roles.includes(role))
      const found = account && accountByUserName(core.vault.reader, account.userName)
      if (!found) throw new Error(`the small clinic has no ${role}`)
      const door = core.openDoor('test')
      startSession(core, door, found)
      holdUserKey(core, found.userId, createHash('sha256').update(found.userId).digest())
      return inProcessClient(core, door)
    },
    plug: () => {
      const member = new MemberSession(core.node.member, () => core.vault.writer, {
        ready: () => void (core.node.isConnected = true), applied: (applied) => core.node.applied(applied),
        stopped: (reason) => void (world.stoppedBy = reason), snapshotNeeded: () => void (world.stoppedBy = 'CHAIN_BROKEN'), other: () => {},
      })
      const mine = { member, host: new HostSession({ core: hostCore, deviceId, send: (message: ToNode) => queueMicrotask(() => link === mine && toHost(member.received(structuredClone(message)))), other: () => {} }) }
      link = mine
      sessions.add(mine.host)
      core.node.onNoted = () => toHost(member.noted())
      toHost(member.opened())
    },
    unplug: () => {
      if (link) sessions.delete(link.host)
      link = undefined
      core.node.disconnected()
    },
  }
  return world
}
