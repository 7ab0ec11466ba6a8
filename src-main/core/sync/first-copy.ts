import fs from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
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

interface Wanted {
  identity: NetworkIdentity
  admission: Admission
  signal: AbortSignal
  onProgress: (doneBytes: number, ofBytes: number) => void
  /** How long is waited after so many attempts in a row that brought nothing. */
  waitMs?: (failures: number) => number
}

type Ready = Arrived['ready']

/**
 * Attempts in a row that brought nothing, over a line that holds, before nobody waits any longer. A host that 25 machines join
 * at once answers late for a minute or two; with five attempts at once one of 26 joins was given up over that.
 */
const TRIES = 10
const waitLonger = (failures: number): number => Math.min(15_000, 500 * 2 ** failures)

/**
 * The first copy of a machine that has just been let in: it says hello, asks, and fetches. A line that breaks is waited for,
 * as long as the person at the screen does, and what has come is not fetched again: a download that is cut goes on, and counts as
 * failed only if it brought nothing.
 */
export async function fetchFirstCopy(core: Core, { identity, admission, signal, onProgress, waitMs = waitLonger }: Wanted): Promise<Arrived> {
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
      if (message.t === 'snapshot-failed') offers.fail(refuse('COPY_NOT_MADE', { isDiskFull: message.code === 'DISK_FULL' }))
      if (message.t === 'refuse') offers.fail(refusalOf(message.code, core))
    },
    onClose: () => (host = undefined), onFault: () => {}, onRevoked: () => offers.fail(refuse('HOST_UNREACHABLE')),
  })
  try {
    const file = copyFile(core.vault.folder)
    for (let failures = 0; ; ) {
      const ready = await offers.next()
      const before = sizeOf(file)
      try {
        await client.download({ id: ready.id, sha256: ready.sha256, bytes: ready.bytes, toFile: file, signal, onProgress: (bytes) => onProgress(bytes, ready.bytes) })
        return { file, ready }
      } catch (error) {
        if (signal.aborted || isFull(error)) throw error
        // Without a line the next one begins with a hello, and with that comes the next offer.
        if (!host) continue
        failures = sizeOf(file) > before ? 0 : failures + 1
        if (failures === TRIES) throw refuse('SNAPSHOT_CUT')
        if (failures > 0) await wait(waitMs(failures), undefined, { signal }).catch(() => undefined)
        host?.send({ t: 'snapshot' })
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

const sizeOf = (file: string): number => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0

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
