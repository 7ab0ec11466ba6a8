import { beforeEach, describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, type Given, insertRow, migrations } from '#tests/support/database.ts'

const AT = '2026-11-17T14:00:00.000Z'

let db: WriteDb

beforeEach(() => {
  db = databaseAt(11)
  addRow('staff_members', { id: 's1', is_provider: 1 })
  for (const [user, role] of [['u1', 'doctor'], ['u2', 'administrator']] as const) {
    addRow('user_accounts', { id: user, staff_id: 's1', user_name: user })
    addRow('user_roles', { user_id: user, role })
  }
  addRow('patients', { id: 'p1', mrn: 100_001, sex: 'female', birth_date: '1958-03-12' })
  addRow('encounters', { id: 'e1', patient_id: 'p1', status: 'in-progress' })
  addRow('clinical_notes', { id: 'n1', encounter_id: 'e1', patient_id: 'p1', author_id: 'u1', status: 'signed', subjective: 'Cough', revision: 1 })
})

const addRow = (table: string, given: Given): void => insertRow(db, table, given)
const all = (sql: string) => db.$client.prepare(sql).all()
const run = (sql: string) => () => db.$client.exec(sql)

function breakGlass(): void {
  addRow('break_glass', { id: 'g1', patient_id: 'p1', user_id: 'u1', reason: 'emergency', explanation: 'Found on the floor.', opened_at: AT, ends_at: AT, reviewed_at: null, reviewed_by: null, outcome: null, review_note: null })
}

describe('0012 access', () => {
  it('comes upon a clinic with people and notes, keeps them, and names its administrators privacy officers', () => {
    migrate(db, migrations, 12)
    expect(schemaVersion(db)).toBe(12)
    expect(all('SELECT user_id, role FROM user_roles ORDER BY user_id')).toEqual([{ user_id: 'u1', role: 'doctor' }, { user_id: 'u2', role: 'administrator' }])
    expect(all('SELECT subjective, sensitivity, sealed_text FROM clinical_notes')).toEqual([{ subjective: 'Cough', sensitivity: 'normal', sealed_text: null }])
    expect(all('SELECT id FROM user_accounts WHERE is_privacy_officer = 1')).toEqual([{ id: 'u2' }])
    expect(all('SELECT months_back, months_ahead, flow_days_back FROM access_settings')).toEqual([{ months_back: 24, months_ahead: 6, flow_days_back: 7 }])
    addRow('user_roles', { user_id: 'u1', role: 'patient' })
    expect(() => addRow('user_roles', { user_id: 'u1', role: 'owner' })).toThrow('CHECK')
    expect(db.$client.pragma('foreign_key_check')).toEqual([])
    expect(db.$client.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
  })

  it('keeps every break-glass, lets it be reviewed once and never by whoever did it', () => {
    migrate(db, migrations, 12)
    breakGlass()
    expect(run('DELETE FROM break_glass')).toThrow('BREAK_GLASS_IS_KEPT')
    expect(run(`UPDATE break_glass SET explanation = 'other'`)).toThrow('BREAK_GLASS_IS_KEPT')
    expect(run(`UPDATE break_glass SET ends_at = '2099'`)).toThrow('BREAK_GLASS_IS_KEPT')
    expect(run(`UPDATE break_glass SET reviewed_at = '${AT}', reviewed_by = 'u1', outcome = 'justified'`)).toThrow('OWN_BREAK_GLASS')
    expect(run(`UPDATE break_glass SET reviewed_at = '${AT}', reviewed_by = 'u2', outcome = 'fine'`)).toThrow('CHECK')
    expect(run(`UPDATE break_glass SET reviewed_at = '${AT}', reviewed_by = 'u2', outcome = 'justified'`)).not.toThrow()
    expect(run(`UPDATE break_glass SET outcome = 'not-justified'`)).toThrow('REVIEWED_ALREADY')
  })

  it('writes no psychotherapy note in clear text, whoever writes', () => {
    migrate(db, migrations, 12)
    const note = { encounter_id: 'e1', patient_id: 'p1', author_id: 'u1', status: 'draft', revision: 1, sensitivity: 'psychotherapy', objective: '', assessment: '', plan: '' }
    expect(() => addRow('clinical_notes', { ...note, id: 'n2', subjective: 'Clear' })).toThrow('PSYCHOTHERAPY_IN_CLEAR')
    expect(() => addRow('clinical_notes', { ...note, id: 'n2', subjective: '' })).toThrow('PSYCHOTHERAPY_IN_CLEAR')
    db.$client.prepare(`INSERT INTO clinical_notes (id, encounter_id, patient_id, author_id, status, subjective, objective, assessment, plan, revision, saved_at, sensitivity, sealed_text) VALUES ('n2', 'e1', 'p1', 'u1', 'draft', '', '', '', '', 1, ?, 'psychotherapy', x'01')`).run(AT)
    expect(run(`UPDATE clinical_notes SET plan = 'Clear' WHERE id = 'n2'`)).toThrow('PSYCHOTHERAPY_IN_CLEAR')
    expect(() => addRow('clinical_notes', { ...note, id: 'n3', author_id: 'u2', sensitivity: 'secret' })).toThrow('CHECK')
    db.$client.exec(`UPDATE clinical_notes SET status = 'signed' WHERE id = 'n2'`)
    expect(() => addRow('note_addenda', { id: 'x1', note_id: 'n2', author_id: 'u1', text: 'Clear' })).toThrow('PSYCHOTHERAPY_IN_CLEAR')
  })

  it('holds one live restriction a patient and one own chart a person', () => {
    migrate(db, migrations, 12)
    const restriction = { patient_id: 'p1', restricted_by: 'u2', lifted_at: null, lifted_by: null }
    addRow('restricted_patients', { ...restriction, id: 'r1' })
    expect(() => addRow('restricted_patients', { ...restriction, id: 'r2' })).toThrow('UNIQUE')
    db.$client.exec(`UPDATE restricted_patients SET lifted_at = '${AT}', lifted_by = 'u2'`)
    expect(() => addRow('restricted_patients', { ...restriction, id: 'r2' })).not.toThrow()
    addRow('self_patients', { user_id: 'u1', patient_id: 'p1' })
    expect(() => addRow('self_patients', { user_id: 'u2', patient_id: 'p1' })).toThrow('UNIQUE')
    for (const table of ['restricted_patients', 'care_team_members', 'cover_list']) {
      if (table === 'care_team_members') addRow(table, { id: 'm1', patient_id: 'p1', staff_id: 's1', added_by: 'u1', ended_by: null })
      if (table === 'cover_list') addRow(table, { id: 'c1', provider_id: 's1', by_staff_id: 's1', added_by: 'u1', removed_by: null })
      expect(run(`DELETE FROM ${table}`)).toThrow(/ARE_KEPT/)
    }
  })
})
