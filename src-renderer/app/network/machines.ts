import type { Member } from '#shared/domains/network/model.ts'
import { minutesBetween, type Instant } from '#shared/kernel/time.ts'
import { count } from '#renderer/ui/format.ts'

/** Pure: what the list of machines and the owner's home both say of them. */
const DAY_MIN = 24 * 60

/** Those that take part. */
export const active = (members: readonly Member[]): Member[] => members.filter((one) => one.revokedAt === null)

/** This one counts, or nobody could read it. */
export const isHere = (one: Member): boolean => one.isThis || one.isConnected

export const isLongUnseen = (one: Member, now: Instant): boolean => !isHere(one) && minutesBetween(one.lastSeenAt, now) >= DAY_MIN

/** "3 of 4 machines connected". */
export function connectedText(members: readonly Member[]): string {
  const all = active(members)
  return `${all.filter(isHere).length} of ${count(all.length, 'machine')} connected`
}
