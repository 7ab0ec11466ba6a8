import { eq, sql } from 'drizzle-orm'
import path from 'node:path'
import { patients } from '#drizzle/schema/patients.ts'
import { observations } from '#drizzle/schema/encounters.ts'
import { openDb } from '#main/core/db/open.ts'
import { dataset } from './support/dataset.ts'
import { printRatios, sampleOf, timesOf, type Row } from './support/measure.ts'

/** Row 19: what prepared Drizzle statements add to raw prepared ones, on the same connection, in turns. */
const data = await dataset(Number(process.env['BENCH_PATIENTS'] ?? 100_000))
const db = openDb({ path: path.join(data.folder, 'cairn.db'), key: Buffer.from(data.key, 'hex'), readonly: true })
const ids = data.patientIds
const one = db.select().from(patients).where(eq(patients.id, sql.placeholder('id')))
const many = db.select().from(observations).where(eq(observations.patientId, sql.placeholder('id'))).limit(10)
const onePrepared = one.prepare()
const manyPrepared = many.prepare()
const oneRaw = db.$client.prepare(one.toSQL().sql)
const manyRaw = db.$client.prepare(many.toSQL().sql)

printRatios('prepared Drizzle against raw prepared statements (ms a call)', [
  inTurns('one patient', (id) => oneRaw.get(id), (id) => onePrepared.get({ id })),
  inTurns('ten observations', (id) => manyRaw.all(id, 10), (id) => manyPrepared.all({ id })),
])
db.$client.close()

function inTurns(what: string, raw: (id: string) => unknown, drizzle: (id: string) => unknown): Row {
  const times = { raw: [] as number[], drizzle: [] as number[] }
  for (let round = -1; round < 10; round += 1) {
    const rawTimes = timesOf(ids.length, (i) => raw(ids[i] ?? ''))
    const drizzleTimes = timesOf(ids.length, (i) => drizzle(ids[i] ?? ''))
    if (round < 0) continue // Warm up.
    times.raw.push(...rawTimes)
    times.drizzle.push(...drizzleTimes)
  }
  return { what, ratioMax: 1.3, limit: sampleOf(times.raw), product: sampleOf(times.drizzle) }
}
