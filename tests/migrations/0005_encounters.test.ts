import { beforeEach, describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, type Given, insertRow, migrations } from '#tests/support/database.ts'

const AT = '2026-11-17T14:00:00.000Z'

let db: WriteDb

beforeEach(() => {
  db = databaseAt(4)
  addRow('staff_members', { id: 's1', is_provider: 1 })
  addRow('user_accounts', { id: 'u1', staff_id: 's1', user_name: 'haddad' })
  addRow('patients', { id: 'p1', mrn: 100_001, sex: 'female', birth_date: '1958-03-12' })
  addRow('appointments', { id: 'a1', patient_id: 'p1', provider_id: 's1', starts_at: AT, ends_at: '2026-11-17T14:30:00.000Z', status: 'roomed', booked_by: 'u1' })
})

const addRow = (table: string, given: Given): void => insertRow(db, table, given)

const recorded = { patient_id: 'p1', recorded_by: 'u1' }
const run = (sql: string) => () => db.$client.exec(sql)

function seedVisit(): void {
  addRow('encounters', { id: 'e1', patient_id: 'p1', appointment_id: 'a1', provider_id: 's1', status: 'in-progress' })
  addRow('clinical_notes', { id: 'n1', encounter_id: 'e1', patient_id: 'p1', author_id: 'u1', status: 'draft', revision: 1 })
}

describe('0005 encounters', () => {
  it('comes upon a clinic with a patient and an appointment and keeps them', () => {
    migrate(db, migrations, 5)
    expect(schemaVersion(db)).toBe(5)
    expect(db.$client.prepare('SELECT status FROM appointments').all()).toEqual([{ status: 'roomed' }])
    seedVisit()
    expect(db.$client.pragma('foreign_key_check')).toEqual([])
    expect(db.$client.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
  })

  it('R23: makes a signed note immutable and lets addenda stand on signed notes only', () => {
    migrate(db, migrations, 5)
    seedVisit()
    expect(() => addRow('note_addenda', { id: 'x1', note_id: 'n1', author_id: 'u1' })).toThrow('NOTE_NOT_SIGNED')
    expect(run(`UPDATE clinical_notes SET plan = 'rest', revision = 2`)).not.toThrow()
    expect(run(`UPDATE clinical_notes SET status = 'signed', signed_at = '${AT}', signed_by = 'u1'`)).not.toThrow()
    expect(run(`UPDATE clinical_notes SET plan = 'something else'`)).toThrow('NOTE_IS_SIGNED')
    expect(run(`UPDATE clinical_notes SET status = 'draft'`)).toThrow('NOTE_IS_SIGNED')
    addRow('note_addenda', { id: 'x1', note_id: 'n1', author_id: 'u1' })
    expect(run(`UPDATE note_addenda SET text = 'other'`)).toThrow('NOTE_IS_SIGNED')
    expect(run('DELETE FROM note_addenda')).toThrow('NOTES_ARE_KEPT')
    expect(run('DELETE FROM clinical_notes')).toThrow('NOTES_ARE_KEPT')
  })

  it('holds one visit for each appointment and one draft for each author in it', () => {
    migrate(db, migrations, 5)
    seedVisit()
    expect(() => addRow('encounters', { id: 'e2', patient_id: 'p1', appointment_id: 'a1', status: 'in-progress' })).toThrow('UNIQUE')
    expect(() => addRow('encounters', { id: 'e2', patient_id: 'p1', appointment_id: null, status: 'lost' })).toThrow('CHECK')
    const second = { id: 'n2', encounter_id: 'e1', patient_id: 'p1', author_id: 'u1', status: 'draft', revision: 1 }
    expect(() => addRow('clinical_notes', second)).toThrow('UNIQUE')
    db.$client.exec(`UPDATE clinical_notes SET status = 'signed'`)
    expect(() => addRow('clinical_notes', second)).not.toThrow()
  })

  it('keeps clinical rows, and of a measured value lets only the mark change', () => {
    migrate(db, migrations, 5)
    seedVisit()
    addRow('observations', { id: 'o1', ...recorded, category: 'vital-signs', code: '8867-4', value: 98 })
    addRow('allergies', { id: 'al1', ...recorded, severity: 'severe' })
    addRow('problems', { id: 'pr1', ...recorded, status: 'active' })
    addRow('medication_statements', { id: 'm1', ...recorded })
    expect(run('UPDATE observations SET value = 89')).toThrow('CLINICAL_ROWS_ARE_KEPT')
    expect(run(`UPDATE allergies SET severity = 'mild'`)).toThrow('CLINICAL_ROWS_ARE_KEPT')
    expect(run(`UPDATE observations SET entered_in_error_at = '${AT}', entered_in_error_by = 'u1'`)).not.toThrow()
    for (const table of ['observations', 'allergies', 'problems', 'medication_statements', 'encounters']) expect(run(`DELETE FROM ${table}`)).toThrow('CLINICAL_ROWS_ARE_KEPT')
  })
})
