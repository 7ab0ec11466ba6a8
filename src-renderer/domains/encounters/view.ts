import type { CurrentVisit, StaffName } from '#shared/domains/encounters/model.chart.ts'
import type { MedicationStatement, Observation, Problem } from '#shared/domains/encounters/model.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { date, listDate } from '#renderer/ui/format.ts'

/** Pure: what the core answers, as the chart's words. Tested in tests/screens/encounters.test.tsx. */

export const staffText = (name: StaffName): string => (name.title ? `${name.title} ${name.familyName}` : `${name.givenName} ${name.familyName}`)

/** "I48.0 · since 2021". */
export function problemNote(problem: Problem): string {
  const since = problem.onsetOn ? `since ${problem.onsetOn.slice(0, 4)}` : ''
  const until = problem.resolvedOn ? `resolved ${date(problem.resolvedOn)}` : ''
  return [problem.concept.code, since, until].filter(Boolean).join(' · ')
}

export function medicationNote(medication: MedicationStatement, today: PlainDate): string {
  if (medication.endedOn) return `${medication.endedOn > today ? 'ends' : 'stopped'} ${listDate(medication.endedOn, today)}`
  return medication.startedOn ? `since ${listDate(medication.startedOn, today)}` : ''
}

/** UCUM as people read it. */
export function unitText(unit: string | null): string {
  if (!unit) return ''
  return unit.replace('{1.73_m2}', '1.73 m²').replace('mm[Hg]', 'mmHg').replace('Cel', '°C').replace('{score}', '').replace(/\{[^}]*\}/g, '').replace(/\[in_i\]/, 'in').replace(/\[lb_av\]/, 'lb').replace(/^10\*/, '10^').trim()
}

/** "7.1", "1,250": as many digits as the source had, at most four after the point. */
export function resultText(observation: Pick<Observation, 'value' | 'valueText'>): string {
  if (observation.value === null) return observation.valueText ?? ''
  return observation.value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(observation.value) >= 100 ? 1 : 2 })
}

/** Why nothing can be recorded now; undefined when it can. */
export function noVisitReason(visit: CurrentVisit | null): string | undefined {
  if (!visit) return 'No visit today. Book one or take a walk-in first.'
  return undefined
}
