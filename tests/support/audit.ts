import { writeAudit, type AuditEntry } from '#main/core/rpc/audit-writer.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import type { World } from './world.ts'

/** Events as the pipeline writes them, each in its place in the chain. */
export function addEvents(world: World, count: number, more: Partial<AuditEntry> = {}): void {
  const { writer } = world.core.vault
  writer.$client.transaction(() => {
    for (let i = 0; i < count; i += 1) writeAudit(writer, eventOf(world, more))
  })()
}

const eventOf = (world: World, more: Partial<AuditEntry>): AuditEntry => ({
  at: world.core.platform.now(), action: 'chart.opened', outcome: 'seen', door: 'window', actorId: world.clinic.people.doctor.userId, sessionId: null,
  commandId: null, patientId: null, entityId: null, code: null, ...more,
})

/** What somebody with the data key and a database tool can do: the triggers stand in nobody's way. */
export function withoutGuards(db: WriteDb): void {
  const names = db.$client.prepare(`select name from sqlite_master where type = 'trigger' and tbl_name like 'audit_%'`).pluck().all() as string[] // Names of triggers.
  for (const name of names) db.$client.exec(`drop trigger ${name}`)
}
