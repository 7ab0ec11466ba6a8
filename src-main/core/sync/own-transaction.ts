import type { Core } from '../core.ts'
import type { WriteDb } from '../db/types.ts'

/** What a host writes down by itself and no person has asked for; it has its place in the feed like everything else. */
export function inOwnTransaction(core: Core, work: (db: WriteDb) => void): void {
  const db = core.vault.writer
  db.$client.transaction(() => {
    work(db)
    core.node.end(db, undefined, core.platform.now(), null)
  }).immediate()
  core.node.committed(undefined)
}
