import { planAbsence, type AbsentVisit, type ProviderCalendar } from '#shared/domains/scheduling/rules.absence.ts'
import type { Span } from '#shared/domains/scheduling/rules.availability.ts'
import { addDays, addMinutes, toInstant, wallMs, weekdayOf } from '#shared/kernel/time.ts'

/** Thirty patients of one provider who is away, eleven colleagues whose next four weeks are full but for a quarter hour each half day. */
const ZONE = 'America/New_York'
const TODAY = '2026-11-17'
const LIMIT_MS = 2_000
const QUARTER_MS = 900_000

const at = (date: string, minute: number): number => wallMs(date, minute, ZONE)
const open = Array.from({ length: 28 }, (_, i) => addDays(TODAY, i)).filter((date) => weekdayOf(date) % 6 !== 0)
  .flatMap((date): Span[] => [{ from: at(date, 480), to: at(date, 720) }, { from: at(date, 780), to: at(date, 1_020) }])
const full = open.flatMap(({ from, to }): Span[] => Array.from({ length: (to - from) / QUARTER_MS - 1 }, (_, i) => ({ from: from + i * QUARTER_MS, to: from + (i + 1) * QUARTER_MS })))
const providers: ProviderCalendar[] = Array.from({ length: 12 }, (_, i) => ({ id: `p${i}`, open, held: i === 0 ? [] : full, blocked: i === 0 ? [{ from: at(TODAY, 0), to: at(TODAY, 1_440) }] : [] }))
const visits = Array.from({ length: 30 }, (_, i): AbsentVisit => {
  const startsAt = toInstant(at(TODAY, 480 + i * 15))
  return { id: `v${i}`, patientId: `of ${i}`, providerId: 'p0', roomId: null, startsAt, endsAt: addMinutes(startsAt, 15), typeId: null, bufferBeforeMin: 0, bufferAfterMin: 0, reason: 'away', isUrgent: false }
})

const before = process.cpuUsage()
const RUNS = 5
for (let run = 0; run < RUNS; run += 1) {
  const rows = planAbsence({ zone: ZONE, now: toInstant(at(TODAY, 420)), days: 28, providers, needsOf: () => ({ rooms: undefined, equipment: [] }), mayDo: () => true, busyOf: () => [] }, visits)
  if (rows.some((row) => row.proposals.length === 0)) throw new Error('somebody has no place')
}
const { user, system } = process.cpuUsage(before)
const eachMs = (user + system) / 1_000 / RUNS
console.log(`a plan for 30 patients among 12 providers: ${eachMs.toFixed(1)} ms of the processor, asked: ${LIMIT_MS}`)
if (eachMs > LIMIT_MS) process.exitCode = 1
