import { beforeEach, describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, migrations } from '#tests/support/database.ts'

let db: WriteDb

beforeEach(() => {
  db = databaseAt(8)
  db.$client.exec(`insert into code_sets values ('icd10cm', 'ICD-10-CM', 'starter', 'Cairn', '2026-11-17T14:00:00.000Z', 1)`)
  insert(1, 'I10', 'Essential hypertension')
})

function insert(row: number, code: string, label: string, generation?: number): void {
  const more = generation === undefined ? ['', ''] : [', generation', `, ${generation}`]
  db.$client.exec(`insert into codes (row_number, system, code, label, is_billable, is_active${more[0]}) values (${row}, 'icd10cm', '${code}', '${label}', 1, 1${more[1]})`)
}
const found = (word: string): unknown[] => db.$client.prepare(`select rowid from code_search where code_search match ?`).pluck().all(`"${word}"*`)

describe('0009 codes generations', () => {
  it('comes upon a code set in use, keeps it as the first generation and finds it as before', () => {
    migrate(db, migrations, 9)
    expect(schemaVersion(db)).toBe(9)
    expect(db.$client.prepare('select code, generation from codes').get()).toEqual({ code: 'I10', generation: 1 })
    expect(db.$client.prepare('select edition, generation from code_sets').get()).toEqual({ edition: 'starter', generation: 1 })
    expect([found('hyper'), found('h'), found('zz')]).toEqual([[1], [1], []])
  })

  it('lets a new edition stand beside the old one, each code once in each', () => {
    migrate(db, migrations, 9)
    insert(2, 'I10', 'High pressure', 2)
    expect(() => insert(3, 'I10', 'High pressure', 2)).toThrow(/UNIQUE/)
    expect([found('hyper'), found('pressure')]).toEqual([[1], [2]])
    db.$client.exec('delete from codes where generation = 1')
    expect([found('hyper'), found('pressure')]).toEqual([[], [2]])
  })
})
