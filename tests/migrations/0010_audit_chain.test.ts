import { getTableColumns } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { auditAnchors, auditChains, auditEvents, disclosures } from '#drizzle/schema/audit.ts'
import { beginChain } from '#main/core/audit/keys.ts'
import { verifyChain } from '#main/core/audit/verify.ts'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { writeAudit } from '#main/core/rpc/audit-writer.ts'
import { databaseAt, insertRow, migrations } from '#tests/support/database.ts'

const AT = '2026-11-17T15:00:00.000Z'
const chain = { id: '019a0000-0000-7000-8000-000000000001', now: AT }
const event = { at: AT, action: 'chart.opened', outcome: 'seen', door: 'window', actorId: null, sessionId: null, commandId: null, patientId: null, entityId: null, code: null } as const

let db: WriteDb
const verified = (): unknown => {
  const walk = verifyChain(db, { lines: [], unreadable: 0 }, 'all')
  let step = walk.next()
  while (!step.done) step = walk.next()
  return step.value
}

beforeEach(() => {
  db = databaseAt(9)
  for (const action of ['chart.opened', 'note.signed', 'session.ended']) insertRow(db, 'audit_events', { at: AT, action, outcome: 'done', door: 'window' })
  migrate(db, migrations, 10)
})

describe('0010 audit chain', () => {
  it('comes upon a log with events and leaves what they say as it was', () => {
    expect(schemaVersion(db)).toBe(10)
    expect(db.$client.prepare('select seq, action, roles, mac from audit_events order by seq').all()).toEqual([
      { seq: 1, action: 'chart.opened', roles: null, mac: null }, { seq: 2, action: 'note.signed', roles: null, mac: null }, { seq: 3, action: 'session.ended', roles: null, mac: null },
    ])
    for (const [name, table] of Object.entries({ audit_events: auditEvents, audit_chains: auditChains, audit_anchors: auditAnchors, disclosures })) {
      const columns = (db.$client.pragma(`table_info(${name})`) as { name: string }[]).map((column) => column.name) // SQLite's own columns.
      expect(columns.toSorted()).toEqual(Object.values(getTableColumns(table)).map((column) => column.name).toSorted())
    }
  })

  it('R07: takes the events that are older than the chain into it, once, and goes on behind them', () => {
    beginChain(db, chain)
    writeAudit(db, event)
    expect(verified()).toMatchObject({ rows: 4, lastSeq: 4, finding: null })
    const macs = db.select({ mac: auditEvents.mac }).from(auditEvents).all()
    beginChain(db, { ...chain, id: '019a0000-0000-7000-8000-000000000002' })
    expect(db.select().from(auditChains).all()).toHaveLength(1)
    expect(db.select({ mac: auditEvents.mac }).from(auditEvents).all()).toEqual(macs)
  })

  it('R07: lets nothing be changed, before the chain begins and after', () => {
    expect(() => db.$client.exec(`update audit_events set action = 'x', mac = zeroblob(32) where seq = 1`)).toThrow('AUDIT_IS_APPEND_ONLY')
    expect(() => db.$client.exec(`update audit_events set roles = 'doctor', mac = zeroblob(32) where seq = 1`)).toThrow('AUDIT_IS_APPEND_ONLY')
    beginChain(db, chain)
    for (const statement of [
      'update audit_events set mac = zeroblob(32)', 'update audit_events set mac = null', 'delete from audit_events', 'delete from audit_chains',
      'update audit_chains set mac_key = zeroblob(32)', `insert into audit_anchors values (1, '${chain.id}', zeroblob(32), '${AT}', zeroblob(64)); delete from audit_anchors`,
      `insert into audit_anchors values (2, '${chain.id}', zeroblob(32), '${AT}', zeroblob(64)); update audit_anchors set seq = 3`,
      `replace into audit_events (seq, at, action, outcome, door) values (1, 'x', 'x', 'done', 'x')`,
    ]) expect(() => db.$client.exec(statement), statement).toThrow('AUDIT_IS_APPEND_ONLY')
  })

  it('R24: keeps disclosures as they were written', () => {
    insertRow(db, 'disclosures', { id: 'd1', kind: 'print', row_count: 1 })
    expect(() => insertRow(db, 'disclosures', { id: 'd2', kind: 'whisper', row_count: 1 })).toThrow(/CHECK/)
    expect(() => db.$client.exec(`update disclosures set recipient = 'x'`)).toThrow('DISCLOSURE_IS_APPEND_ONLY')
    expect(() => db.$client.exec('delete from disclosures')).toThrow('DISCLOSURE_IS_APPEND_ONLY')
  })
})
