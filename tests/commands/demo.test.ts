import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { getTableName } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { userAccounts } from '#drizzle/schema/clinic.ts'
import { DEMO_PATIENTS, DEMO_SEED, demoRows, type DemoWish } from '#drizzle/seed/demo.ts'
import { rowWriter } from '#drizzle/seed/rows.ts'
import { Charge, FeeItem, Invoice, LedgerEntry, Payment } from '#shared/domains/billing/model.ts'
import { parseIcd10Csv } from '#tests/support/icd-starter.ts'
import { Allergy, ClinicalNote, Encounter, Observation } from '#shared/domains/encounters/model.ts'
import { vitalOf } from '#shared/domains/encounters/model.vitals.ts'
import { isPlausible } from '#shared/domains/encounters/rules.vitals.ts'
import { Patient } from '#shared/domains/patients/model.ts'
import { Appointment, AppointmentType, appointmentStatuses, AvailabilityRule, ScheduleBlock } from '#shared/domains/scheduling/model.ts'
import { Room } from '#shared/domains/clinic/model.ts'
import { areHoursSound } from '#shared/domains/scheduling/rules.ts'
import type { Core } from '#main/core/core.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { testClock } from '#tests/support/clock.ts'
import { databaseAt, insertRow, migrations } from '#tests/support/database.ts'
import { openCore, refusalOf } from '#tests/support/world.ts'

const PASSWORD = 'quiet stones by the creek'
const READY_MS = 10_000
const wish = (more: Partial<DemoWish> = {}): DemoWish => ({ patients: 300, seed: DEMO_SEED, now: '2026-11-17T18:12:00.000Z', zone: 'America/Los_Angeles', invoicePrefix: 'A', ...more })

type Rows = Map<string, Record<string, unknown>[]>
function rowsOf(one: DemoWish): Rows {
  const rows: Rows = new Map()
  for (const piece of demoRows(one)) {
    for (const { table, row } of piece.rows) {
      const list = rows.get(getTableName(table)) ?? []
      list.push({ ...row })
      rows.set(getTableName(table), list)
    }
  }
  return rows
}
const table = (rows: Rows, name: string): Record<string, unknown>[] => rows.get(name) ?? []

describe('the rows of the demo clinic', () => {
  const small = rowsOf(wish())

  it('are the same for the same seed, clock and size, and others for another seed', () => {
    expect(rowsOf(wish())).toEqual(small)
    expect(table(rowsOf(wish({ seed: 8 })), 'patients')[60]).not.toEqual(table(small, 'patients')[60])
  })

  it('fit the shapes of every domain', () => {
    const shapes: Record<string, z.ZodType> = {
      patients: Patient, appointments: Appointment, appointment_types: AppointmentType, availability_rules: AvailabilityRule, schedule_blocks: ScheduleBlock, rooms: Room,
      encounters: Encounter, clinical_notes: ClinicalNote.omit({ cursor: true, isHidden: true, textHash: true }), observations: Observation, allergies: Allergy.omit({ concept: true }),
      fee_items: FeeItem, charges: Charge, invoices: Invoice, payments: Payment, ledger_entries: LedgerEntry,
    }
    for (const [name, shape] of Object.entries(shapes)) {
      const wrong = table(small, name).flatMap((row) => shape.safeParse(row).error?.issues.map((issue) => `${name}.${issue.path.join('.')}: ${issue.message}`) ?? [])
      expect([...new Set(wrong)]).toEqual([])
      expect(table(small, name).length).toBeGreaterThan(0)
    }
  })

  it('name diagnoses as the starter list of codes names them', () => {
    const known = parseIcd10Csv()
    const used = new Map([...table(small, 'diagnoses'), ...table(small, 'problems')].map((row) => [String(row['code']), String(row['label'])]))
    expect([...used].filter(([code, label]) => known.get(code) !== label)).toEqual([])
    expect(used.size).toBeGreaterThan(20)
  })

  it('hold vital signs that a living person can have', () => {
    const odd = table(small, 'observations').flatMap((row) => {
      const vital = vitalOf(row as Pick<Observation, 'code' | 'value' | 'unit'>) // Checked against its shape above.
      return vital && !isPlausible(vital.kind, vital.value) ? [`${vital.kind} ${vital.value}`] : []
    })
    expect(odd).toEqual([])
  })

  it('never book a provider or a room twice, and keep to the hours', () => {
    const live = table(small, 'appointments').filter((row) => row['status'] !== 'cancelled' && row['status'] !== 'no-show')
    for (const who of ['providerId', 'roomId']) {
      const groups = Map.groupBy(live.filter((row) => row[who]), (row) => row[who])
      for (const rows of groups.values()) {
        const sorted = rows.toSorted((a, b) => String(a['startsAt']).localeCompare(String(b['startsAt'])))
        expect(sorted.filter((row, i) => i > 0 && String(row['startsAt']) < String(sorted[i - 1]?.['endsAt']))).toEqual([])
      }
    }
    const hours = Map.groupBy(table(small, 'availability_rules') as AvailabilityRule[], (row) => row.providerId) // Checked against its shape above.
    for (const rules of hours.values()) expect(areHoursSound(rules.filter((rule) => rule.validFrom === null && rule.validTo === null))).toBe(true)
  })

  it('count every step of an appointment, and sum the ledger to what is due', () => {
    const changes = Map.groupBy(table(small, 'appointment_changes'), (row) => row['appointmentId'])
    expect(table(small, 'appointments').filter((row) => changes.get(row['id'])?.length !== row['version'])).toEqual([])
    const sum = (rows: Record<string, unknown>[]) => rows.reduce((total, row) => total + Number(row['amountCents']), 0)
    const byInvoice = Map.groupBy(table(small, 'ledger_entries'), (row) => row['invoiceId'])
    const lines = Map.groupBy(table(small, 'invoice_lines'), (row) => row['invoiceId'])
    for (const invoice of table(small, 'invoices')) {
      const entries = byInvoice.get(invoice['id']) ?? []
      expect(sum(entries.filter((row) => row['kind'] === 'charge'))).toBe(sum(lines.get(invoice['id']) ?? []))
      if (invoice['status'] === 'void') expect(sum(entries)).toBe(0)
      else expect(sum(entries)).toBeGreaterThanOrEqual(0)
    }
    const paid = table(small, 'payments').reduce((total, row) => total + (row['kind'] === 'refund' ? 1 : -1) * Number(row['amountCents']), 0)
    expect(sum(table(small, 'ledger_entries').filter((row) => row['kind'] === 'payment' || row['kind'] === 'refund'))).toBe(paid)
    for (const series of [table(small, 'invoices').map((row) => String(row['number'])), table(small, 'payments').map((row) => String(row['receiptNumber']))]) {
      const numbers = series.map((text) => Number(text.replace(/\D/g, '')))
      expect(numbers).toEqual(numbers.map((_, i) => 1_001 + i))
    }
  })

  it.each([
    // In working hours the day is not moved; soon after midnight it has hardly begun: less of it is done then.
    ['a working morning', '2026-11-17T18:12:00.000Z', 0.15], ['an hour before noon', '2026-11-17T19:10:00.000Z', 0.3], ['a Sunday', '2026-11-22T20:40:00.000Z', 0.3],
    ['early in the night', '2026-11-17T11:05:00.000Z', 0.25], ['the night when clocks go back', '2026-11-01T09:30:00.000Z', 0.15],
  ])('has today half done on %s', (_when, now, least) => {
    const rows = rowsOf(wish({ now, patients: 400 }))
    const day = (instant: unknown): string => new Date(String(instant)).toLocaleDateString('en-CA', { timeZone: 'America/Los_Angeles' })
    const today = table(rows, 'appointments').filter((row) => day(row['startsAt']) === day(now))
    const states = Map.groupBy(today, (row) => row['status'])
    expect([...states.keys()].toSorted()).toEqual(appointmentStatuses.toSorted())
    const done = states.get('fulfilled')?.length ?? 0
    expect(done / today.length).toBeGreaterThan(least)
    expect((states.get('booked')?.length ?? 0) / today.length).toBeGreaterThan(0.2)
    expect(today.filter((row) => row['status'] === 'booked' && String(row['startsAt']) < now)).toEqual([])
    expect(today.filter((row) => row['status'] === 'fulfilled' && String(row['endsAt']) > now)).toEqual([])
    const stamps = ['bookedAt', 'arrivedAt', 'roomedAt', 'startedAt', 'fulfilledAt', 'cancelledAt']
    expect(table(rows, 'appointments').flatMap((row) => stamps.filter((stamp) => row[stamp] && String(row[stamp]) > now))).toEqual([])
  })
})

describe('clinic.exploreDemo', () => {
  let folder: string
  let core: Core
  let took: number
  const progress: number[] = []

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-demo-'))
    core = await openCore(folder, testClock('2026-11-17T18:12:00.000Z'))
    const client = inProcessClient(core, core.openDoor('test'))
    const cpu = process.cpuUsage()
    for await (const { done } of await client.clinic.exploreDemo({ password: PASSWORD, startAs: 'receptionist', timeZone: 'America/Los_Angeles' })) progress.push(done)
    const { user, system } = process.cpuUsage(cpu)
    // Time of the processor, not of the wall: other tests run beside this one.
    took = (user + system) / 1_000
  }, 60_000)
  afterAll(async () => {
    await core.close()
    fs.rmSync(folder, { recursive: true, force: true })
  })

  const count = (sql: string): number => Number(core.vault.reader.$client.prepare(sql).pluck().get())

  it(`makes ${DEMO_PATIENTS} patients and 18 months of visits within ten seconds, and tells how far it is`, () => {
    expect(took).toBeLessThan(READY_MS)
    expect(progress.length).toBeGreaterThan(50)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(count('select count(*) from patients')).toBe(DEMO_PATIENTS)
    expect(count('select count(*) from staff_members where is_provider')).toBe(4)
    expect(count(`select count(*) from user_roles where role = 'nurse'`)).toBe(2)
    expect(count(`select count(*) from user_roles where role = 'receptionist'`)).toBe(2)
    expect(count('select count(*) from encounters')).toBeGreaterThan(5_000)
    expect(core.vault.reader.$client.prepare('select min(starts_at) from appointments').pluck().get()).toMatch(/^2025-05/)
    expect(core.vault.writer.$client.pragma('foreign_key_check')).toEqual([])
  })

  it('holds families, namesakes and every way that allergies can stand', () => {
    expect(count(`select count(*) from patients where family_name in ('Lopez', 'López', 'Lopes') and given_name like 'Mar%'`)).toBeGreaterThanOrEqual(4)
    expect(count(`select count(*) from patients a join patients b on a.family_name = b.family_name and a.given_name = b.given_name and a.address_line1 = b.address_line1 and a.id < b.id`)).toBeGreaterThan(0)
    expect(count(`select count(*) from patients a join patients b on a.birth_date = b.birth_date and a.family_name = b.family_name and a.address_line1 = b.address_line1 and a.id < b.id`)).toBeGreaterThan(1)
    expect(count('select count(*) from (select address_line1 from patients group by address_line1, city having count(*) > 2)')).toBeGreaterThan(50)
    const listed = count('select count(distinct patient_id) from allergies')
    const none = count('select count(distinct patient_id) from allergy_reviews where none_known')
    expect(listed).toBeGreaterThan(150)
    expect(none).toBeGreaterThan(400)
    expect(DEMO_PATIENTS - listed - none).toBeGreaterThan(100)
  })

  it('counts on where its rows end, and every table’s second line is in place', async () => {
    const client = inProcessClient(core, core.openDoor('test'))
    expect(await client.session.signIn({ userName: 'delgado', password: PASSWORD })).toMatchObject({ phase: 'active', clinic: { isDemo: true } })
    expect(count(`select next from series where name = 'mrn'`)).toBe(100_001 + DEMO_PATIENTS)
    expect(count('select max(mrn) from patients')).toBe(100_000 + DEMO_PATIENTS)
    const { writer } = core.vault
    expect(() => writer.$client.exec(`update ledger_entries set amount_cents = 0`)).toThrow('LEDGER_IS_APPEND_ONLY')
    expect(() => writer.$client.exec(`update clinical_notes set plan = '' where status = 'signed'`)).toThrow('NOTE_IS_SIGNED')
    expect(await refusalOf(client.session.recover({ recoveryKey: 'AAAA', userName: 'voss', newPassword: PASSWORD }))).toMatchObject({ code: 'RECOVERY_KEY_MISREAD' })
  })

  it('signs the explorer in as the person they chose, with the password they chose and no other', async () => {
    expect([...core.doors.values()][0]?.session).toMatchObject({ name: 'Rosa Delgado', roles: ['receptionist'] })
    const client = inProcessClient(core, core.openDoor('test'))
    expect(await refusalOf(client.session.signIn({ userName: 'voss', password: 'voss' }))).toMatchObject({ code: 'SIGN_IN_REFUSED' })
    expect(await client.session.signIn({ userName: 'voss', password: PASSWORD })).toMatchObject({ phase: 'active', person: { roles: ['administrator'] } })
    const figures = await client.scheduling.figures({ from: '2026-11-02', to: '2026-11-17' })
    expect(figures.length).toBeGreaterThan(9)
    expect(figures.every((day) => day.kept + day.missed + day.cancelled + day.ahead > 5)).toBe(true)
    expect(await refusalOf(client.scheduling.figures({ from: '2025-01-01', to: '2026-11-17' }))).toMatchObject({ code: 'SPAN_TOO_LONG' })
  })

  it('gives a row what it has by itself: a large clinic has more people than the named ones', () => {
    const db = databaseAt(migrations.length)
    insertRow(db, 'staff_members', { id: 's' })
    rowWriter(db.$client)([{ table: userAccounts, row: { id: 'u', staffId: 's', userName: 'u', loginHash: 'x', disabledAt: null, createdAt: 'x' } }])
    expect(db.$client.prepare('select is_privacy_officer from user_accounts').pluck().all()).toEqual([0])
  })

  it('leaves nothing when it is stopped half way', async () => {
    const other = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-demo-'))
    const core2 = await openCore(other)
    const stop = new AbortController()
    const client = inProcessClient(core2, core2.openDoor('test'))
    for await (const { done } of await client.clinic.exploreDemo({ password: PASSWORD, startAs: 'doctor', timeZone: 'UTC' }, { signal: stop.signal })) if (done > 0.1) stop.abort()
    expect(core2.vault.state).toBe('empty')
    expect(fs.readdirSync(other)).toEqual([])
    expect(await refusalOf(drain(client.clinic.exploreDemo({ password: 'password1234', startAs: 'doctor', timeZone: 'UTC' })))).toMatchObject({ code: 'PASSWORD_WEAK' })
    await core2.close()
    fs.rmSync(other, { recursive: true, force: true })
  })
})

async function drain(stream: Promise<AsyncIterable<unknown>>): Promise<void> {
  for await (const _piece of await stream);
}
