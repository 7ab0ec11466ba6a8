import type { GuarantorObstacle, RelationKind } from '#shared/domains/patients/model.family.ts'

/** What the relative is to the patient of the page. */
export const relationWords: Readonly<Record<RelationKind, string>> = {
  parent: 'Parent', spouse: 'Spouse', child: 'Child', sibling: 'Brother or sister', guardian: 'Guardian', ward: 'In their care', other: 'Other relative',
}

export const guarantorTexts: Readonly<Record<GuarantorObstacle, string>> = {
  'two-named': 'Two responsible parties were named. Name one.',
  minor: 'Whoever answers for bills must be 18 or older.',
  deceased: 'This patient has died and cannot answer for bills.',
  'paid-for': 'Somebody else answers for this patient’s bills. Move that account first.',
}
