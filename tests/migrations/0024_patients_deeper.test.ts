import { beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, insertRow, migrations } from '#tests/support/database.ts'

const STEP = migrations.findIndex(({ title }) => title === 'patients_deeper') + 1
let db: WriteDb
const all = (sql: string) => db.$client.prepare(sql).all()
const run = (sql: string) => db.$client.exec(sql)

beforeEach(() => {
  db = databaseAt(STEP - 1)
  insertRow(db, 'staff_members', { id: 's1' })
  insertRow(db, 'user_accounts', { id: 'u1', staff_id: 's1' })
  for (const [at, id] of ['p1', 'p2', 'p3'].entries()) insertRow(db, 'patients', { id, mrn: 100_001 + at, sex: 'female', birth_date: '1958-03-12' })
  for (const [id, patient, other, why] of [['c1', 'p1', 'p2', 'other-person'], ['c2', 'p2', 'p1', 'other-person'], ['c3', 'p1', 'p3', 'merge-later']] as const) {
    insertRow(db, 'patient_changes', { id, patient_id: patient, changed_by: 'u1', changed_at: '2026-01-01', field: 'notDuplicateOf', from_value: why, to_value: other })
  }
  migrate(db, migrations, STEP)
})

describe('patients deeper', () => {
  it('keeps who was said to be somebody else, once for each pair, and compares everybody anew', () => {
    expect(all('select a_id, b_id, reason from duplicate_decisions')).toEqual([{ a_id: 'p1', b_id: 'p2', reason: 'other-person' }])
    expect(all('select patient_id from duplicate_queue order by 1')).toEqual([{ patient_id: 'p1' }, { patient_id: 'p2' }, { patient_id: 'p3' }])
    expect(all('select distinct merged_into_id, is_merge_blocked from patients')).toEqual([{ merged_into_id: null, is_merge_blocked: 0 }])
  })

  it('queues whoever is written, and nobody for a change of address', () => {
    run('delete from duplicate_queue')
    run(`update patients set city = 'Salem' where id = 'p1'`)
    expect(all('select * from duplicate_queue')).toEqual([])
    run(`update patients set phone = '5' where id = 'p2'`)
    insertRow(db, 'patients', { id: 'p4', mrn: 5, sex: 'male', birth_date: '1990-01-01' })
    expect(all('select patient_id from duplicate_queue order by 1')).toEqual([{ patient_id: 'p2' }, { patient_id: 'p4' }])
  })

  it('keeps merges, takes one back once, and puts a chart into one other at a time', () => {
    const merge = (id: string, survivor: string, absorbed: string) => insertRow(db, 'patient_merges', { id, survivor_id: survivor, absorbed_id: absorbed, merged_by: 'u1', unmerged_at: null, unmerged_by: null })
    expect(() => merge('m0', 'p1', 'p1')).toThrow('CHECK')
    merge('m1', 'p1', 'p2')
    expect(() => merge('m2', 'p3', 'p2')).toThrow('UNIQUE')
    insertRow(db, 'patient_merge_rows', { merge_id: 'm1', side: 'absorbed', table_name: 'coverages', row_key: '["c"]' })
    for (const sql of ['delete from patient_merges', `update patient_merges set fields = '[1]'`, 'delete from patient_merge_rows', `update patient_merge_rows set side = 'after'`]) expect(() => run(sql)).toThrow('MERGES_ARE_KEPT')
    run(`update patient_merges set unmerged_at = '2026-01-02', unmerged_by = 'u1'`)
    expect(() => run('update patient_merges set unmerged_at = null')).toThrow('MERGES_ARE_KEPT')
    merge('m3', 'p3', 'p2')
    expect(() => run('delete from duplicate_decisions')).toThrow('HISTORY_IS_APPEND_ONLY')
  })
})
