import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { migrate, readMigrations } from '#main/core/db/migrate.ts'
import { openDb } from '#main/core/db/open.ts'
import { occupancyOf } from '#main/domains/scheduling/service.figures.ts'
import { searchTimes } from '#main/domains/scheduling/service.slots.ts'
import { addDays, instantInZone, addMinutes, weekdayOf } from '#shared/kernel/time.ts'
import { inRoot } from '#tools/lib/paths.ts'
import { printRatios, sampleOf, timesOf } from './support/measure.ts'

/**
 * "Any doctor, 20 minutes, mornings, next six months" where nobody has anything free: every calendar of twelve providers has to
 * be looked through. The limit is the least that could be read for it, the same rows along the same index, counted and thrown away.
 */
const PROVIDERS = 12
const DAYS = 182
const ZONE = 'America/New_York'
const FIRST = '2026-11-23'
const LIMIT_MS = 50
/** A month as the calendar draws it, whole weeks. */
const MONTH_DAYS = 42
const MONTH_LIMIT_MS = 30

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-slots-'))
const db = openDb({ path: path.join(folder, 'clinic.db'), key: new Uint8Array(32).fill(7) })
migrate(db, readMigrations(inRoot('drizzle/migrations')))
const ids = Array.from({ length: PROVIDERS }, (_, i) => `018f0000-0000-7000-8000-0000000000${String(i).padStart(2, '0')}`)
const appointments = fill()
const wanted = { providerIds: ids, from: instantInZone(FIRST, 0, ZONE), durationMin: 20, days: DAYS, limit: 5, dayParts: ['morning'] as const, weekdays: [] }
const count = db.$client.prepare(`select count(*), max(ends_at) from appointments where provider_id = ? and starts_at > ? and starts_at < ? and status not in ('cancelled', 'no-show')`)
const to = addMinutes(wanted.from, DAYS * 1440)

const found = searchTimes(db, ZONE, wanted)
if (found.slots.length > 0 || found.reasons.length !== PROVIDERS) throw new Error('the calendars are not full')
const limit = sampleOf(timesOf(15, () => ids.forEach((id) => count.get(id, wanted.from, to))))
const product = sampleOf(timesOf(15, () => void searchTimes(db, ZONE, wanted)))
printRatios(`next fitting time, ${PROVIDERS} providers, ${DAYS} days, ${appointments} appointments (ms)`, [{ what: 'nothing free in half a year', ratioMax: 5, limit, product }])
cost('a search', LIMIT_MS, () => searchTimes(db, ZONE, wanted))
cost(`a month of ${PROVIDERS} providers`, MONTH_LIMIT_MS, () => occupancyOf(db, ZONE, { from: FIRST, to: addDays(FIRST, MONTH_DAYS - 1), providerId: null }))
db.$client.close()
fs.rmSync(folder, { recursive: true })

/** In time of the processor: what else runs on the machine says nothing about it. */
function cost(what: string, limitMs: number, run: () => unknown): void {
  const before = process.cpuUsage()
  for (let i = 0; i < 15; i += 1) run()
  const spent = process.cpuUsage(before)
  const eachMs = (spent.user + spent.system) / 15_000
  console.log(`${eachMs.toFixed(1)} ms of the processor ${what}, asked: ${limitMs}`)
  if (eachMs > limitMs) process.exitCode = 1
}

/** Every quarter hour from 8 to 12 and 1 to 5 on weekdays. */
function fill(): number {
  const client = db.$client
  const row = client.prepare(`insert into appointments (id, patient_id, provider_id, starts_at, ends_at, status, version, booked_at, booked_by) values (?, 'p', ?, ?, ?, 'booked', 1, '', 'u')`)
  const hour = client.prepare('insert into availability_rules (id, provider_id, weekday, start_min, end_min) values (?, ?, ?, ?, ?)')
  let n = 0
  client.pragma('foreign_keys=OFF')
  client.transaction(() => {
    // The table's own guards are not what is measured, and sixty thousand times they take minutes.
    for (const name of ['provider', 'room']) client.exec(`drop trigger appointments_${name}_free_on_insert`)
    for (const [i, id] of ids.entries()) {
      client.prepare(`insert into staff_members (id, family_name, given_name, is_provider, is_active, sort_order, created_at) values (?, 'A', 'B', 1, 1, ?, '')`).run(id, i)
      for (const weekday of [1, 2, 3, 4, 5]) for (const [from, end] of [[480, 720], [780, 1020]] as const) hour.run(`h${(n += 1)}`, id, weekday, from, end)
    }
    n = 0
    for (let day = 0; day < DAYS; day += 1) {
      const date = addDays(FIRST, day)
      if (weekdayOf(date) % 6 === 0) continue
      for (const id of ids) for (let minute = 480; minute < 1020; minute += 15) {
        if (minute >= 720 && minute < 780) continue
        const startsAt = instantInZone(date, minute, ZONE)
        row.run(`a${(n += 1)}`, id, startsAt, addMinutes(startsAt, 15))
      }
    }
  })()
  client.exec('analyze')
  return n
}
