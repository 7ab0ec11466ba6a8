import type { AllergyList, Chart, CurrentVisit, StaffName } from '#shared/domains/encounters/model.chart.ts'
import type { Allergy, MedicationStatement, Observation, Problem } from '#shared/domains/encounters/model.ts'
import { minutesBetween, type Instant, type PlainDate } from '#shared/kernel/time.ts'
import type { BannerAllergies, BannerPatient } from '#renderer/ui/PatientBanner.tsx'
import { date, duration, listDate } from '#renderer/ui/format.ts'

/** Pure: what the core answers, as the chart's words. Tested in tests/screens/encounters.test.tsx. */

export const staffText = (name: StaffName): string => (name.title ? `${name.title} ${name.familyName}` : `${name.givenName} ${name.familyName}`)

export function bannerPatient(patient: Chart['patient']): BannerPatient {
  const { familyName, givenName, birthDate, sex, mrn, deceasedOn } = patient
  return { familyName, givenName, birthDate, sex, mrn, ...(deceasedOn ? { deceasedOn } : {}) }
}

export function bannerAllergies({ state, allergies }: AllergyList): BannerAllergies {
  if (state === 'none-known') return { kind: 'none-known' }
  if (state === 'not-asked') return { kind: 'not-asked' }
  const gravest = allergies.toSorted((a, b) => severityRank[a.severity] - severityRank[b.severity])
  return { kind: 'list', allergies: gravest.map((one) => ({ id: one.id, substance: one.concept.label, reaction: reactionText(one) })) }
}

const severityRank: Record<Allergy['severity'], number> = { severe: 0, moderate: 1, unknown: 2, mild: 3 }
const severityWords: Record<Allergy['severity'], string> = { severe: 'severe', moderate: 'moderate', mild: 'mild', unknown: '' }

/** "anaphylaxis, severe". */
export const reactionText = (allergy: Pick<Allergy, 'reaction' | 'severity'>): string => [allergy.reaction, severityWords[allergy.severity]].filter(Boolean).join(', ')

/** "Room 2 · 5 min", "Waiting · 18 min", "With doctor · 11 min"; nothing where the word of the state says it all. */
export function visitTagText(visit: Pick<CurrentVisit, 'status' | 'roomName' | 'arrivedAt' | 'roomedAt' | 'startedAt'>, now: Instant, withYou = false): string | undefined {
  const since = (at: Instant | null) => (at === null ? '' : ` · ${duration(Math.max(0, minutesBetween(at, now)))}`)
  switch (visit.status) {
    case 'arrived': return `Arrived${since(visit.arrivedAt)}`
    case 'roomed': return `${visit.roomName ?? 'Roomed'}${since(visit.roomedAt)}`
    case 'in-progress': return `${withYou ? 'With you' : 'With doctor'}${since(visit.startedAt)}`
    default: return undefined
  }
}

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
