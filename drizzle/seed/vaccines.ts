/** CVX code, label, and the ages in months at which it is due: after the CDC's child schedule, shortened to what a demo needs. */
export const childVaccines: readonly [cvx: string, label: string, months: readonly number[]][] = [
  ['08', 'Hepatitis B, pediatric', [0, 2, 8]],
  ['20', 'DTaP', [2, 4, 6, 16, 54]],
  ['48', 'Hib (PRP-T)', [2, 4, 6, 13]],
  ['133', 'Pneumococcal conjugate PCV 13', [2, 4, 6, 13]],
  ['10', 'Polio, inactivated', [2, 4, 8, 54]],
  ['116', 'Rotavirus, pentavalent', [2, 4, 6]],
  ['03', 'MMR', [13, 54]],
  ['21', 'Varicella', [13, 54]],
  ['83', 'Hepatitis A, pediatric', [13, 20]],
  ['115', 'Tdap', [134]],
  ['165', 'HPV, nine-valent', [134, 141]],
  ['203', 'Meningococcal ACWY', [134, 194]],
]

export const influenza = ['140', 'Influenza, injectable, preservative free'] as const

/** Ages in months at which a well child visit is due. */
export const wellChildMonths: readonly number[] = [1, 2, 4, 6, 9, 12, 15, 18, 24, 30, 36, 48, 60, 72, 84, 96, 108, 120, 132, 144, 156, 168, 180, 192, 204]
