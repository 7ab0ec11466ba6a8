import { beforeEach, describe, expect, it } from 'vitest'
import { getTableColumns } from 'drizzle-orm'
import { patients } from '#drizzle/schema/patients.ts'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, type Given, insertRow, migrations } from '#tests/support/database.ts'

let db: WriteDb
/** Columns that came with a later step; its own test is about them. */
const later = [
  'merged_into_id', 'is_merge_blocked', 'interpreter', 'preferred_channel', 'best_times', 'messages', 'work_calls', 'contact_ban', 'confidential_address', 'inactive_reason',
]

beforeEach(() => {
  db = databaseAt(2)
  addRow('staff_members', { id: 's1' })
  addRow('user_accounts', { id: 'u1', staff_id: 's1', user_name: 'delgado' })
})

const addRow = (table: string, given: Given): void => insertRow(db, table, given)

const addPatient = (id: string, mrn: number, more: Record<string, string | null> = {}): void =>
  addRow('patients', { id, mrn, sex: 'female', birth_date: '1958-03-12', search_names: 'lopez maria elena', phone_digits: '4135550100', ...more })
const found = (match: string): number[] =>
  db.$client.prepare('SELECT rowid FROM patient_search WHERE patient_search MATCH ? ORDER BY rowid').pluck().all(match) as number[] // The row ids of the index are integers.

describe('0003 patients', () => {
  it('comes upon a clinic with people and keeps them', () => {
    expect(schemaVersion(db)).toBe(2)
    migrate(db, migrations, 3)
    expect(schemaVersion(db)).toBe(3)
    expect(db.$client.prepare('SELECT user_name FROM user_accounts').pluck().all()).toEqual(['delgado'])
    expect(db.$client.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
  })

  it('has the columns that the schema says', () => {
    migrate(db, migrations, 3)
    const columns = db.$client.pragma('table_info(patients)') as { name: string }[] // SQLite's own columns.
    expect(columns.map(({ name }) => name).toSorted()).toEqual(Object.values(getTableColumns(patients)).map((column) => column.name).filter((column) => !later.includes(column)).toSorted())
  })

  it('keeps the search index with the rows, by MRN', () => {
    migrate(db, migrations, 3)
    addPatient('p1', 100_001)
    addPatient('p2', 100_002, { search_names: 'okafor tolu', phone_digits: null, birth_date: '1990-07-08' })
    expect([found('"lop" *'), found('birth : "1958"'), found('birth : "195803" *'), found('birth : "0312" *'), found('numbers : "5550100"'), found('numbers : "100002"')])
      .toEqual([[100_001], [100_001], [100_001], [100_001], [100_001], [100_002]])
    db.$client.exec(`UPDATE patients SET search_names = 'whitfield maria', phone_digits = '4135550199' WHERE id = 'p1'`)
    expect([found('lopez'), found('whitfield'), found('numbers : "0100"'), found('numbers : "0199"')]).toEqual([[], [100_001], [], [100_001]])
    expect(() => db.$client.exec(`INSERT INTO patient_search (patient_search) VALUES ('integrity-check')`)).not.toThrow()
  })

  it('refuses what the rules refuse, should they ever be passed by', () => {
    migrate(db, migrations, 3)
    addPatient('p1', 100_001)
    expect(() => addPatient('p2', 100_001)).toThrow('UNIQUE')
    expect(() => addPatient('p2', 100_002, { sex: 'f' })).toThrow('CHECK')
    expect(() => addRow('patient_contacts', { id: 'c1', patient_id: 'nobody' })).toThrow('FOREIGN KEY')
    expect(() => addRow('patient_identifiers', { system: 's', value: 'v', patient_id: 'p1' })).not.toThrow()
    expect(() => addRow('patient_identifiers', { system: 's', value: 'v', patient_id: 'p1' })).toThrow('UNIQUE')
  })

  it('keeps patients and their history', () => {
    migrate(db, migrations, 3)
    addPatient('p1', 100_001)
    addRow('patient_changes', { id: 'c1', patient_id: 'p1', changed_by: 'u1' })
    expect(() => db.$client.exec('DELETE FROM patients')).toThrow('PATIENTS_ARE_KEPT')
    expect(() => db.$client.exec(`UPDATE patient_changes SET to_value = 'y'`)).toThrow('HISTORY_IS_APPEND_ONLY')
    expect(() => db.$client.exec('DELETE FROM patient_changes')).toThrow('HISTORY_IS_APPEND_ONLY')
  })
})
