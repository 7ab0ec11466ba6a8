import type { Member } from '#shared/domains/network/model.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { profileWords } from '#renderer/app/network/words.ts'

registerErrorTexts({
  SESSION_OVER: 'This session has ended already.',
})

export const doorWords: Readonly<Record<string, string>> = { window: 'Window', socket: 'Network', cli: 'Command line' }
export const aloneWords = 'On its own: records, rules and copies are on this computer'

/** "Front desk: no clinical rows on its disk"; the host has everything, whatever it was before. */
export function holdingWords({ profile, isHost }: Pick<Member, 'profile' | 'isHost'>): string {
  if (isHost) return 'Host: everything, and it serves the others'
  return profile === null ? aloneWords : `${profileWords[profile].name}: ${profileWords[profile].holds}`
}

export const revokeReasons = [
  { value: 'lost', label: 'Lost' }, { value: 'stolen', label: 'Stolen' }, { value: 'replaced', label: 'Replaced' }, { value: 'other', label: 'Another reason' },
] as const
export type RevokeReason = (typeof revokeReasons)[number]['value']
/** What could be in somebody else's hands is a matter of its own; a machine that was replaced is not. */
export const isWorrying = (reason: RevokeReason): boolean => reason === 'lost' || reason === 'stolen'
