import fs from 'node:fs'
import { expect, test } from 'vitest'
import { keptTables, movedTables } from '#main/core/db/patient-tables.ts'
import { inRoot } from '#tools/lib/paths.ts'

test('every table with rows of one patient says what becomes of them when two charts turn out to be one', () => {
  const sql = fs.readdirSync(inRoot('drizzle/migrations')).map((file) => fs.readFileSync(inRoot(`drizzle/migrations/${file}`), 'utf8')).join('\n')
  const owned = [...sql.matchAll(/CREATE TABLE (\w+) \(([^;]*?)\n\) STRICT/g)].filter(([, , body]) => /FOREIGN KEY \(patient_id\) REFERENCES patients/.test(body ?? '')).map(([, name]) => name)
  expect(owned.toSorted()).toEqual([...movedTables, ...keptTables].toSorted())
})
