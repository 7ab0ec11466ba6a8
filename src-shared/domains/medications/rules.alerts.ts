import type { Allergy, MedicationStatement } from '../encounters/model.ts'
import type { KeptAlert, OverrideReason, PrescriptionAlert } from './model.ts'
import { classesNamed, classesOf, ingredientsOf, type DrugClass } from './rules.knowledge.ts'

/** What is known of the patient when somebody prescribes. */
export interface Known {
  allergies: readonly Pick<Allergy, 'id' | 'concept' | 'severity'>[]
  current: readonly Pick<MedicationStatement, 'id' | 'concept'>[]
  /** The medication that this prescription goes on with: it does not double itself. */
  continues: string | null
}

/** What speaks against this drug for this patient, the gravest first. The form and the core ask the same. */
export function findAlerts(generic: string, { allergies, current, continues }: Known): PrescriptionAlert[] {
  const ingredients = ingredientsOf(generic)
  const found = [
    ...allergies.flatMap((one) => optional(allergyAlert(ingredients, one))),
    ...current.filter((one) => one.id !== continues).flatMap((one) => optional(duplicateAlert(ingredients, one))),
  ]
  return found.toSorted((a, b) => Number(a.severity === 'moderate') - Number(b.severity === 'moderate'))
}

/**
 * The drug itself is always severe, whatever is said of the reaction. A drug of the class is severe but where the reaction
 * was mild; a class that only may react as well is severe where the reaction was.
 */
function allergyAlert(ingredients: readonly string[], { id, concept, severity }: Known['allergies'][number]): PrescriptionAlert | undefined {
  const alert = (grade: PrescriptionAlert['severity'], drugClass: string | null): PrescriptionAlert => ({ kind: 'allergy', severity: grade, subjectId: id, subjectLabel: concept.label, drugClass })
  const substances = ingredientsOf(concept.label)
  const named = [...classesNamed(concept.label), ...substances.flatMap(classesOf)]
  if (ingredients.some((one) => substances.includes(one))) return alert('severe', null)
  const shared = named.find(({ members }) => ingredients.some((one) => members.includes(one)))
  if (shared) return alert(severity === 'mild' ? 'moderate' : 'severe', shared.name)
  const near = ingredients.flatMap(classesOf).find((one) => named.some(({ crossesTo }) => crossesTo?.includes(one.name)))
  return near && alert(severity === 'severe' ? 'severe' : 'moderate', near.name)
}

function duplicateAlert(ingredients: readonly string[], { id, concept }: Known['current'][number]): PrescriptionAlert | undefined {
  const alert = (severity: PrescriptionAlert['severity'], drugClass: string | null): PrescriptionAlert => ({ kind: 'duplicate', severity, subjectId: id, subjectLabel: concept.label, drugClass })
  const taken = ingredientsOf(concept.label)
  if (ingredients.some((one) => taken.includes(one))) return alert('severe', null)
  const shared = sharedClass(ingredients, taken)
  return shared && alert(shared.twice, shared.name)
}

const sharedClass = (some: readonly string[], others: readonly string[]): DrugClass | undefined =>
  some.flatMap(classesOf).find(({ members }) => others.some((one) => members.includes(one)))

const optional = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value])

export interface Override { kind: PrescriptionAlert['kind']; subjectId: string; reason: OverrideReason }

/** Each warning with the reason that was given against it. */
export const withReasons = (alerts: readonly PrescriptionAlert[], overrides: readonly Override[]): KeptAlert[] =>
  alerts.map((alert) => ({ ...alert, overrideReason: overrides.find(({ kind, subjectId }) => kind === alert.kind && subjectId === alert.subjectId)?.reason ?? null }))

/** Nobody signs past these: a severe warning needs its reason. */
export const unanswered = (alerts: readonly KeptAlert[]): KeptAlert[] => alerts.filter(({ severity, overrideReason }) => severity === 'severe' && overrideReason === null)
