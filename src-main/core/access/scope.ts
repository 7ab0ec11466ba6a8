import { Role } from '#shared/access/roles.ts'
import type { AccessSettings } from '#shared/domains/access/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { addMinutes, dateInZone, toInstant, toMs, type Instant, type PlainDate } from '#shared/kernel/time.ts'

declare const made: unique symbol

/**
 * For whom rows are read. Every function of a repository that reads rows of patients needs one, or an opened chart or file
 * that was made with one, and puts it into its SQL (predicates.ts). Only the pipeline makes it (tests/architecture), from
 * the door's session and never from input; so a read that forgets for whom it reads does not compile.
 */
export interface Scope {
  readonly [made]: 'scope'
  readonly userId: Id
  readonly isPatient: boolean
  /** What the predicates name. */
  readonly values: ScopeValues
}

export interface ScopeValues {
  readonly me: Id
  readonly myStaff: Id
  readonly isClinician: 0 | 1
  readonly isNurse: 0 | 1
  readonly isPharmacist: 0 | 1
  readonly isPatient: 0 | 1
  readonly scopeNow: Instant
  readonly scopeToday: PlainDate
  readonly seenFrom: Instant
  readonly seenTo: Instant
  readonly flowFrom: Instant
  readonly flowTo: Instant
}

interface Asking { readonly userId: Id; readonly staffId: Id; readonly roles: readonly Role[] }

const DAY_MIN = 1_440
const bit = (is: boolean): 0 | 1 => (is ? 1 : 0)

export function scopeOf(actor: Asking, now: Instant, zone: string, settings: AccessSettings): Scope {
  const has = (role: Role): boolean => actor.roles.includes(role)
  // Whoever has any role of the staff is judged as staff: a colleague who is a patient too sees what the work needs.
  const isPatient = actor.roles.every((role) => role === Role.patient)
  const values: ScopeValues = {
    me: actor.userId, myStaff: actor.staffId, isClinician: bit(has(Role.doctor) || has(Role.nurse)), isNurse: bit(has(Role.nurse)), isPharmacist: bit(has(Role.pharmacist)), isPatient: bit(isPatient),
    scopeNow: now, scopeToday: dateInZone(now, zone),
    seenFrom: addMonths(now, -settings.monthsBack), seenTo: addMonths(now, settings.monthsAhead),
    flowFrom: addMinutes(now, -settings.flowDaysBack * DAY_MIN), flowTo: addMinutes(now, settings.flowDaysAhead * DAY_MIN),
  }
  return { userId: actor.userId, isPatient, values } as Scope // The one place that makes the brand.
}

function addMonths(instant: Instant, months: number): Instant {
  const date = new Date(toMs(instant))
  date.setUTCMonth(date.getUTCMonth() + months)
  return toInstant(date.getTime())
}
