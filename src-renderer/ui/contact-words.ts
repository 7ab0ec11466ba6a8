import type { Channel, ContactFacts, InactiveReason } from '#shared/domains/patients/model.contact.ts'
import { mayContact, type ContactReason, type ContactWay } from '#shared/domains/patients/rules.contact.ts'
import { isUsualLanguage, languageName } from '#shared/domains/patients/rules.languages.ts'

export const channelWords: Readonly<Record<Channel, string>> = { call: 'Phone call', text: 'Text message', email: 'E-mail', letter: 'Letter' }
export const inactiveWords: Readonly<Record<InactiveReason, string>> = { moved: 'Moved away', left: 'Left for another clinic', 'not-reached': 'Could not be reached', other: 'Another reason' }

const reasonWords: Readonly<Record<Exclude<ContactReason, 'prefers-other'>, string>> = {
  deceased: 'Has died: do not call', banned: 'Does not want to be contacted', inactive: 'Inactive', 'no-message': 'Leave no message', confidential: 'Confidential address', 'not-at-work': 'Not at work',
}

export interface ContactNote { text: string; /** Stops the call, warns, or only helps. */ tone: 'bad' | 'warn' | 'info' }

/** "Spanish, interpreter": what is said beside a name wherever somebody deals with it. */
export function languageNote({ language, interpreter }: Pick<ContactFacts, 'language' | 'interpreter'>): string | undefined {
  const spoken = language !== null && !isUsualLanguage(language) ? languageName(language) : undefined
  return [spoken, interpreter && 'interpreter'].filter(Boolean).join(', ') || undefined
}

/** Everything that whoever picks up the phone has to know, what forbids it first. */
export function contactNotes(facts: ContactFacts, way: ContactWay, about: 'recall' | 'visit' = 'visit'): ContactNote[] {
  const { may, because } = mayContact(facts, way, about)
  const spoken = languageNote(facts)
  if (!may) return because.map((reason) => ({ text: wordsOf(reason, facts), tone: 'bad' }))
  return [
    ...(spoken ? [{ text: capital(spoken), tone: 'info' as const }] : []),
    ...because.map((reason): ContactNote => ({ text: wordsOf(reason, facts), tone: reason === 'prefers-other' ? 'info' : 'warn' })),
    ...(facts.bestTimes ? [{ text: facts.bestTimes, tone: 'info' as const }] : []),
  ]
}

const wordsOf = (reason: ContactReason, { preferredChannel }: ContactFacts): string =>
  reason === 'prefers-other' ? `Prefers ${preferredChannel ? channelWords[preferredChannel].toLowerCase() : ''}` : reasonWords[reason]
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
