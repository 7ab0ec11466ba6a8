import { getTableColumns, getTableName } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import * as schema from '#drizzle/schema/medications.ts'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, insertRow, migrations } from '#tests/support/database.ts'

const VERSION = 19
const AT = '2026-11-17T15:00:00.000Z'
let db: WriteDb
const sql = (text: string): void => void db.$client.exec(text)

beforeEach(() => {
  db = databaseAt(VERSION - 1)
  insertRow(db, 'staff_members', { id: 's1' })
  insertRow(db, 'user_accounts', { id: 'anna', staff_id: 's1', user_name: 'anna' })
  for (const [mrn, id] of ['lopez', 'tamm'].entries()) {
    insertRow(db, 'patients', { id, mrn, sex: 'female' })
    insertRow(db, 'medication_statements', { id: `m-${id}`, patient_id: id, recorded_by: 'anna', code_system: null })
  }
  migrate(db, migrations, VERSION)
})

const order = { drug_system: null, form: 'tablet', dose_unit: 'piece', route: 'oral', frequency: 'daily', dose: 1, quantity: 30 }
const sign = (id: string, more: object = {}): void => insertRow(db, 'medication_requests', { id, ...order, patient_id: 'lopez', statement_id: 'm-lopez', signed_by: 'anna', signed_at: AT, encounter_id: null, renews_id: null, ...more })

describe('0019 medications', () => {
  it('comes upon medications that are there and leaves them as they were; the tables are the schema’s', () => {
    expect(schemaVersion(db)).toBe(VERSION)
    expect(db.$client.prepare('select id from medication_statements order by id').pluck().all()).toEqual(['m-lopez', 'm-tamm'])
    for (const table of [schema.medicationRequests, schema.prescriptionCancellations, schema.prescriptionAlerts, schema.prescriptionDrafts, schema.prescriptionFavourites, schema.prescriptionPrints]) {
      const columns = (db.$client.pragma(`table_info(${getTableName(table)})`) as { name: string }[]).map((column) => column.name) // SQLite's own columns.
      expect(columns).toEqual(Object.values(getTableColumns(table)).map((column) => column.name))
    }
  })

  it('keeps what was signed, and knows only our forms, routes and reasons', () => {
    sign('rx')
    for (const change of ["update medication_requests set sentence = 'y'", 'delete from medication_requests']) expect(() => sql(change)).toThrow('PRESCRIPTION_IS_SIGNED')
    for (const more of [{ form: 'potion' }, { route: 'somehow' }, { frequency: 'QD' }, { dose_unit: 'cc' }, { drug_system: 'icd10cm' }]) expect(() => sign('other', more)).toThrow(/CHECK/)
    insertRow(db, 'prescription_cancellations', { request_id: 'rx', reason: 'wrong-drug', cancelled_by: 'anna' })
    expect(() => insertRow(db, 'prescription_cancellations', { request_id: 'rx', reason: 'side-effect', cancelled_by: 'anna' })).toThrow(/UNIQUE|PRIMARY/)
    expect(() => sql("update prescription_cancellations set reason = 'replaced'")).toThrow('PRESCRIPTION_IS_SIGNED')
    insertRow(db, 'prescription_alerts', { id: 'a', request_id: 'rx', patient_id: 'lopez', kind: 'allergy', severity: 'severe', override_reason: null })
    expect(() => sql("update prescription_alerts set override_reason = 'tolerated-before'")).toThrow('PRESCRIPTION_IS_SIGNED')
    expect(() => insertRow(db, 'prescription_alerts', { id: 'b', request_id: 'rx', patient_id: 'lopez', kind: 'allergy', severity: 'severe', override_reason: 'because' })).toThrow(/CHECK/)
  })

  it('names rows of its own patient only', () => {
    sign('rx')
    expect(() => sign('two', { statement_id: 'm-tamm' })).toThrow('ONE_PATIENT')
    expect(() => sign('two', { patient_id: 'tamm', statement_id: 'm-tamm', renews_id: 'rx' })).toThrow('ONE_PATIENT')
    sign('three', { renews_id: 'rx' })
  })
})
