import type { Disclosure, Finding } from '#shared/domains/audit/model.ts'
import type { ErrorTexts } from '#renderer/rpc/error-text.ts'

export const errorTexts: ErrorTexts = {
  FOLDER_NOT_WRITABLE: 'Nothing can be written into this folder. Choose another one; nothing was exported.',
  NOTHING_TO_EXPORT: 'No event has these filters together, so there is nothing to export.',
}

/** What is wrong with the log, as a sentence for somebody who has to act on it. */
export const findingWords: Record<Finding['kind'], (seq: string) => string> = {
  altered: (seq) => `Event ${seq} is not what was written.`,
  missing: (seq) => `Event ${seq} is missing.`,
  inserted: (seq) => `Event ${seq} was inserted later.`,
  reordered: (seq) => `Event ${seq} stands in another’s place.`,
  truncated: (seq) => `The log was cut off: events from ${seq} on are gone.`,
  anchor: (seq) => `The signed anchor at event ${seq} does not fit the log.`,
  'anchor-file': () => 'The file anchors.log lacked what was written to it. The log itself fits.',
  'no-chain': () => 'The keys of the log were removed.',
}

export const disclosureWords: Record<Disclosure['kind'], string> = { print: 'Printed', export: 'Saved as a file', share: 'Shared' }
const documentNames: Readonly<Record<string, string>> = { invoice: 'Invoice', receipt: 'Receipt', prescription: 'Prescription', 'audit-log': 'Activity log' }
export const documentWords = (document: string): string => documentNames[document] ?? document
