import type { Instant, PlainDate } from '../kernel/time.ts'

/**
 * The care team as a rule, over facts that somebody has gathered. The core asks the same question in SQL
 * (src-main/core/access/predicates.ts), because a row that may not be read must not be fetched; a test gives both the
 * same facts and expects the same answer.
 */
export interface TeamFacts {
  /** Mine and those of everyone whom I cover today. */
  staffIds: readonly string[]
  userIds: readonly string[]
  isClinician: boolean
  isNurse: boolean
  today: PlainDate
  /** The span in which an appointment makes its provider part of the team, and the one of the clinic's flow. */
  seen: { from: Instant; to: Instant }
  flow: { from: Instant; to: Instant }
  appointments: readonly { providerId: string; startsAt: Instant; status: string }[]
  members: readonly { staffId: string; fromOn: PlainDate; untilOn: PlainDate | null; endedAt: Instant | null }[]
  notes: readonly { authorId: string; signedBy: string | null }[]
}

export function isOnCareTeam(facts: TeamFacts): boolean {
  if (!facts.isClinician) return false
  const within = (at: Instant, span: { from: Instant; to: Instant }): boolean => at >= span.from && at < span.to
  const kept = facts.appointments.filter((one) => one.status !== 'cancelled')
  return kept.some((one) => facts.staffIds.includes(one.providerId) && within(one.startsAt, facts.seen))
    || (facts.isNurse && kept.some((one) => within(one.startsAt, facts.flow)))
    || facts.members.some((one) => facts.staffIds.includes(one.staffId) && one.endedAt === null && one.fromOn <= facts.today && (one.untilOn === null || one.untilOn >= facts.today))
    || facts.notes.some((one) => facts.userIds.includes(one.authorId) || (one.signedBy !== null && facts.userIds.includes(one.signedBy)))
}
