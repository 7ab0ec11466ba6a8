import { refuse, Refusal } from '#shared/rpc/errors.ts'
import type { Admission } from '#shared/sync/pairing.ts'
import { PROTOCOL, type SyncRefusal, type ToHost, type ToNode } from '#shared/sync/messages.ts'
import type { Core } from '../core.ts'
import { readMigrations } from '../db/migrate.ts'
import { connectNetwork, type HostPeer } from '../network/client.ts'
import type { NetworkIdentity } from '../network/identity.ts'
import { realTimers } from '../network/timers.ts'
import { copyFile } from './member-duties.ts'
import type { Arrived } from './take-copy.ts'

interface Wanted { identity: NetworkIdentity; admission: Admission; signal: AbortSignal; onProgress: (doneBytes: number, ofBytes: number) => void }

type Ready = Arrived['ready']

/** Failures over a line that holds: the file itself is wrong, and after so many nobody waits for another one. */
const TRIES = 5

/**
 * The first copy of a machine that has just been let in: it says hello, asks, and fetches. A line that breaks is waited for,
 * as long as the person at the screen does, and what has come is not fetched again.
 */
export async function fetchFirstCopy(core: Core, { identity, admission, signal, onProgress }: Wanted): Promise<Arrived> {
  const offers = new Offers(signal)
  let host: HostPeer | undefined
  const client = connectNetwork({
    identity: () => identity, addresses: () => identity.addresses, platform: core.platform, timers: realTimers,
    onOpen: (peer) => {
      host = peer
      peer.send(helloOf(core, identity, admission))
    },
    onMessage: (message: ToNode, peer) => {
      if (message.t === 'welcome') peer.send({ t: 'snapshot' })
      if (message.t === 'snapshot-ready') offers.make(message)
      if (message.t === 'refuse') offers.fail(refusalOf(message.code, core))
    },
    onClose: () => (host = undefined), onFault: () => {}, onRevoked: () => offers.fail(refuse('HOST_UNREACHABLE')),
  })
  try {
    for (let tries = 1; ; ) {
      const ready = await offers.next()
      try {
        await client.download({ id: ready.id, sha256: ready.sha256, bytes: ready.bytes, toFile: copyFile(core.vault.folder), signal, onProgress: (bytes) => onProgress(bytes, ready.bytes) })
        return { file: copyFile(core.vault.folder), ready }
      } catch (error) {
        if (signal.aborted || isFull(error)) throw error
        // Without a line the next one begins with a hello, and with that comes the next offer.
        if (!host) continue
        if (tries === TRIES) throw refuse('SNAPSHOT_CUT')
        tries += 1
        host.send({ t: 'snapshot' })
      }
    }
  } finally {
    client.close()
  }
}

const helloOf = (core: Core, identity: NetworkIdentity, admission: Admission): ToHost => ({
  t: 'hello', proto: PROTOCOL, app: core.options.appVersion ?? '', schema: readMigrations(core.options.migrationsFolder).length, deviceId: identity.deviceId, clinicId: identity.clinicId,
  epochSeen: admission.epoch, cursor: 0, chains: {}, outboxMax: 0, ackedSeq: 0, sentAt: core.platform.nowMs(),
})

function refusalOf(code: SyncRefusal, core: Core): Refusal {
  const isOlder = code.endsWith('_TOO_OLD')
  return isOlder || code.endsWith('_TOO_NEW') ? refuse('VERSIONS_DIFFER', { here: core.options.appVersion ?? '', isOlder }) : refuse('HOST_UNREACHABLE')
}

const isFull = (error: unknown): boolean => error instanceof Refusal && error.code === 'DISK_FULL'

/** What the host offers to fetch; only the newest counts. */
class Offers {
  #offered: Ready | undefined
  #failure: Error | undefined
  #wake = (): void => {}

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.fail(refuse('CODE_OVER')), { once: true })
  }

  make(ready: Ready): void {
    this.#offered = ready
    this.#wake()
  }

  fail(failure: Error): void {
    this.#failure = failure
    this.#wake()
  }

  async next(): Promise<Ready> {
    for (;;) {
      if (this.#failure) throw this.#failure
      const offered = this.#offered
      this.#offered = undefined
      if (offered) return offered
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
