import type { ToNode } from '#shared/sync/messages.ts'
import type { Core } from '../core.ts'
import { connectNetwork, type NetworkClient } from '../network/client.ts'
import { rememberAddress, type NetworkIdentity } from '../network/identity.ts'
import { placesOf } from '../platform/last-words.ts'
import { realTimers, type Timers } from '../network/timers.ts'
import { heardOfHost } from './succession.ts'

export interface LookoutOptions {
  identity(): NetworkIdentity
  /** Where a machine may be that has taken this one's place: standbys, and hosts that were met. */
  addresses(): string[]
  timers?: Timers
}

/**
 * A host that was away does not know whether another machine has taken its place, and whoever works with that one has no
 * reason to call here. So a host keeps asking the machines that could be the host now. Whoever is one answers with its
 * certificates: a later one ends this host's time, and this one's ends the time of an earlier. Nobody listens at a standby,
 * so in calm times this is a door that stays shut every half minute.
 */
export function keepLookout(core: Core, { identity, addresses, timers = realTimers }: LookoutOptions): Pick<NetworkClient, 'wake' | 'close'> {
  const client = connectNetwork({
    identity, addresses, platform: core.platform, timers,
    // Where this machine stands does not matter: it asks for nothing but who the host is.
    onOpen: (peer) => void peer.send({ ...core.node.member.hello(), needsCopy: true }),
    onMessage: (message, peer) => {
      const isNews = certificatesIn(message).map((certificate) => heardOfHost(core, { certificate })).includes('other')
      peer.reject()
      if (!isNews) return
      rememberAddress(core.vault.folder, peer.address)
      void core.network.start()
    },
    onRevoked: () => {},
    onClose: () => {}, onFault: (error) => core.logger.error(placesOf(error), 'the answer of another host was not taken'),
  })
  return client
}

function certificatesIn(message: ToNode): readonly string[] {
  if (message.t === 'welcome') return message.certificates ?? []
  return message.t === 'epoch' ? [message.certificate] : []
}
