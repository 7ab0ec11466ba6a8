import { refuse } from '#shared/rpc/errors.ts'
import type { Admission } from '#shared/sync/pairing.ts'
import { PROTOCOL, type ToNode } from '#shared/sync/messages.ts'
import type { Core } from '../core.ts'
import { readMigrations } from '../db/migrate.ts'
import { connectNetwork, type NetworkClient } from '../network/client.ts'
import type { NetworkIdentity } from '../network/identity.ts'
import { realTimers } from '../network/timers.ts'
import { copyFile } from './member-duties.ts'
import type { Arrived } from './take-copy.ts'

interface Wanted { identity: NetworkIdentity; admission: Admission; signal: AbortSignal; onProgress: (doneBytes: number, ofBytes: number) => void }

type Ready = Arrived['ready']

/** The first copy of a machine that has just been let in: it says hello, asks, and fetches. A broken line is picked up again. */
export async function fetchFirstCopy(core: Core, { identity, admission, signal, onProgress }: Wanted): Promise<Arrived> {
  const { promise, resolve, reject } = Promise.withResolvers<Ready>()
  const client = connectNetwork({
    identity: () => identity, addresses: () => identity.addresses, platform: core.platform, timers: realTimers,
    onOpen: (peer) => peer.send({
      t: 'hello', proto: PROTOCOL, app: core.options.appVersion ?? '', schema: readMigrations(core.options.migrationsFolder).length, deviceId: identity.deviceId, clinicId: identity.clinicId,
      epochSeen: admission.epoch, cursor: 0, chains: {}, outboxMax: 0, ackedSeq: 0, sentAt: core.platform.nowMs(),
    }),
    onMessage: (message: ToNode, peer) => {
      if (message.t === 'welcome') peer.send({ t: 'snapshot' })
      if (message.t === 'snapshot-ready') resolve(message)
      if (message.t === 'refuse') reject(message.code.startsWith('SCHEMA') || message.code.startsWith('PROTOCOL') ? refuse('VERSIONS_DIFFER', { host: '', here: core.options.appVersion ?? '' }) : refuse('HOST_UNREACHABLE'))
    },
    onClose: () => {}, onFault: () => {},
  })
  signal.addEventListener('abort', () => reject(refuse('CODE_OVER')), { once: true })
  try {
    const ready = await promise
    await fetched(client, core, ready, { signal, onProgress })
    return { file: copyFile(core.vault.folder), ready }
  } finally {
    client.close()
  }
}

const TRIES = 5

async function fetched(client: NetworkClient, core: Core, ready: Ready, { signal, onProgress }: Pick<Wanted, 'signal' | 'onProgress'>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await client.download({ id: ready.id, sha256: ready.sha256, bytes: ready.bytes, toFile: copyFile(core.vault.folder), signal, onProgress: (bytes) => onProgress(bytes, ready.bytes) })
      return
    } catch (error) {
      if (tries === TRIES || signal.aborted) throw error
    }
  }
}
