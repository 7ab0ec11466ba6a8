import { on } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { assert } from '#shared/kernel/assert.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { Chains, Profile, ToNode } from '#shared/sync/messages.ts'
import type { Core } from '../core.ts'
import { startWorker } from '../workers.ts'
import { feedBounds } from './feed.ts'
import type { SnapshotFile } from '../network/snapshot-file.ts'

/** What the worker is given. */
export interface SnapshotWish { file: string; dataKey: Uint8Array; target: string; key: Uint8Array; profile: Profile; migrationsFolder: string }
export type SnapshotMessage = { done: number } | { made: { tx: number; chains: Chains; bytes: number; sha256: string } } | { refused: string }

type Ready = Extract<ToNode, { t: 'snapshot-ready' }>
interface Snapshot extends Ready { profile: Profile; madeMs: number }

const KEPT_MS = 24 * 3_600_000

/**
 * Whole copies for machines whose feed does not go on: made by a worker while everybody goes on working, each an encrypted
 * file under a key of its own that travels over the machine's own connection. One for each profile is kept for a day, as
 * long as the feed goes on from it; what changed since comes as a feed.
 */
export class Snapshots {
  readonly #core: Core
  readonly #kept = new Map<Profile, Snapshot>()
  readonly #making = new Map<Profile, Promise<Snapshot>>()

  constructor(core: Core) {
    this.#core = core
    // Their keys were in memory: after a start nobody can open them any more.
    fs.rmSync(this.#folder, { recursive: true, force: true })
  }

  /** What the host says to a machine that asks for a copy; the machine then fetches the file. */
  async ready(profile: Profile, atLeast = 0): Promise<Ready> {
    const { profile: _p, madeMs: _m, ...ready } = this.#usable(profile, atLeast) ?? (await this.#made(profile))
    return ready
  }

  /** The file that `ready` named, for a machine of that profile and no other: a front desk gets no charts by asking for them. */
  file(profile: Profile, id: string): SnapshotFile | undefined {
    const found = this.#kept.get(profile)
    return found?.id === id ? { path: this.#pathOf(id), sha256: found.sha256 } : undefined
  }

  close(): void {
    fs.rmSync(this.#folder, { recursive: true, force: true })
    this.#kept.clear()
  }

  #usable(profile: Profile, atLeast: number): Snapshot | undefined {
    const found = this.#kept.get(profile)
    const { platform, vault } = this.#core
    const isUsable = found && platform.nowMs() - found.madeMs < KEPT_MS && found.tx >= Math.max(atLeast, feedBounds(vault.reader).first - 1)
    return isUsable ? found : undefined
  }

  /** Two machines that ask at the same time get the same file. */
  #made(profile: Profile): Promise<Snapshot> {
    const under = this.#making.get(profile)
    if (under) return under
    const making = this.#make(profile).finally(() => this.#making.delete(profile))
    this.#making.set(profile, making)
    return making
  }

  async #make(profile: Profile): Promise<Snapshot> {
    const { platform, vault, options } = this.#core
    assert(vault.dataKey, 'the database is open')
    requireRoom(vault.file)
    fs.mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const [id, key] = [platform.newId(), platform.random(32)]
    const made = await madeByWorker({ file: vault.file, dataKey: vault.dataKey, target: this.#pathOf(id), key, profile, migrationsFolder: options.migrationsFolder })
    const before = this.#kept.get(profile)
    if (before) fs.rmSync(this.#pathOf(before.id), { force: true })
    const snapshot: Snapshot = { t: 'snapshot-ready', id, key: Buffer.from(key).toString('hex'), ...made, profile, madeMs: platform.nowMs() }
    this.#kept.set(profile, snapshot)
    return snapshot
  }

  get #folder(): string {
    return path.join(this.#core.vault.folder, 'snapshots')
  }

  #pathOf(id: string): string {
    return path.join(this.#folder, `${id}.db`)
  }
}

async function madeByWorker(wish: SnapshotWish) {
  const worker = startWorker('make-snapshot', wish)
  try {
    const messages = on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[SnapshotMessage]> // What the worker posts.
    for await (const [message] of messages) {
      if ('refused' in message) throw refuse(message.refused)
      if ('made' in message) return message.made
    }
    assert(false, 'the worker says that it is done')
  } finally {
    await worker.terminate()
  }
}

/** A copy is at most as large as the file; a disk that fills up half way would stop the clinic for nothing. */
function requireRoom(file: string): void {
  const disk = fs.statfsSync(file)
  if (disk.bavail * disk.bsize < fs.statSync(file).size * 1.1) throw refuse('DISK_FULL')
}
