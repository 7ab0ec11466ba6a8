import type { ToNode } from '#shared/sync/messages.ts'
import { carryOver, closeOld, openOld } from '#main/core/sync/carry-over.ts'
import { readSync, writeSync } from '#main/core/sync/context.ts'
import { copyRows } from '#main/core/sync/copy.ts'
import { chainsAt } from '#main/core/sync/feed.ts'
import { memberById } from '#main/core/sync/host-store.ts'
import { MemberCore } from '#main/core/sync/member.ts'
import { scopesOf } from '#shared/sync/messages.ts'
import { clinicId } from '../engine/clinic.ts'
import type { Disk } from '../engine/disk.ts'
import type { Node } from './node.ts'

type Ready = Extract<ToNode, { t: 'snapshot-ready' }>

/** Whole copies on their way from a host to its members (sync.md 2.7). */
export class Copies {
  readonly #scratch: Disk
  readonly #blank: Buffer
  readonly #images = new Map<string, Buffer>()

  constructor(scratch: Disk, blank: Buffer) {
    this.#scratch = scratch
    this.#blank = blank
  }

  make(host: Node, deviceId: string): Ready {
    const { profile } = memberById(host.disk.db, deviceId) ?? { profile: 'front-desk' as const }
    this.#scratch.load(this.#blank)
    const filling = copyRows(host.disk.db, this.#scratch.db, profile)
    let step = filling.next()
    while (!step.done) step = filling.next()
    const { tx } = step.value
    const id = host.platform.newId()
    const image = this.#scratch.image()
    this.#images.set(id, image)
    return { t: 'snapshot-ready', id, bytes: image.length, sha256: '0'.repeat(64), key: '0'.repeat(64), tx, chains: chainsAt(host.disk.db, tx, scopesOf[profile]) ?? {} }
  }

  /** What only this machine has goes over into the copy, what is pending is done again on it, and the files change places. */
  take(node: Node, id: string): void {
    const image = this.#images.get(id)
    if (!image) return
    this.#scratch.load(image)
    const wasHost = readSync(node.disk.db).standing === 'fenced'
    // What is not encrypted has no key to name.
    if (node.disk.key.length > 0) openOld(this.#scratch.db, node.disk.file, node.disk.key)
    else this.#scratch.db.$client.exec(`attach '${node.disk.file}' as old key ''`)
    try {
      carryOver(this.#scratch.db, { deviceId: node.id, wasHost })
    } finally {
      closeOld(this.#scratch.db)
    }
    writeSync(this.#scratch.db, { hostSeenAt: node.platform.now(), standing: 'good' })
    new MemberCore({ db: () => this.#scratch.db, around: node.around, platform: node.platform, deviceId: node.id, clinicId: () => clinicId, appVersion: '1' }).replayOnCopy()
    node.point('before-commit')
    node.world.exchange(node, this.#scratch.image())
    node.point('after-commit')
  }
}
