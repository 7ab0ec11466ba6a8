import { getTableColumns } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { consentForms, patientConsents } from '#drizzle/schema/consents.ts'
import { identityChecks } from '#drizzle/schema/patients.ts'
import { migrate } from '#main/core/db/migrate.ts'
import { databaseAt, insertRow, migrations, type Given } from '#tests/support/database.ts'

const STEP = migrations.findIndex(({ sql }) => sql.includes('CREATE TABLE patient_consents')) + 1

describe('check-in', () => {
  it('comes upon patients and papers in use, and keeps every decision as it was written', () => {
    const db = databaseAt(STEP - 1)
    insertRow(db, 'staff_members', { id: 's' })
    insertRow(db, 'user_accounts', { id: 'u', staff_id: 's', user_name: 'u' })
    insertRow(db, 'patients', { id: 'p', sex: 'female', mrn: 1000 })
    migrate(db, migrations, STEP)
    for (const [name, table] of Object.entries({ consent_forms: consentForms, patient_consents: patientConsents, identity_checks: identityChecks })) {
      const columns = (db.$client.pragma(`table_info(${name})`) as { name: string }[]).map((column) => column.name) // SQLite's own columns.
      expect(columns.toSorted()).toEqual(Object.values(getTableColumns(table)).map((column) => column.name).toSorted())
    }
    const form = (id: string, more: Given = {}): void => insertRow(db, 'consent_forms', { id, form_id: 'f', version: 1, validity: 'once', scope: 'all', saved_by: 'u', ...more })
    form('f1')
    expect(() => form('f2')).toThrow(/UNIQUE/)
    expect(() => form('f2', { version: 2, validity: 'sometimes' })).toThrow(/CHECK/)
    expect(() => form('f2', { version: 2, scope: 'some' })).toThrow(/CHECK/)
    const decide = (id: string, more: Given): void => insertRow(db, 'patient_consents', { id, patient_id: 'p', form_version_id: 'f1', witnessed_by: 'u', ...more })
    decide('c1', { decision: 'signed', how: 'typed', signature: 'Ana Lopez' })
    decide('c2', { decision: 'signed', how: 'paper' })
    decide('c3', { decision: 'refused', reason: 'no' })
    decide('c4', { decision: 'withdrawn', reason: 'no', withdraws_id: 'c1' })
    expect(() => decide('c5', { decision: 'maybe', reason: 'no' })).toThrow(/CHECK/)
    expect(() => decide('c5', { decision: 'signed' })).toThrow(/CHECK/)
    expect(() => decide('c5', { decision: 'signed', how: 'drawn' })).toThrow(/CHECK/)
    expect(() => decide('c5', { decision: 'signed', how: 'paper', signature: 'x' })).toThrow(/CHECK/)
    expect(() => decide('c5', { decision: 'refused' })).toThrow(/CHECK/)
    expect(() => decide('c5', { decision: 'withdrawn', reason: 'no' })).toThrow(/CHECK/)
    expect(() => decide('c5', { decision: 'refused', reason: 'no', patient_id: 'nobody' })).toThrow(/FOREIGN KEY/)
    insertRow(db, 'identity_checks', { id: 'i', patient_id: 'p', checked_by: 'u' })
    for (const table of ['consent_forms', 'patient_consents']) {
      expect(() => db.$client.exec(`update ${table} set id = 'x' where id like '_1'`)).toThrow('CONSENTS_ARE_KEPT')
      expect(() => db.$client.exec(`delete from ${table} where id like '_1'`)).toThrow('CONSENTS_ARE_KEPT')
    }
    expect(() => db.$client.exec(`update identity_checks set checked_at = 'x'`)).toThrow('HISTORY_IS_APPEND_ONLY')
    expect(() => db.$client.exec('delete from identity_checks')).toThrow('HISTORY_IS_APPEND_ONLY')
  })
})
