import { addDays } from '#shared/kernel/time.ts'
import type { Household, Member } from './households.ts'

interface Draft { member: Member; household: Household; registeredMs: number }

/** What a hurried desk makes of a name or a date. */
const slips: readonly ((member: Member) => Partial<Member>)[] = [
  ({ birthDate }) => ({ birthDate: addDays(birthDate, 1) }),
  ({ familyName }) => ({ familyName: `${familyName.slice(0, -1)}${familyName.endsWith('e') ? 'a' : 'e'}` }),
  ({ givenName }) => ({ givenName: `${givenName.split(' ')[0] ?? givenName}` }),
  ({ givenName, familyName }) => ({ givenName: familyName, familyName: givenName }),
]
const APART = 12

/** A few people who were registered twice, for the list of likely duplicates: each takes the place of somebody else, so the clinic keeps its size. */
export function withPeopleTwice<D extends Draft>(drafts: readonly D[]): D[] {
  const all = [...drafts]
  const adults = all.flatMap(({ member }, at) => (member.isChild || member.castIndex !== undefined ? [] : [at]))
  for (const [nth, slip] of slips.entries()) {
    const [first, second] = [adults[(nth + 1) * APART], adults[(nth + 1) * APART + 5]]
    const [source, taken] = [all[first ?? -1], all[second ?? -1]]
    if (!source || !taken || second === undefined) continue
    const member = { ...source.member, ...slip(source.member) }
    all[second] = { ...taken, member, household: { ...source.household, members: [member] } }
  }
  return all
}
