import { beforeEach, describe, expect, it } from 'vitest'
import { migrate, schemaVersion } from '#main/core/db/migrate.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { databaseAt, migrations } from '#tests/support/database.ts'

let db: WriteDb

beforeEach(() => {
  db = databaseAt(6)
  db.$client.exec(`insert into series (name, next) values ('mrn', 100001)`)
})

const found = (word: string): unknown[] => db.$client.prepare(`select rowid from code_search where code_search match ?`).pluck().all(`"${word}"*`)

describe('0007 codes', () => {
  it('comes upon a clinic without codes, keeps what is there and finds each code by its words from its first day', () => {
    migrate(db, migrations, 7)
    expect([schemaVersion(db), db.$client.prepare('select next from series').pluck().get()]).toEqual([7, 100_001])
    db.$client.exec(`insert into codes (row_number, system, code, label, is_billable, is_active) values (5, 'icd10cm', 'H81.01', 'Ménière''s disease, right ear', 1, 1)`)
    expect([found('meni'), found('h81'), found('left')]).toEqual([[5], [5], []])
  })

  it('keeps the search index in step with changes and removals', () => {
    migrate(db, migrations, 7)
    db.$client.exec(`insert into codes (row_number, system, code, label, is_billable, is_active) values (5, 'icd10cm', 'J00', 'Cold', 1, 1)`)
    db.$client.exec(`update codes set label = 'Acute nasopharyngitis' where row_number = 5`)
    expect([found('cold'), found('naso')]).toEqual([[], [5]])
    db.$client.exec('delete from codes')
    expect(found('naso')).toEqual([])
  })

  it('counts the uses of a code once for each person', () => {
    migrate(db, migrations, 7)
    const use = `insert into code_uses values ('icd10cm', 'J00', 'u1', 1, '2026-11-17T14:00:00.000Z')`
    db.$client.exec(use)
    expect(() => db.$client.exec(use)).toThrow(/UNIQUE/)
  })
})
