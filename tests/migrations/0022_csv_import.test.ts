import { beforeEach, describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, insertRow, migrations } from '#tests/support/database.ts'

const version = migrations.findIndex((step) => step.title === 'csv_import') + 1
let db: WriteDb

beforeEach(() => {
  db = databaseAt(version - 1)
  db.$client.pragma('foreign_keys=off')
  insertRow(db, 'patients', { id: 'old', mrn: 1, sex: 'female' })
  migrate(db, migrations, version)
  db.$client.pragma('foreign_keys=off')
})
const run = (sql: string) => db.$client.exec(sql)
const kept: readonly (readonly [table: string, code: string, key: string])[] = [
  ['patients', 'PATIENTS_ARE_KEPT', 'id'], ['appointments', 'APPOINTMENTS_ARE_KEPT', 'id'], ['encounters', 'CLINICAL_ROWS_ARE_KEPT', 'id'], ['ledger_entries', 'LEDGER_IS_APPEND_ONLY', 'id'],
]

/** What their CHECKs and guards ask for. */
const more: Readonly<Record<string, Record<string, unknown>>> = { appointments: { starts_at: '2026-01-01', ends_at: '2026-01-02', status: 'cancelled' }, encounters: { status: 'finished' }, ledger_entries: { kind: 'charge' } }

describe('0022 csv import', () => {
  it('keeps who was there, and knows only our kinds, stages and states', () => {
    expect([schemaVersion(db), db.$client.prepare('select id from patients').pluck().all()]).toEqual([version, ['old']])
    insertRow(db, 'csv_imports', { id: 'i', kind: 'ledger', stage: 'staged' })
    expect(() => run(`update csv_imports set stage = 'half'`)).toThrow(/CHECK/)
    expect(() => run(`update csv_imports set kind = 'photos'`)).toThrow(/CHECK/)
    expect(() => insertRow(db, 'csv_rows', { import_id: 'i', line: 2, state: 'lost' })).toThrow(/CHECK/)
    expect(() => insertRow(db, 'csv_pairs', { id: 'p', decision: 'perhaps' })).toThrow(/CHECK/)
  })

  it.each(kept)('lets a row of %s go only while the import that made it is being taken back', (table, code) => {
    if (table !== 'patients') insertRow(db, table, { id: 'old', ...more[table] })
    const take = () => run(`delete from ${table} where id = 'old'`)
    expect(take).toThrow(code)
    insertRow(db, 'csv_imports', { id: 'i', kind: 'patients', stage: 'done' })
    insertRow(db, 'csv_made', { import_id: 'i', table_name: table, row_id: 'old' })
    expect(take).toThrow(code)
    run(`update csv_imports set stage = 'undoing'`)
    take()
    expect(db.$client.prepare(`select count(*) from ${table}`).pluck().get()).toBe(0)
  })

  it('keeps the history of an appointment as long as the appointment', () => {
    insertRow(db, 'appointment_changes', { id: 'c', appointment_id: 'a', version: 1 })
    expect(() => run('delete from appointment_changes')).toThrow('HISTORY_IS_APPEND_ONLY')
  })
})
