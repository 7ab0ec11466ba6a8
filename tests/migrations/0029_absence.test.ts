import { describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import { databaseAt, insertRow, migrations, type Given } from '#tests/support/database.ts'

describe('0029 absence', () => {
  it('comes upon a clinic in use, and takes only plans, reasons and fees that make sense', () => {
    const db = databaseAt(28)
    insertRow(db, 'staff_members', { id: 's' })
    insertRow(db, 'user_accounts', { id: 'u', staff_id: 's', user_name: 'u' })
    insertRow(db, 'patients', { id: 'p', sex: 'female', mrn: 1000 })
    const visit = { patient_id: 'p', provider_id: 's', booked_by: 'u' }
    insertRow(db, 'appointments', { id: 'a', ...visit, status: 'no-show', starts_at: '2026-11-17T15:00:00.000Z', ends_at: '2026-11-17T15:30:00.000Z' })
    migrate(db, migrations, 29)
    expect(schemaVersion(db)).toBe(29)
    expect(db.$client.prepare('select missed_reason from appointments').pluck().get()).toBeNull()

    db.$client.prepare(`update appointments set missed_reason = 'weather' where id = 'a'`).run()
    expect(() => db.$client.prepare(`update appointments set missed_reason = 'lazy' where id = 'a'`).run()).toThrow(/CHECK/)

    insertRow(db, 'absence_plans', { id: 'plan', provider_id: 's', applied_by: 'u', block_id: null })
    const line = (id: string, more: Given = {}) => insertRow(db, 'absence_lines', { id, plan_id: 'plan', patient_id: 'p', appointment_id: 'a', kind: 'moved', was_provider_id: 's', ...more })
    line('one')
    expect(() => line('two', { kind: 'forgotten' })).toThrow(/CHECK/)
    expect(() => line('two', { plan_id: 'nobody' })).toThrow(/FOREIGN KEY/)

    insertRow(db, 'missed_visit_rules', { id: 1, type_fees: '[]' })
    expect(() => insertRow(db, 'missed_visit_rules', { id: 2, type_fees: '[]' })).toThrow(/CHECK/)
    const fee = (id: string, more: Given = {}) => insertRow(db, 'missed_fees', { id, patient_id: 'p', appointment_id: 'a', kind: 'no-show', amount_cents: 2_500, charged_by: 'u', ...more })
    fee('one')
    expect(() => fee('two'), 'one standing fee for a visit').toThrow(/UNIQUE/)
    expect(() => fee('two', { ended_as: 'waived' }), 'ended, and nobody knows when').toThrow(/CHECK/)
    fee('two', { ended_as: 'waived', ended_at: '2026-11-18T15:00:00.000Z' })
    expect(() => db.$client.prepare(`update missed_fees set amount_cents = 1 where id = 'one'`).run()).toThrow('LEDGER_IS_APPEND_ONLY')
    expect(() => db.$client.prepare(`delete from missed_fees`).run()).toThrow('LEDGER_IS_APPEND_ONLY')
  })
})
