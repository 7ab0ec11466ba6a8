import type { FoundHost, PairingStep } from '#shared/domains/network/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Profile } from '#shared/sync/messages.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { realTimers } from '#main/core/network/timers.ts'
import type { Core } from '#main/core/core.ts'
import type { ActionContext, StreamContext } from '#main/core/rpc/context.ts'

/** The host's half of pairing, as one person looks at it: a code, who asks, and how it ended. */
export const pair = ({ core, signal }: StreamContext): AsyncGenerator<PairingStep> => announcePairing(core, signal)

/** The same for the operator of a host without a window, who is no person of the clinic. */
export async function* announcePairing(core: Core, signal: AbortSignal): AsyncGenerator<PairingStep> {
  const { server } = core.network
  if (!server) throw refuse('NOT_HOST')
  if (server.desk.host.isOpen) throw refuse('PAIRING_RUNNING')
  core.network.announce(true)
  try {
    yield* server.desk.open(signal)
  } finally {
    core.network.announce(false)
  }
}

export function answerPairing({ core }: ActionContext, answer: { requestId: Id; allow: boolean; name: string | null; profile: Profile | null }): Promise<Record<string, never>> {
  const desk = core.network.server?.desk
  const asking = desk?.asking
  if (!desk || !asking) throw refuse('REQUEST_OVER')
  const isTaken = desk.answer(answer.requestId, answer.allow ? { allow: true, name: answer.name ?? asking.name, profile: answer.profile ?? asking.profile } : { allow: false })
  if (!isTaken) throw refuse('REQUEST_OVER')
  return Promise.resolve({})
}

/** Hosts that can be heard in this network, and again whenever another one is; those that show a code first. */
export async function* findHosts({ core, signal }: StreamContext): AsyncGenerator<FoundHost[]> {
  let wake = (): void => {}
  const { network } = core.options
  const { Discovery } = await import('#main/core/network/discovery.ts')
  const discovery = network?.isQuiet || network?.isOff ? undefined : new Discovery({
    platform: core.platform, timers: realTimers, onFound: () => wake(), onTrouble: (code) => core.logger.info({ code }, 'no hosts can be looked for in this network'),
  })
  signal.addEventListener('abort', () => wake(), { once: true })
  try {
    yield []
    while (!signal.aborted) {
      await new Promise<void>((resolve) => (wake = resolve))
      if (signal.aborted) return
      yield (discovery?.found ?? []).toSorted((a, b) => Number(b.isPairing) - Number(a.isPairing)).flatMap(({ addresses: [address] }) => (address === undefined ? [] : [{ clinicName: null, name: address, address }]))
    }
  } finally {
    await discovery?.close()
  }
}
