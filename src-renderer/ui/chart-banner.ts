import type { AllergyList, Chart, CurrentVisit } from '#shared/domains/encounters/model.chart.ts'
import type { Allergy } from '#shared/domains/encounters/model.ts'
import { minutesBetween, type Instant } from '#shared/kernel/time.ts'
import { duration } from './format.ts'
import type { BannerAllergies, BannerPatient } from './PatientBanner.tsx'

/** Pure: what the core answers about a patient, as the banner of every chart screen says it. */

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
