import { refuse, Refusal } from '#shared/rpc/errors.ts'
import type { ToHost, ToNode } from '#shared/sync/messages.ts'
import type { Core } from '../core.ts'
import type { NetworkIdentity } from '../network/identity.ts'
import { serveNetwork, type NetworkServer } from '../network/server.ts'
import { realTimers, type Timers } from '../network/timers.ts'
import { placesOf } from '../platform/last-words.ts'
import { readSync } from './context.ts'
import { lastEpoch } from './epochs.ts'
import { memberByFingerprint } from './host-store.ts'

export interface StandbyDoorOptions {
  identity: NetworkIdentity
  port: number
  host?: string
  timers?: Timers
}

/**
 * A standby listens too, for two questions and nothing else: who the host is, and how far this copy is. So a machine that is
 * about to take the host's place can ask those that may have more, and an old host that comes back learns of its successor
 * from any of them. It takes no command, gives no row and lets nobody in. Undefined where another program has the port.
 */
export async function openStandbyDoor(core: Core, { identity, port, host, timers = realTimers }: StandbyDoorOptions): Promise<NetworkServer | undefined> {
  try {
    return await serveNetwork({
      ...(host === undefined ? {} : { host }), identity, port, platform: core.platform, timers,
      snapshotFile: () => undefined,
      deviceOf: (fingerprint) => {
        const member = core.vault.state === 'open' ? memberByFingerprint(core.vault.reader, fingerprint) : undefined
        return member && { id: member.id, state: member.revokedAt === null ? 'active' : 'revoked' }
      },
      onOpen: () => {}, onClose: () => {},
      onMessage: (_, message, peer) => {
        const answer = answerTo(core, message)
        if (answer) peer.send(answer)
      },
      onAttack: ({ kind, remote }) => core.logger.warn({ attack: kind, remote }, 'refused at the standby’s door'),
      onFault: (error) => core.logger.error(placesOf(error), 'a question to this standby was not answered'),
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    core.logger.info({ code: error.code }, 'this standby cannot be asked how far it is')
    return undefined
  }
}

function answerTo(core: Core, message: ToHost): ToNode | undefined {
  if (message.t === 'where') return standsAt(core)
  if (message.t !== 'hello') return undefined
  if (core.vault.state !== 'open') return { t: 'refuse', code: 'LOCKED' }
  const last = lastEpoch(core.vault.reader)
  // Only news: whoever knows as much goes on to the next address.
  const isNews = last !== undefined && last.epoch.epoch > message.epochSeen
  return isNews ? { t: 'epoch', epoch: last.epoch.epoch, hostId: last.epoch.hostId, address: '', certificate: last.certificate } : { t: 'refuse', code: 'NOT_HOST' }
}

/** How far the copy on this machine is, and whether its host is in reach from here. */
export function standsAt(core: Core): Extract<ToNode, { t: 'stands' }> {
  if (core.vault.state !== 'open') throw refuse('LOCKED')
  const { role, profile, epoch, cursor, nextTx } = readSync(core.vault.reader)
  const isHost = role === 'host'
  return { t: 'stands', epoch, cursor: isHost ? nextTx - 1 : cursor, isFullCopy: isHost || profile === 'standby', hostAnswers: isHost || core.node.isConnected }
}
