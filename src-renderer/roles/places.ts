import { Role } from '#shared/access/roles.ts'

/**
 * The places of each role in the order of the rail, home first. A name without a contribution behind it is
 * left out, so the rail never has a button that leads nowhere; domains that come later fill their places.
 */
const placesOf: Record<Role, readonly string[]> = {
  [Role.receptionist]: ['day', 'flow', 'patients', 'checkout', 'calls', 'tasks', 'roster', 'rooms'],
  [Role.nurse]: ['flow', 'day', 'patients', 'orders', 'rooms', 'tasks', 'stock'],
  [Role.doctor]: ['doctor-home', 'day', 'flow', 'patients', 'results', 'tasks', 'approvals', 'stock'],
  [Role.billing]: ['work-list', 'claims', 'payments', 'patients', 'approvals', 'fees', 'drawer', 'close', 'reports'],
  [Role.pharmacist]: ['dispense', 'stock', 'receive', 'patients', 'count', 'register'],
  [Role.administrator]: ['owner-home', 'staff', 'approvals', 'codes', 'import', 'settings', 'activity', 'devices', 'roster', 'rooms', 'reports', 'hours', 'fees'],
  [Role.patient]: [],
}

const mostPlaces = 8

/** The union for a person with several roles: the first role's home and order, at most eight. */
export function placeIdsFor(roles: readonly Role[], existing: ReadonlySet<string>): string[] {
  const wanted = roles.flatMap((role) => placesOf[role])
  return [...new Set(wanted)].filter((id) => existing.has(id)).slice(0, mostPlaces)
}
