import { refuse, Refusal } from '#shared/rpc/errors.ts'
import type { Admission } from '#shared/sync/pairing.ts'
import { PROTOCOL, type ToNode } from '#shared/sync/messages.ts'
import type { Core } from '../core.ts'
import { readMigrations } from '../db/migrate.ts'
import { connectNetwork, type HostPeer, type NetworkClient } from '../network/client.ts'
import type { NetworkIdentity } from '../network/identity.ts'
import { realTimers } from '../network/timers.ts'
import { copyFile } from './member-duties.ts'
import type { Arrived } from './take-copy.ts'

interface Wanted { identity: NetworkIdentity; admission: Admission; signal: AbortSignal; onProgress: (doneBytes: number, ofBytes: number) => void }

type Ready = Arrived['ready']

/** So many times in a row nobody answered, about a minute and a half: then a person has to look. */
const ROUNDS = 8
/** So many tries in a row that brought not one byte more. */
const TRIES = 5

/**
 * The first copy of a machine that has just been let in: it says hello, asks, and fetches. A broken line is picked up again,
 * and so is a host that was restarted meanwhile: the machine is on its list and asks it anew, without another code.
 */
export async function fetchFirstCopy(core: Core, { identity, admission, signal, onProgress }: Wanted): Promise<Arrived> {
  let offer = Promise.withResolvers<Ready>()
  let peer: HostPeer | undefined
  let roundsAlone = 0
  const client = connectNetwork({
    identity: () => identity, addresses: () => identity.addresses, platform: core.platform, timers: realTimers,
    onOpen: (opened) => {
      peer = opened
      roundsAlone = 0
      opened.send({
        t: 'hello', proto: PROTOCOL, app: core.options.appVersion ?? '', schema: readMigrations(core.options.migrationsFolder).length, deviceId: identity.deviceId, clinicId: identity.clinicId,
        epochSeen: admission.epoch, cursor: 0, chains: {}, outboxMax: 0, ackedSeq: 0, sentAt: core.platform.nowMs(),
      })
    },
    onMessage: (message: ToNode, from) => {
      if (message.t === 'welcome') from.send({ t: 'snapshot' })
      if (message.t === 'snapshot-ready') offer.resolve(message)
      if (message.t !== 'refuse') return
      // Restarted, and nobody has opened it yet.
      if (message.code === 'LOCKED') return from.reject()
      offer.reject(message.code.startsWith('SCHEMA') || message.code.startsWith('PROTOCOL') ? refuse('VERSIONS_DIFFER', { host: '', here: core.options.appVersion ?? '' }) : refuse('HOST_UNREACHABLE'))
    },
    onClose: ({ why }) => {
      peer = undefined
      roundsAlone += 1
      if (roundsAlone === ROUNDS || why === 'revoked' || why === 'unknown-machine') offer.reject(refuse('HOST_UNREACHABLE'))
    },
    onFault: () => {},
  })
  signal.addEventListener('abort', () => offer.reject(refuse('CODE_OVER')), { once: true })
  try {
    for (let [tries, most] = [1, 0]; ; tries += 1) {
      const ready = await offer.promise
      // The next one, should this one break off. Nobody may be waiting for it when it is refused.
      offer = Promise.withResolvers()
      offer.promise.catch(() => {})
      const progress = (bytes: number): void => {
        if (bytes > most) [tries, most] = [0, bytes]
        onProgress(bytes, ready.bytes)
      }
      if (await isFetched(client, core, ready, { signal, progress })) return { file: copyFile(core.vault.folder), ready }
      if (tries === TRIES) throw refuse('SNAPSHOT_BROKEN')
      // Over a connection that still stands; one that broke asks by itself as soon as it is back.
      peer?.send({ t: 'snapshot' })
    }
  } finally {
    client.close()
  }
}

/** False when it broke off and may be tried again. */
async function isFetched(client: NetworkClient, core: Core, ready: Ready, { signal, progress }: { signal: AbortSignal; progress: (bytes: number) => void }): Promise<boolean> {
  try {
    await client.download({ id: ready.id, sha256: ready.sha256, bytes: ready.bytes, toFile: copyFile(core.vault.folder), signal, onProgress: progress })
    return true
  } catch (error) {
    if (signal.aborted) throw refuse('CODE_OVER')
    if (error instanceof Refusal && error.code === 'DISK_FULL') throw error
    return false
  }
}
