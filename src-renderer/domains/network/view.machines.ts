import type { Candidate, Member } from '#shared/domains/network/model.ts'
import type { Profile } from '#shared/sync/messages.ts'
import { minutesBetween, type Instant } from '#shared/kernel/time.ts'
import { active, isLongUnseen } from '#renderer/app/network/machines.ts'
import { count, duration } from '#renderer/ui/format.ts'

/** Pure: how the clinic's machines stand, in the words of the list. */
export interface Standing {
  words: string
  tone: 'ok' | 'plain' | 'warn' | 'bad'
}

export function standingOf(one: Member, now: Instant): Standing {
  if (one.revokedAt !== null) return { words: 'Taken out', tone: 'plain' }
  if (one.isHost) return { words: 'Host', tone: 'ok' }
  if (one.isConnected) return { words: 'Connected', tone: 'ok' }
  const minutes = minutesBetween(one.lastSeenAt, now)
  return { words: minutes < 1 ? 'Not connected' : `Unseen for ${duration(minutes)}`, tone: isLongUnseen(one, now) ? 'warn' : 'plain' }
}

/** "3 behind", "12 unsent": nothing when there is nothing to say. */
export function waitingText({ behind, unsent }: Pick<Member, 'behind' | 'unsent'>): string {
  return [behind > 0 && `${behind.toLocaleString('en-US')} behind`, unsent > 0 && `${unsent.toLocaleString('en-US')} unsent`].filter(Boolean).join(', ')
}

/** Why the planned switch to that machine is not possible now. */
export function switchProblem(to: Member | undefined): string | undefined {
  if (!to) return 'There is no standby. Add a machine as standby first: it gets a full copy and can take over.'
  if (!to.isConnected) return `${to.name} is not connected now.`
  return to.behind > 0 ? `${to.name} is still taking ${count(to.behind, 'change')}.` : undefined
}

export const standbys = (members: readonly Member[]): Member[] => active(members).filter((one) => one.profile === 'standby' && !one.isHost)

/** Who has taken most of what the old host did, on the highest epoch: the only one that loses nothing more. */
export function furthest(machines: readonly Candidate[]): Candidate | undefined {
  return machines.toSorted((a, b) => b.epoch - a.epoch || b.cursor - a.cursor || Number(b.isThis) - Number(a.isThis))[0]
}

/** Why this machine may not take the host's place; undefined when it may. */
export function promotionProblem(machines: readonly Candidate[], profile: Profile | null): string | undefined {
  if (profile !== 'standby') return 'This computer does not hold everything, so it cannot be the host. Go to a machine that is a standby.'
  const first = furthest(machines)
  if (first && !first.isThis && first.isReachable) return `${first.name} has taken more from the old host. Let that machine take over, and do it there.`
  return undefined
}

/** Full copies that nobody could ask: one of them may have more. */
export const silent = (machines: readonly Candidate[]): Candidate[] => machines.filter((one) => one.isStandby && !one.isThis && !one.isReachable)

/** How far a machine has got, against the one that got furthest. */
export function reachWords(one: Candidate, machines: readonly Candidate[]): string {
  if (!one.isThis && !one.isReachable) return 'not known: it does not answer'
  const first = furthest(machines)
  if (!first || (first.epoch === one.epoch && first.cursor === one.cursor)) return 'has everything that anybody has'
  if (one.epoch < first.epoch) return 'belongs to an older host'
  return `${count(first.cursor - one.cursor, 'change')} behind`
}

/** "K7PM-2QXD" for a code of one run of symbols; one that is in groups already stays. */
export const grouped = (code: string): string => (/[\s-]/.test(code) ? code : code.match(/.{1,4}/g)?.join(' ') ?? code)

/** "4:05" until the code is over. */
export function countdown(untilMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.ceil((untilMs - nowMs) / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
