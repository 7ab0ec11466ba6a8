/** What the `M` cells of the matrix may show (45 CFR 164.502(b)): every filled field, by its path in the answer. */
const named = ['id', 'mrn', 'familyName', 'givenName', 'sex', 'birthDate', 'phone', 'deceasedOn']
const inList = named.map((field) => `[].${field}`)

export const minimum: Readonly<Record<string, readonly string[]>> = {
  'patients.search': [...inList, '[].matchedBy[]'],
  'patients.closest': inList,
  'patients.list': [...named.map((field) => `rows[].${field}`), 'next.sortName', 'next.id'],
  'patients.get': [...named, 'middleName', 'preferredName', 'suffix', 'version', 'createdAt', 'updatedAt'].map((field) => `patient.${field}`),
  'patients.glance': ['on', 'patients[].id'],
}

/** The paths of everything in an answer that says something. */
export function filledPaths(value: unknown, path = ''): string[] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return [...new Set(value.flatMap((one) => filledPaths(one, `${path}[]`)))]
  if (typeof value !== 'object') return [path]
  return Object.entries(value).flatMap(([name, member]) => filledPaths(member, path === '' ? name : `${path}.${name}`))
}
