import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { derivedColumns } from '#shared/domains/patients/rules.derived.ts'
import { uuidv7At } from '#shared/kernel/ids.ts'
import { createCore } from '#main/core/core.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { cacheDir, inRoot } from '#tools/lib/paths.ts'
import { makeSmallClinic } from '#tests/support/small-clinic.ts'
import { clinicalRows, financialRows, patientRow, visitRows, type Made } from './dataset-rows.ts'
import { seeded } from './measure.ts'

export interface Dataset {
  folder: string
  patients: number
  /** Hex of the raw key: the limit programs open the file with it directly. */
  key: string
  providers: string[]
  patientIds: string[]
  names: { family: string; given: string }[]
}

const BATCH = 2_000
/** The doctor and the receptionist enter without a password here; the bench starts their sessions itself. */
export const BENCH_DAY = '2026-11-17'

/**
 * A clinic of `patients` people with a fixed seed: for each 10 appointments, 10 observations, 5 signed visits, 3 problems,
 * 3 medications and 2 invoices with a payment. Made once for each schema and size, kept in the cache, used as a copy.
 */
export async function dataset(patients: number): Promise<Dataset> {
  const folder = path.join(cacheDir, 'bench', `${schemaStamp()}-${patients}`)
  const description = path.join(folder, 'dataset.json')
  if (!fs.existsSync(description)) await make(folder, patients, description)
  return { ...(JSON.parse(fs.readFileSync(description, 'utf8')) as Dataset), folder } // Written below.
}

/** A copy that a bench may write to. */
export function copyOf(data: Dataset, name: string): Dataset {
  const folder = `${data.folder}-${name}`
  fs.rmSync(folder, { recursive: true, force: true })
  fs.cpSync(data.folder, folder, { recursive: true })
  return { ...data, folder }
}

async function make(folder: string, patients: number, description: string): Promise<void> {
  fs.rmSync(folder, { recursive: true, force: true })
  const started = performance.now()
  const core = await createCore({ dataFolder: folder, migrationsFolder: inRoot('drizzle/migrations'), resourcesFolder: inRoot('resources') })
  const clinic = await makeSmallClinic(core)
  const db = core.vault.writer
  db.$client.pragma('synchronous=OFF')
  const random = seeded(42)
  const made: Made = {
    random, zoneOffsetMs: 5 * 3_600_000, providers: clinic.providers, userId: clinic.people.doctor.userId, typeId: clinic.types.short,
    newId: (atMs) => uuidv7At(atMs, Uint8Array.from({ length: 10 }, () => Math.floor(random() * 256))), nextSlot: new Map(), invoice: 1,
  }
  const ids: string[] = []
  const names: Dataset['names'] = []
  for (let from = 0; from < patients; from += BATCH) {
    db.$client.transaction(() => {
      for (let i = from; i < Math.min(patients, from + BATCH); i += 1) {
        const patient = patientRow(made, i)
        insert(db, 'patients', { ...patient, ...snake(derivedColumns({ familyName: patient.family_name, givenName: patient.given_name, middleName: null, preferredName: null, phone: patient.phone })) })
        for (const [table, row] of [...visitRows(made, patient.id), ...clinicalRows(made, patient.id), ...financialRows(made, patient.id)]) insert(db, table, row)
        if (i % Math.max(1, Math.floor(patients / 500)) === 0) {
          ids.push(patient.id)
          names.push({ family: patient.family_name, given: patient.given_name })
        }
      }
    })()
  }
  db.$client.exec('update series set next = 1000000 where name in (\'mrn\', \'invoice\', \'receipt\'); analyze')
  db.$client.pragma('synchronous=FULL')
  const key = Buffer.from(core.vault.dataKey ?? new Uint8Array()).toString('hex')
  await core.close()
  fs.writeFileSync(description, JSON.stringify({ patients, key, providers: clinic.providers, patientIds: ids, names }))
  console.log(`made ${patients} patients in ${((performance.now() - started) / 1000).toFixed(0)} s, ${Math.round(fs.statSync(path.join(folder, 'cairn.db')).size / 1e6)} MB`)
}

const prepared = new WeakMap<WriteDb, Map<string, ReturnType<WriteDb['$client']['prepare']>>>()

function insert(db: WriteDb, table: string, row: Record<string, unknown>): void {
  const known = prepared.get(db) ?? new Map<string, ReturnType<WriteDb['$client']['prepare']>>()
  prepared.set(db, known)
  const columns = Object.keys(row)
  let statement = known.get(table)
  if (!statement) {
    statement = db.$client.prepare(`insert into ${table} (${columns.join(', ')}) values (${columns.map((name) => `@${name}`).join(', ')})`)
    known.set(table, statement)
  }
  statement.run(row)
}

const snake = (row: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]))

function schemaStamp(): string {
  const hash = createHash('sha256')
  const folders = [inRoot('drizzle/migrations'), inRoot('tests/bench/support')]
  for (const folder of folders) for (const name of fs.readdirSync(folder).toSorted()) hash.update(name).update(fs.readFileSync(path.join(folder, name)))
  return hash.digest('hex').slice(0, 12)
}
