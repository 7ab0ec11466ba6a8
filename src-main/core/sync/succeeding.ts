import type { Core } from '../core.ts'
import type { NetworkIdentity } from '../network/identity.ts'
import type { Neighbours } from './succession.ts'

interface Wire { identity(): NetworkIdentity; addresses(): readonly string[]; tryNow(): void }

/** A host that is slow, or just starting, is not taken for dead: it is tried so often, for so long each time. */
const PROBES_MS = [4_000, 6_000, 10_000]

/** What a member asks before it takes the host's place: the host itself, patiently, and every other full copy. */
export function succeeding(core: Core, { identity, addresses, tryNow }: Wire): Pick<Neighbours, 'hostAnswers' | 'replicas'> {
  const around = async () => {
    const { askAround } = await import('./ask-around.ts')
    return askAround(core, { identity: identity(), addresses: addresses() })
  }
  const probed = async (): Promise<boolean> => {
    for (const ms of PROBES_MS) {
      if (!core.node.isConnected) tryNow()
      if (await core.node.reach.isInReach(ms)) return true
    }
    return false
  }
  return {
    hostAnswers: async () => {
      const [isHere, { hostAnswers }] = await Promise.all([probed(), around()])
      return isHere || hostAnswers
    },
    replicas: async () => (await around()).replicas,
  }
}
