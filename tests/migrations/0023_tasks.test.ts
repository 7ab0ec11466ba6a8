import { beforeEach, describe, expect, it } from 'vitest'
import { getTableColumns } from 'drizzle-orm'
import { appointmentConfirmations, recallContacts, recallRules, recalls } from '#drizzle/schema/calls.ts'
import { clinicalTaskWords, tasks, taskSteps, taskWords } from '#drizzle/schema/tasks.ts'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, insertRow, migrations, type Given } from '#tests/support/database.ts'

let db: WriteDb
const sql = (text: string): void => void db.$client.exec(text)
const MADE = '2026-11-17T15:00:00.000Z'

beforeEach(() => {
  db = databaseAt(22)
  insertRow(db, 'staff_members', { id: 'staff' })
  insertRow(db, 'user_accounts', { id: 'user', staff_id: 'staff', user_name: 'user' })
  for (const [id, mrn] of [['ito', 1], ['chen', 2]] as const) insertRow(db, 'patients', { id, mrn, sex: 'female' })
  for (const id of ['checkup', 'other']) insertRow(db, 'appointment_types', { id })
  insertRow(db, 'appointments', { id: 'before', patient_id: 'ito', provider_id: 'staff', booked_by: 'user', status: 'booked', starts_at: '2026-11-01T15:00:00.000Z', ends_at: '2026-11-01T15:30:00.000Z' })
  migrate(db, migrations, 23)
})

const task = (id: string, more: Given = {}): void => insertRow(db, 'tasks', { id, status: 'open', urgency: 'normal', is_clinical: 0, to_role: 'nurse', author_id: 'user', ...more })
const recall = (id: string, more: Given = {}): void => insertRow(db, 'recalls', { id, patient_id: 'ito', type_id: 'checkup', status: 'open', contacts: 0, created_by: 'user', created_at: MADE, ...more })
let hour = 0
const book = (id: string, more: Given = {}): void => {
  hour += 1
  const at = (minute: string): string => `2026-12-${String(hour).padStart(2, '0')}T15:${minute}:00.000Z`
  insertRow(db, 'appointments', { id, patient_id: 'ito', provider_id: 'staff', booked_by: 'user', type_id: 'checkup', status: 'booked', starts_at: at('00'), ends_at: at('30'), ...more })
}
const state = (id: string) => db.$client.prepare('select status, appointment_id as appointmentId from recalls where id = ?').get(id)

/** Columns that came with a later step; its own test is about them. */
const later = ['note']

describe('0023 tasks', () => {
  it('comes upon appointments and leaves them as they were', () => {
    expect(schemaVersion(db)).toBe(23)
    expect(db.$client.prepare('select id, status from appointments').all()).toEqual([{ id: 'before', status: 'booked' }])
    for (const [name, table] of Object.entries({
      tasks, task_steps: taskSteps, task_words: taskWords, clinical_task_words: clinicalTaskWords, recall_rules: recallRules, recalls, recall_contacts: recallContacts, appointment_confirmations: appointmentConfirmations,
    })) {
      const columns = (db.$client.pragma(`table_info(${name})`) as { name: string }[]).map((column) => column.name) // SQLite's own columns.
      expect(columns.toSorted()).toEqual(Object.values(getTableColumns(table)).map((column) => column.name).filter((column) => !later.includes(column)).toSorted())
    }
  })

  it('gives a task one addressee, and a clinical one its patient', () => {
    task('one')
    expect(() => task('two', { to_staff_id: 'staff' })).toThrow(/CHECK/)
    expect(() => task('two', { to_role: null })).toThrow(/CHECK/)
    expect(() => task('two', { to_role: 'patient' })).toThrow(/CHECK/)
    expect(() => task('two', { is_clinical: 1 })).toThrow(/CHECK/)
    task('two', { is_clinical: 1, patient_id: 'ito' })
  })

  it('keeps whom a task is about, what was said and what was done', () => {
    task('one', { patient_id: 'ito' })
    expect(() => sql("update tasks set patient_id = 'chen'")).toThrow('TASKS_ARE_KEPT')
    expect(() => sql('update tasks set is_clinical = 1')).toThrow('TASKS_ARE_KEPT')
    expect(() => sql('delete from tasks')).toThrow('TASKS_ARE_KEPT')
    insertRow(db, 'task_steps', { id: 'one', task_id: 'one', kind: 'added', by: 'user' })
    for (const table of ['task_words', 'clinical_task_words']) {
      insertRow(db, table, { id: 'one', text: 'Call her' })
      expect(() => sql(`update ${table} set text = 'other'`)).toThrow('HISTORY_IS_APPEND_ONLY')
      expect(() => sql(`delete from ${table}`)).toThrow('HISTORY_IS_APPEND_ONLY')
    }
    expect(() => sql("update task_steps set kind = 'done'")).toThrow('HISTORY_IS_APPEND_ONLY')
  })

  it('makes one recall of a visit by a rule', () => {
    insertRow(db, 'recall_rules', { id: 'rule', type_id: 'checkup', months: 12 })
    recall('one', { rule_id: 'rule', source_id: 'before' })
    expect(() => recall('two', { rule_id: 'rule', source_id: 'before' })).toThrow(/UNIQUE/)
    expect(() => recall('two', { rule_id: 'rule' })).toThrow(/CHECK/)
    expect(() => insertRow(db, 'recall_rules', { id: 'r2', type_id: 'checkup', months: 0 })).toThrow(/CHECK/)
  })
})

describe('a recall follows its appointment', () => {
  it('is booked by a fitting one and open again when that is called off', () => {
    recall('one')
    recall('any', { type_id: null })
    recall('else', { patient_id: 'chen' })
    book('other', { type_id: 'other' })
    expect([state('one'), state('any'), state('else')]).toEqual([{ status: 'open', appointmentId: null }, { status: 'booked', appointmentId: 'other' }, { status: 'open', appointmentId: null }])
    book('fits')
    expect(state('one')).toEqual({ status: 'booked', appointmentId: 'fits' })
    sql("update appointments set status = 'cancelled' where id = 'fits'")
    expect(state('one')).toEqual({ status: 'open', appointmentId: null })
    sql("update appointments set status = 'booked' where id = 'fits'")
    expect(state('one')).toEqual({ status: 'booked', appointmentId: 'fits' })
  })

  it('is kept once the patient has been, and booked again when that is taken back', () => {
    recall('one')
    book('fits')
    sql("update appointments set status = 'fulfilled' where id = 'fits'")
    expect(state('one')).toEqual({ status: 'kept', appointmentId: 'fits' })
    sql("update appointments set status = 'in-progress' where id = 'fits'")
    expect(state('one')).toEqual({ status: 'booked', appointmentId: 'fits' })
  })

  it('stays closed when somebody has closed it, and takes no visit that was over before', () => {
    recall('closed', { status: 'closed' })
    recall('later', { created_at: '2026-12-31T00:00:00.000Z' })
    book('fits')
    expect([state('closed'), state('later')]).toEqual([{ status: 'closed', appointmentId: null }, { status: 'open', appointmentId: null }])
  })
})
