import type { Code } from '#shared/domains/codes/model.ts'
import type { Allergy, MedicationStatement } from '#shared/domains/encounters/model.ts'
import type { Drug, PrescriptionAlert, PrescriptionOrder, Prescriber } from '#shared/domains/medications/model.ts'
import { findAlerts, type Override } from '#shared/domains/medications/rules.alerts.ts'
import { parseDrugName } from '#shared/domains/medications/rules.drug-name.ts'
import { findProducts } from '#shared/domains/medications/rules.formulary.ts'
import { scheduleOf } from '#shared/domains/medications/rules.knowledge.ts'
import { computedQuantity, type OrderField } from '#shared/domains/medications/rules.order.ts'
import { drugText } from '#shared/domains/medications/rules.sentence.ts'
import { numberText } from '#shared/domains/medications/rules.strength.ts'
import type { OrderDraft } from './prescription-draft.ts'

/** Pure: what was typed and what the core answers, as the prescribing screens show it. */

export const staffText = ({ title, givenName, familyName }: Pick<Prescriber, 'title' | 'givenName' | 'familyName'>): string => [title, title ? familyName : `${givenName} ${familyName}`].filter(Boolean).join(' ')

/** Rows that name, strength and form can be read off, each once: those of an imported drug table and those Cairn knows by itself. */
export function drugsFound(text: string, codes: readonly Code[], limit: number): Drug[] {
  const imported = codes.flatMap(({ code, label }): Drug[] => {
    const parsed = parseDrugName(label)
    return parsed ? [{ system: 'rxnorm', code, ...parsed }] : []
  })
  const all = [...findProducts(text, limit), ...imported]
  return all.filter((drug, at) => all.findIndex((other) => drugText(other).toLowerCase() === drugText(drug).toLowerCase()) === at).slice(0, limit)
}

/** What was typed as a drug of its own, when nothing fits: "zanamivir 5 mg inhaler". */
export function typedDrug(text: string): Drug | undefined {
  const parsed = parseDrugName(text)
  return parsed && { system: null, code: null, ...parsed }
}

export interface Facts { allergies: readonly Allergy[]; medications: readonly MedicationStatement[] }

export const alertsOf = (generic: string, { allergies, medications }: Facts, continues: string | null = null): PrescriptionAlert[] => findAlerts(generic, { allergies, current: medications, continues })

/** Severe by allergy: left out of what is found, and named below it. */
export const isLeftOut = (drug: Drug, facts: Facts): boolean => alertsOf(drug.generic, facts).some(({ kind, severity }) => kind === 'allergy' && severity === 'severe')

export const alertKey = ({ kind, subjectId }: PrescriptionAlert): string => `${kind} ${subjectId}`

export const overridesOf = (alerts: readonly PrescriptionAlert[], reasons: OrderDraft['reasons']): Override[] =>
  alerts.flatMap((alert) => {
    const reason = reasons[alertKey(alert)]
    return alert.severity === 'severe' && reason ? [{ kind: alert.kind, subjectId: alert.subjectId, reason }] : []
  })

/** A change of dose, frequency or days takes the quantity along, until somebody has typed one. */
export function changed(order: PrescriptionOrder, change: Partial<PrescriptionOrder>, isQuantityOwn: boolean): PrescriptionOrder {
  const next = { ...order, ...change }
  const counted = isQuantityOwn ? null : computedQuantity(next)
  return counted === null ? next : { ...next, quantity: counted }
}

export type NumberField = Extract<OrderField, 'dose' | 'days' | 'quantity' | 'refills'>

/** Empty days are "until further notice"; anything else that is no number is 0, which the field's own message is about. */
export function numberIn(field: NumberField, text: string): number | null {
  const typed = text.trim().replaceAll(',', '')
  if (typed === '') return field === 'days' ? null : 0
  const value = Number(typed)
  if (!Number.isFinite(value) || value < 0 || value > 100_000) return 0
  return field === 'days' || field === 'refills' ? Math.min(Math.floor(value), field === 'refills' ? 99 : 3_660) : value
}

export const numberShown = (value: number | null): string => (value === null ? '' : numberText(value))

export const scheduleText = (generic: string): string | undefined => {
  const schedule = scheduleOf(generic)
  return schedule === null ? undefined : `Controlled, schedule ${schedule}`
}
