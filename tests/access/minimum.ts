import { minimumFields } from '#shared/access/fields.ts'
import type { Role } from '#shared/access/roles.ts'
import type { Caller } from './matrix.ts'

/** What the `M` cells of the matrix may show (45 CFR 164.502(b)): every filled field, by its path in the answer. */
const named = ['id', 'mrn', 'familyName', 'givenName', 'sex', 'birthDate', 'phone', 'deceasedOn', 'inactiveReason']
const inList = named.map((field) => `[].${field}`)
const identity = [...named, 'middleName', 'suffix', 'version', 'createdAt', 'updatedAt'].map((field) => `patient.${field}`)
const address = ['email', 'addressLine1', 'addressLine2', 'city', 'state', 'postalCode', 'country', 'confidentialAddress'].map((field) => `patient.${field}`)
const contacts = ['id', 'patientId', 'name', 'relationship', 'phone', 'isEmergency', 'isGuardian'].map((field) => `contacts[].${field}`)
const coverages = ['id', 'patientId', 'payerName', 'planName', 'memberNumber', 'groupNumber', 'relationship', 'subscriberName', 'rank', 'validFrom', 'validTo', 'copayCents', 'verifiedOn', 'verifiedBy'].map((field) => `coverages[].${field}`)
const concept = ['system', 'code', 'label'].map((field) => `concept.${field}`)

/** Written by people like the matrix itself, and not taken from the program. */
export const minimum: Readonly<Record<string, readonly string[] | Partial<Record<Caller, readonly string[]>>>> = {
  'patients.search': [...inList, '[].matchedBy[]'],
  'patients.closest': inList,
  'patients.list': [...named.map((field) => `rows[].${field}`), 'next.sortName', 'next.id'],
  'patients.get': { administrator: identity, pharmacist: identity, billing: [...identity, ...address, ...contacts, ...coverages] },
  'encounters.listProblems': ['id', 'patientId', ...concept, 'status', 'recordedAt'].map((field) => `[].${field}`),
  'encounters.listAllergies': ['state', ...['id', 'patientId', ...concept, 'reaction', 'severity', 'recordedAt'].map((field) => `allergies[].${field}`)],
}

function pathsOf(procedure: string, caller: Caller): readonly string[] {
  const paths = minimum[procedure] ?? []
  return Array.isArray(paths) ? paths as readonly string[] : (paths as Partial<Record<Caller, readonly string[]>>)[caller] ?? [] // One of the two.
}

export const beyondMinimum = (procedure: string, caller: Caller, output: unknown): string[] => filledPaths(output).filter((path) => !pathsOf(procedure, caller).includes(path))

/** Of everything that the whole answer says, what the role's allow-list names: no more and no less is shown. */
export function minimumOf(procedure: string, role: Role, whole: unknown): string[] {
  const allowed = minimumFields[procedure]?.[role] ?? []
  return filledPaths(whole).filter((path) => allowed.some((one) => plain(path) === one || plain(path).startsWith(`${one}.`)))
}
const plain = (path: string): string => path.replaceAll('[]', '').replace(/^\./, '')

/** The paths of everything in an answer that says something. */
export function filledPaths(value: unknown, path = ''): string[] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return [...new Set(value.flatMap((one) => filledPaths(one, `${path}[]`)))]
  if (typeof value !== 'object') return [path]
  return Object.entries(value).flatMap(([name, member]) => filledPaths(member, path === '' ? name : `${path}.${name}`))
}
