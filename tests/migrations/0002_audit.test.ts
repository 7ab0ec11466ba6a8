import { beforeEach, describe, expect, it } from 'vitest'
import { getTableColumns } from 'drizzle-orm'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { rooms } from '#drizzle/schema/clinic.ts'
import { migrate } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, insertRow, migrations } from '#tests/support/database.ts'

let db: WriteDb

beforeEach(() => {
  db = databaseAt(1)
  db.insert(rooms).values({ id: 'r1', name: 'Room 1', kind: 'exam', sortOrder: 1, isActive: true }).run()
  migrate(db, migrations, 2)
})

const event = { at: '2026-11-17T15:00:00.000Z', action: 'chart.opened', outcome: 'seen', door: 'window' } as const

describe('0002 audit', () => {
  it('adds the log to a clinic with rows and leaves those as they were', () => {
    const columns = (db.$client.pragma('table_info(audit_events)') as { name: string }[]).map((column) => column.name) // SQLite's own columns.
    expect(columns).toEqual(Object.values(getTableColumns(auditEvents)).map((column) => column.name).filter((name) => columns.includes(name)))
    expect(columns).toHaveLength(11)
    expect(db.select().from(rooms).all()).toMatchObject([{ id: 'r1', name: 'Room 1' }])
  })

  it('takes events and gives none back: nothing is changed or removed, also by raw SQL', () => {
    insertRow(db, 'audit_events', event)
    expect(() => db.update(auditEvents).set({ action: 'nothing.happened' }).run()).toThrow('AUDIT_IS_APPEND_ONLY')
    expect(() => db.delete(auditEvents).run()).toThrow('AUDIT_IS_APPEND_ONLY')
    expect(() => db.$client.exec(`UPDATE audit_events SET actor_id = 'someone else'`)).toThrow('AUDIT_IS_APPEND_ONLY')
    expect(() => db.$client.exec(`REPLACE INTO audit_events (seq, at, action, outcome, door) VALUES (1, 'x', 'x', 'done', 'x')`)).toThrow('AUDIT_IS_APPEND_ONLY')
    expect(db.$client.prepare('select * from audit_events').get()).toMatchObject(event)
  })

  it('knows only our outcomes and never gives a number twice', () => {
    expect(() => insertRow(db, 'audit_events', { ...event, outcome: 'maybe' })).toThrow(/CHECK/)
    insertRow(db, 'audit_events', event)
    insertRow(db, 'audit_events', event)
    expect(db.$client.prepare('select seq from audit_events order by seq').pluck().all()).toEqual([1, 2])
  })
})
