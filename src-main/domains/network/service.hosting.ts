import type { NetworkState } from '#shared/domains/network/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { fingerprintOf } from '#main/core/network/certificates.ts'
import type { Core } from '#main/core/core.ts'
import { deviceIdOf } from '#main/core/device.ts'
import type { ActionContext } from '#main/core/rpc/context.ts'
import { createAuthority, enlistHost } from '#main/core/sync/authority.ts'
import { makeHostIdentity } from '#main/core/sync/host-identity.ts'
import { listMembers, revokeMember } from '#main/core/sync/host-store.ts'
import { choosePort } from '#main/core/sync/network.ts'
import { thisDevice } from '#main/domains/devices/service.ts'
import { stateOf } from './service.ts'

// Being the host: beginning, ending, and who may not come any more.

export async function becomeHost(context: ActionContext, port: number | null): Promise<NetworkState> {
  const { core, transact } = context
  if (core.node.role !== 'alone') throw refuse('NOT_ALONE')
  if (port !== null) choosePort(core.vault.folder, port)
  transact('network.host-started', () => {})
  await startHost(core)
  return context.read(stateOf)
}

/** Makes this machine the clinic's host: it gets a certificate of the clinic's own authority, listens, and keeps the feed from now on. */
export async function startHost(core: Core): Promise<void> {
  const certificate = await makeHostIdentity(core, await createAuthority(core))
  core.node.becomeHost(core.vault.writer)
  enlistHost(core, { ...machineNamed(core), fingerprint: fingerprintOf(certificate) })
  await core.network.start()
  if (core.network.server || core.options.network?.isOff) return
  core.node.standAlone(core.vault.writer)
  throw refuse('PORT_TAKEN')
}

/** As the list of machines that ever held these records names it. */
function machineNamed(core: Core): { name: string; os: string } {
  const here = thisDevice(core.vault.reader, deviceIdOf(core))
  return { name: here?.name ?? 'Host', os: here?.os ?? '' }
}

export async function stopHost(context: ActionContext): Promise<NetworkState> {
  const { core, transact } = context
  if (core.node.role !== 'host') throw refuse('NOT_HOST')
  if (listMembers(core.vault.reader).some((member) => member.id !== deviceIdOf(core) && member.revokedAt === null)) throw refuse('HAS_MEMBERS')
  transact('network.host-stopped', () => {})
  core.node.standAlone(core.vault.writer)
  await core.network.start()
  return context.read(stateOf)
}

/** Closes its connection at once; from this transaction on nothing of it counts (I11). */
export async function revoke({ core, transact }: ActionContext, { deviceId, reason }: { deviceId: Id; reason: string }): Promise<Record<string, never>> {
  if (core.node.role !== 'host') throw refuse('NOT_HOST')
  if (deviceId === deviceIdOf(core)) throw refuse('IS_HOST')
  transact('device.revoked', ({ db, now, audit }) => {
    audit({ entityId: deviceId, reason })
    if (!revokeMember(db, deviceId, { at: now, reason })) throw refuse('REVOKED_ALREADY')
  })
  core.network.server?.drop(deviceId)
  return {}
}
