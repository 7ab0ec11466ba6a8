import { sql } from 'drizzle-orm'
import { patients } from '#drizzle/schema/patients.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { refuse, Refusal } from '#shared/rpc/errors.ts'
import type { ReadContext } from '#main/core/rpc/context.ts'
import { readContext } from '#main/core/rpc/run.ts'
import { openChart } from '#main/domains/encounters/service.chart.ts'
import { search } from '#main/domains/patients/service.finding.ts'
import { listDay } from '#main/domains/scheduling/service.ts'
import type { CliCommand, CliContext } from './command.ts'
import { unlockAs } from './unlock.ts'

const CALLS = 200

/**
 * How fast this clinic's own records answer on this machine: median and p95 of the three reads people wait for most.
 * It reads beside the pipeline: nobody is shown a chart, so the activity log gets no looks that nobody had.
 */
export const benchCommand: CliCommand = {
  usage: 'bench --as USER --unlock FILE                          time searches, charts and the day on these records',
  options: {},
  run: async (context) => {
    const reading = await openReading(context)
    const chosen = reading.db.select({ id: patients.id, familyName: patients.familyName }).from(patients).orderBy(sql`random()`).limit(CALLS).all()
    if (chosen.length === 0) throw refuse('NO_PATIENTS')
    const at = (i: number) => chosen[i % chosen.length] as (typeof chosen)[number] // The list is not empty.
    // A chart of another care team would measure a refusal.
    const charts = chosen.filter(({ id }) => mayOpen(reading, id))
    const today = dateInZone(reading.now, reading.zone)
    context.print(JSON.stringify({
      patients: reading.db.select({ count: sql<number>`count(*)` }).from(patients).get()?.count,
      callsEach: CALLS,
      searchMs: timed((i) => search(reading, { text: at(i).familyName.slice(0, 3), limit: 20 })),
      chartMs: charts.length === 0 ? null : timed((i) => openChart(reading, charts[i % charts.length]?.id ?? '')),
      dayMs: timed(() => listDay(reading, today)),
    }))
    return 0
  },
}

function mayOpen(reading: ReadContext, id: string): boolean {
  try {
    openChart(reading, id)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

async function openReading(context: CliContext): Promise<ReadContext> {
  const { core } = context
  const { session } = await unlockAs(context)
  if (!session) throw refuse('SIGN_IN_REFUSED')
  return readContext(core, session, {})
}

function timed(run: (i: number) => unknown): { median: number; p95: number } {
  for (let i = 0; i < 20; i += 1) run(i)
  const times = Array.from({ length: CALLS }, (_, i) => {
    const before = performance.now()
    run(i)
    return performance.now() - before
  }).sort((a, b) => a - b)
  const rounded = (share: number): number => Math.round((times[Math.floor(times.length * share)] ?? 0) * 1000) / 1000
  return { median: rounded(0.5), p95: rounded(0.95) }
}
