import type { PrescriptionOrder } from '#shared/domains/medications/model.ts'

/** An order as the columns that prescriptions, drafts and favourites have in common. */
export interface OrderColumns extends Omit<PrescriptionOrder, 'drug' | 'indication' | 'doseUnit' | 'route' | 'frequency'> {
  drugSystem: string | null
  drugCode: string | null
  generic: string
  brand: string | null
  strength: string
  form: string
  doseUnit: string
  route: string
  frequency: string
  indicationCode: string | null
  indicationLabel: string | null
}

export function columnsOf({ drug, indication, ...rest }: PrescriptionOrder): OrderColumns {
  const { system, code, ...product } = drug
  return { ...rest, ...product, drugSystem: system, drugCode: code, indicationCode: indication?.code ?? null, indicationLabel: indication?.label ?? null }
}

export function orderOf(row: OrderColumns): PrescriptionOrder {
  const { dose, isAsNeeded, asNeededFor, days, quantity, refills, maySubstitute, instructions, generic, brand, strength } = row
  const { drugSystem, drugCode, form, doseUnit, route, frequency, indicationCode, indicationLabel } = row
  return {
    drug: { system: drugSystem, code: drugCode, generic, brand, strength, form }, dose, doseUnit, route, frequency, isAsNeeded, asNeededFor, days, quantity, refills, maySubstitute, instructions,
    indication: indicationLabel === null ? null : { code: indicationCode, label: indicationLabel },
  } as PrescriptionOrder // The CHECKs on the columns hold the model's constants.
}
