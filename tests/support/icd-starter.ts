import fs from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'

/** Code to label of the starter list that comes with the project. */
export function parseIcd10Csv(): ReadonlyMap<string, string> {
  const text = fs.readFileSync(path.resolve(import.meta.dirname, '../../resources/codes/icd10cm-starter.csv'), 'utf8')
  const rows = parse(text, { columns: true }) as { code: string; label: string }[] // The file's own columns.
  return new Map(rows.map((row) => [row.code, row.label]))
}
