import { beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, insertRow, migrations } from '#tests/support/database.ts'

const STEP = migrations.findIndex(({ title }) => title === 'families') + 1
let db: WriteDb
const all = (sql: string) => db.$client.prepare(sql).all()
const run = (sql: string) => db.$client.exec(sql)

beforeEach(() => {
  db = databaseAt(STEP - 1)
  insertRow(db, 'staff_members', { id: 's1' })
  insertRow(db, 'user_accounts', { id: 'u1', staff_id: 's1' })
  for (const [at, language] of ['Spanish', 'Haitian Creole', 'es-MX', 'Klingon'].entries()) insertRow(db, 'patients', { id: `p${at + 1}`, mrn: 100_001 + at, sex: 'female', birth_date: '1958-03-12', language })
  migrate(db, migrations, STEP)
})

describe('families', () => {
  it('makes codes of the languages that were words of our own list, and leaves what others said', () => {
    expect(all('select language from patients order by mrn')).toEqual([{ language: 'es' }, { language: 'ht' }, { language: 'es-MX' }, { language: 'Klingon' }])
    expect(all('select distinct interpreter, preferred_channel, messages, contact_ban, inactive_reason from patients')).toEqual([{ interpreter: null, preferred_channel: null, messages: null, contact_ban: null, inactive_reason: null }])
  })

  it('knows only its own words for how somebody may be reached', () => {
    run(`update patients set preferred_channel = 'text', inactive_reason = 'moved', messages = 'never' where id = 'p1'`)
    for (const sql of [`preferred_channel = 'fax'`, `inactive_reason = 'rude'`, `messages = 'no'`, `work_calls = 'no'`, `contact_ban = 'yes'`, `interpreter = 'maybe'`]) expect(() => run(`update patients set ${sql}`)).toThrow('CHECK')
  })

  it('takes a patient or a person as guarantor, never both and never neither, and keeps every row', () => {
    const guarantor = (id: string, patientId: string | null, name: string | null) => insertRow(db, 'guarantors', { id, patient_id: patientId, name, created_by: 'u1' })
    expect(() => guarantor('g0', 'p1', 'Ana Lopez')).toThrow('CHECK')
    expect(() => guarantor('g0', null, null)).toThrow('CHECK')
    guarantor('g1', 'p1', null)
    guarantor('g2', null, 'Ana Lopez')
    insertRow(db, 'patient_guarantors', { id: 'x1', patient_id: 'p2', guarantor_id: 'g1', set_by: 'u1', ended_by: null })
    insertRow(db, 'patient_relations', { id: 'r1', patient_id: 'p1', relative_id: 'p2', kind: 'child', created_by: 'u1', removed_by: null })
    expect(() => insertRow(db, 'patient_relations', { id: 'r2', patient_id: 'p1', relative_id: 'p2', kind: 'aunt', created_by: 'u1', removed_by: null })).toThrow('CHECK')
    insertRow(db, 'patient_deaths', { id: 'd1', patient_id: 'p1', recorded_by: 'u1', reversed_by: null })
    for (const table of ['guarantors', 'patient_guarantors', 'patient_relations', 'patient_deaths']) expect(() => run(`delete from ${table}`)).toThrow(/HISTORY_IS_APPEND_ONLY|FOREIGN KEY/)
  })
})
