import type { Channel, ContactFacts } from './model.contact.ts'

/** What may be done to reach somebody: one of the channels, or words left with a machine or with somebody else. */
export type ContactWay = Channel | 'message'

/** Why not, or what to heed; the screens have the words. */
export const contactReasons = ['deceased', 'banned', 'inactive', 'no-message', 'prefers-other', 'confidential', 'not-at-work'] as const
export type ContactReason = (typeof contactReasons)[number]
export interface ContactAnswer { may: boolean; because: ContactReason[] }

type Rules = Pick<ContactFacts, 'deceasedOn' | 'contactBan' | 'inactiveReason' | 'messages' | 'workCalls' | 'preferredChannel' | 'isConfidential'>

/**
 * Whether a patient may be reached that way, and what to heed where it may be: the patient's own word first (45 CFR
 * 164.522(b)). A wish for another channel is heeded and forbids nothing, because a wrong number must not silence a result.
 * An inactive patient is not called about coming again, and may still be told something.
 */
export function mayContact(rules: Rules, way: ContactWay, about: 'recall' | 'visit' = 'visit'): ContactAnswer {
  const no = (reason: ContactReason): ContactAnswer => ({ may: false, because: [reason] })
  if (rules.deceasedOn !== null) return no('deceased')
  if (rules.contactBan !== null) return no('banned')
  if (about === 'recall' && rules.inactiveReason !== null) return no('inactive')
  if (way === 'message' && rules.messages !== null) return no('no-message')
  const heed: [boolean, ContactReason][] = [
    [way !== 'message' && rules.preferredChannel !== null && rules.preferredChannel !== way, 'prefers-other'],
    [rules.isConfidential, 'confidential'],
    [way === 'call' && rules.messages !== null, 'no-message'],
    [way === 'call' && rules.workCalls !== null, 'not-at-work'],
  ]
  return { may: true, because: heed.flatMap(([is, reason]) => (is ? [reason] : [])) }
}

/** Of somebody who has said nothing: a new chart. */
export const noContactRules = {
  interpreter: null, preferredChannel: null, bestTimes: null, messages: null, workCalls: null, contactBan: null, confidentialAddress: null, inactiveReason: null,
} as const
