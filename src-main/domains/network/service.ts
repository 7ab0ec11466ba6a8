import { can } from '#shared/access/permissions.ts'
import type { AttentionItem, Member, NetworkState } from '#shared/domains/network/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addMinutes } from '#shared/kernel/time.ts'
import { contract } from '#shared/rpc/contract.ts'
import { findProcedure } from '#shared/rpc/define.ts'
import { refuse, Refusal } from '#shared/rpc/errors.ts'
import type { ActionContext, ReadContext } from '#main/core/rpc/context.ts'
import { readSync } from '#main/core/sync/context.ts'
import { feedBounds } from '#main/core/sync/feed.ts'
import { listMembers, type MemberRow } from '#main/core/sync/host-store.ts'
import * as memberStore from '#main/core/sync/member-store.ts'
import { listDevices } from '#main/domains/devices/service.ts'
import { open as openPatient } from '#main/domains/patients/service.ts'
import * as repository from './repository.ts'

/** How this machine stands to the clinic, for the chip on every screen. */
export function stateOf({ db, machine }: ReadContext): NetworkState {
  const { role, profile, epoch, hostName, cursor, standing } = readSync(db)
  const { unsent, since } = memberStore.unsentOf(db)
  const { link, offlineSince, stoppedBy, behind, clockOffMs, connected, lease } = machine().network
  const isMember = role === 'member'
  return {
    role, profile, link: isMember ? link : 'none', offlineSince: isMember ? offlineSince : null, stoppedBy: isMember ? stoppedBy : null, hostName, epoch, cursor,
    unsent, unsentSince: since, attention: memberStore.openAttention(db), behind: isMember ? behind : 0, connected: connected.size,
    pending: isMember ? memberStore.pendingRows(db) : [],
    ...(lease ? { lease } : {}), ...(standing === 'good' ? {} : { standing }),
    clockOffBySeconds: Math.abs(clockOffMs) > CLOCK_WARN_MS ? Math.round(clockOffMs / 1_000) : null,
  }
}

const CLOCK_WARN_MS = 120_000

/**
 * What the host refused of this machine's own work. Colleagues share a desk, so everybody sees what their own rights would
 * have let them do; an administrator sees that there is more, from every machine, and not what was written in it.
 */
export function listAttention(context: ReadContext, limit: number): AttentionItem[] {
  const { db, actor } = context
  const isAdministrator = can(actor, 'clinic.manage')
  return repository.openAttention(db, limit).flatMap((row): AttentionItem[] => {
    const mayRead = row.actorId === actor.userId || mayDo(actor, row.name)
    if (!isAdministrator && (!mayRead || row.deviceId !== null)) return []
    const input = JSON.parse(row.input) as unknown // Written by the outbox.
    return [{
      id: row.id, kind: row.kind, procedure: row.name, code: row.code, data: mayRead ? (JSON.parse(row.data) as unknown) : null, input: mayRead ? input : null, patient: patientOf(context, input),
      byName: row.byName ?? '', doneAt: row.doneAt, refusedAt: row.refusedAt, deviceName: row.deviceId === null ? null : (row.deviceName ?? row.deviceId),
    }]
  })
}

function mayDo(actor: ReadContext['actor'], name: string): boolean {
  const needed = findProcedure(contract, name.split('.'))?.can
  return needed !== undefined && needed !== 'public' && needed !== 'signed-in' && can(actor, needed)
}

/** Whom it is about, where the command named a patient, or an appointment or visit of one, whom this person may know of. */
function patientOf(context: ReadContext, input: unknown): AttentionItem['patient'] {
  const id = repository.patientIn(context.db, input)
  try {
    const found = id === undefined ? undefined : openPatient(context, id).patient
    return found ? { id: found.id, name: `${found.givenName} ${found.familyName}`, mrn: String(found.mrn) } : null
  } catch (error) {
    if (error instanceof Refusal) return null // Restricted: the item is shown without the name.
    throw error
  }
}

export function settle({ core, actor, now }: ActionContext, { id, how }: { id: string; how: string }): Promise<Record<string, never>> {
  if (!memberStore.settle(core.vault.writer, id, { by: actor?.userId ?? '', at: now, how })) throw refuse('SETTLED_ALREADY')
  return Promise.resolve({})
}

export function tryNow({ core }: ActionContext): Promise<Record<string, never>> {
  core.network.link?.tryNow()
  return Promise.resolve({})
}

/** The clinic's machines as the host knows them, itself first; on a member only what its own copy tells. */
export function listMembersOf(context: ReadContext): Member[] {
  const { db, machine, now } = context
  const { role } = readSync(db)
  if (role !== 'host') return []
  const { deviceId, network: { connected } } = machine()
  const feedMax = feedBounds(db).last
  const here = listDevices(context).find((device) => device.isThis)
  const self: Member = {
    id: deviceId, name: here?.name ?? '', profile: null, os: here?.os ?? '', appVersion: here?.appVersion ?? '', isThis: true, isHost: true, isConnected: true,
    pairedAt: here?.firstSeenAt ?? now, lastSeenAt: now, behind: 0, unsent: 0, unsentSince: null, attention: memberStore.openAttention(db), revokedAt: null, leaseEndsAt: null,
  }
  // The host stands on its own list too, for the day another one is the host.
  return [self, ...listMembers(db).filter((row) => row.id !== deviceId).map((row) => toMember(row, connected.has(row.id), feedMax))]
}

const toMember = (row: MemberRow, isConnected: boolean, feedMax: number): Member => ({
  id: row.id, name: row.name, profile: row.profile, os: row.os, appVersion: row.appVersion, isThis: false, isHost: false, isConnected, pairedAt: row.pairedAt, lastSeenAt: row.lastSeenAt,
  behind: Math.max(0, feedMax - row.cursor), unsent: row.unsent, unsentSince: row.unsentSince, attention: row.attention, revokedAt: row.revokedAt,
  // Also of one that was taken out: whether it has heard of that nobody here can know.
  leaseEndsAt: addMinutes(row.lastSeenAt, limits.network_lease_days * 1_440),
})
