import type { Candidate, NetworkState } from '#shared/domains/network/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { parseRecoveryKey } from '#shared/kernel/recovery-key.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { Core } from '#main/core/core.ts'
import { readKeyring } from '#main/core/keys/keyring.ts'
import { unlockWithRecoveryKey } from '#main/core/keys/unlock.ts'
import type { ActionContext } from '#main/core/rpc/context.ts'
import { readSync } from '#main/core/sync/context.ts'
import * as succession from '#main/core/sync/succession.ts'
import { beginAttempt, PRINTED_KEY } from '#main/domains/session/service.throttle.ts'
import { stateOf } from './service.ts'

// Which machine is the host, when that changes: by plan, or because the host is gone.

export async function switchHost({ core, transact, read }: ActionContext, { toDeviceId }: { toDeviceId: Id }): Promise<NetworkState> {
  if (core.node.role !== 'host') throw refuse('NOT_HOST')
  transact('network.switch-begun', ({ audit }) => audit({ entityId: toDeviceId }))
  await succession.switchHost(core, toDeviceId)
  return read((context) => stateOf(context))
}

export async function candidates({ core }: ActionContext): Promise<{ hostAnswers: boolean; hostName: string; lastSeenAt: Instant | null; machines: Candidate[] }> {
  const { role, profile, epoch, cursor, hostName, hostSeenAt } = readSync(core.vault.reader)
  if (role !== 'member') throw refuse('NOT_MEMBER')
  const own: Candidate = { deviceId: core.node.deviceId, name: '', epoch, cursor, isThis: true, isStandby: profile === 'standby', isReachable: true }
  const [hostAnswers, others] = await Promise.all([core.node.neighbours.hostAnswers(), core.node.neighbours.replicas()])
  return { hostAnswers, hostName: hostName ?? '', lastSeenAt: hostSeenAt, machines: [own, ...others.map((one) => ({ ...one, isThis: false }))] }
}

/** The printed key is tried as at any other door: each wrong one makes the next wait. */
export async function promote({ core, transact, read }: ActionContext, input: { recoveryKey: string }): Promise<NetworkState> {
  if (core.node.role !== 'member') throw refuse('NOT_MEMBER')
  const attempt = beginAttempt(core, PRINTED_KEY)
  const slotKey = slotKeyOf(core, input.recoveryKey)
  if (slotKey) attempt.succeed()
  await succession.promote(core, slotKey)
  transact('network.promoted', ({ audit }) => audit({ entityId: core.node.deviceId }))
  await core.network.start()
  return read((context) => stateOf(context))
}

export async function beginAnew({ core, transact, read }: ActionContext): Promise<NetworkState> {
  succession.restartAsNewEpoch(core)
  transact('network.begun-anew', ({ audit }) => audit({ entityId: core.node.deviceId }))
  return read((context) => stateOf(context))
}

function slotKeyOf(core: Core, typed: string): Uint8Array | undefined {
  const recoveryKey = parseRecoveryKey(typed)
  return recoveryKey && unlockWithRecoveryKey(readKeyring(core.vault.folder), recoveryKey)?.slotKey
}
