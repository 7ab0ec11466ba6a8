import { ageInYears, type PlainDate } from '../../kernel/time.ts'
import type { Family, GuarantorObstacle, RelationKind } from './model.family.ts'

const ADULT_YEARS = 18
export const isMinor = (birthDate: PlainDate, today: PlainDate): boolean => ageInYears(birthDate, today) < ADULT_YEARS

const opposites: Readonly<Record<RelationKind, RelationKind>> = { parent: 'child', child: 'parent', guardian: 'ward', ward: 'guardian', spouse: 'spouse', sibling: 'sibling', other: 'other' }
/** The same link, seen from the other one. */
export const seenFromOther = (kind: RelationKind): RelationKind => opposites[kind]

/** A child's bills need a grown-up who answers for them. */
export const lacksGuarantor = (family: Pick<Family, 'guarantor'>, birthDate: PlainDate, today: PlainDate): boolean => family.guarantor === null && isMinor(birthDate, today)

export interface GuarantorFacts { isPersonNamed: boolean; birthDate: PlainDate; deceasedOn: PlainDate | null; /** Somebody else answers for this one, and is not let go in the same act. */ isPaidFor: boolean }

/** A patient who is to answer for others. */
export function whyNotGuarantor(facts: GuarantorFacts, today: PlainDate): GuarantorObstacle | null {
  if (facts.isPersonNamed) return 'two-named'
  if (facts.deceasedOn !== null) return 'deceased'
  if (isMinor(facts.birthDate, today)) return 'minor'
  return facts.isPaidFor ? 'paid-for' : null
}
