import type { Id } from '#shared/kernel/ids.ts'
import type { Standing } from '#shared/domains/network/model.ts'
import type { WriteDb } from '../db/types.ts'
import { installCapture, Mode } from './capture.ts'
import { setMode, writeSync } from './context.ts'
import { insertEpoch, type Epoch } from './epochs.ts'
import { feedBounds } from './feed.ts'
import * as hostStore from './host-store.ts'

interface Later { epoch: Epoch; certificate: string }

/**
 * This machine was the host and has met the certificate of another one: it decides nothing any more, at once and for good.
 * What it had carried out after the other one began is handed over when the new copy is here (take-copy.ts).
 */
export function stepDown(db: WriteDb, { deviceId, later }: { deviceId: Id; later: readonly Later[] }): void {
  becomeMember(db, { deviceId, later, standing: 'fenced' })
}

/** From host to member of the host named last, which it has not met yet; its rows are where they are. */
export function becomeMember(db: WriteDb, { deviceId, later, standing }: { deviceId: Id; later: readonly Later[]; standing: Standing }): void {
  db.$client.transaction(() => {
    const epoch = Math.max(...later.map((one) => one.epoch.epoch))
    writeSync(db, { role: 'member', profile: 'standby', epoch, cursor: feedBounds(db).last, nextSeq: hostStore.lastSeqOf(db, deviceId) + 1, standing, hostSeenAt: null })
    installCapture(db.$client, 'member')
    noteEpochs(db, later)
  }).immediate()
}

/** News of a host reach a member before the rows that say so, and they are the same rows. */
export function noteEpochs(db: WriteDb, later: readonly Later[]): void {
  setMode(db, Mode.confirmed)
  for (const { epoch, certificate } of later) insertEpoch(db, epoch, certificate)
  setMode(db, Mode.rest)
}
