import { grants, type Permission } from './permissions.ts'
import { Role } from './roles.ts'

/**
 * The cells "M" of the permission matrix: which fields of an answer a role sees where it sees only some (minimum necessary,
 * 45 CFR 164.502(b)). A role that is not named sees the whole answer, if it may ask at all. A path names a field or all
 * that stands below it; lists are looked through. What is not named comes empty: null, or an empty list.
 */
const name = ['patient.id', 'patient.mrn', 'patient.familyName', 'patient.givenName', 'patient.middleName', 'patient.suffix', 'patient.sex', 'patient.birthDate', 'patient.deceasedOn', 'patient.phone'] as const
const bookkeeping = ['patient.version', 'patient.createdAt', 'patient.updatedAt'] as const

export const minimumFields: Readonly<Record<string, Partial<Record<Role, readonly string[]>>>> = {
  'patients.get': {
    [Role.administrator]: [...name, ...bookkeeping],
    [Role.pharmacist]: [...name, ...bookkeeping],
    /** Bills go to an address, and a minor's to the guardian among the contacts. */
    [Role.billing]: [
      ...name, ...bookkeeping, 'patient.email', 'patient.addressLine1', 'patient.addressLine2', 'patient.city', 'patient.state', 'patient.postalCode', 'patient.country', 'patient.confidentialAddress', 'contacts', 'coverages',
    ],
  },
  'encounters.listProblems': { [Role.pharmacist]: ['id', 'patientId', 'concept', 'status', 'recordedAt'] },
  'encounters.listAllergies': { [Role.pharmacist]: ['state', 'allergies.id', 'allergies.patientId', 'allergies.concept', 'allergies.reaction', 'allergies.severity', 'allergies.recordedAt'] },
}

/** The answer as these roles see it. Only the roles that may ask count; several see what any of them sees. */
export function withMinimumFields(procedure: string, right: Permission | 'public' | 'signed-in', roles: readonly Role[], output: unknown): unknown {
  const limited = Object.hasOwn(minimumFields, procedure) ? minimumFields[procedure] : undefined
  if (!limited || right === 'public' || right === 'signed-in') return output
  const asking: readonly Role[] = roles.filter((role) => (grants[right] as readonly Role[]).includes(role))
  const lists = asking.map((role) => limited[role])
  if (lists.some((list) => list === undefined)) return output
  return kept(output, new Set(lists.flatMap((list) => list ?? [])), '')
}

function kept(value: unknown, paths: ReadonlySet<string>, at: string): unknown {
  if (paths.has(at)) return value
  if (Array.isArray(value)) return at !== '' && !leadsOn(paths, at) ? [] : value.map((item) => kept(item, paths, at))
  if (typeof value !== 'object' || value === null || (at !== '' && !leadsOn(paths, at))) return null
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, keptField(field, paths, at === '' ? key : `${at}.${key}`)]))
}

const keptField = (field: unknown, paths: ReadonlySet<string>, at: string): unknown =>
  paths.has(at) || leadsOn(paths, at) ? kept(field, paths, at) : Array.isArray(field) ? [] : null

const leadsOn = (paths: ReadonlySet<string>, at: string): boolean => [...paths].some((path) => path.startsWith(`${at}.`))
