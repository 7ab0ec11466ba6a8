import type { Stroke } from '#shared/domains/consents/rules.signature.ts'
import { createStore } from '#renderer/app/store.ts'
import { newId } from '#renderer/rpc/ids.ts'

export type Way = 'drawn' | 'typed' | 'paper' | 'refuse'

/** What is in the dialog of one form. It outlives the dialog: a mistaken Esc asks nobody to sign twice. */
export interface ConsentDraft {
  /** Of the decision: pressed twice or sent again, it is one. */
  id: string
  way: Way
  isRepresentative: boolean
  name: string
  relation: string
  strokes: readonly Stroke[]
  typed: string
  documentId: string | null
  reason: string
}

export type SignerDraft = Pick<ConsentDraft, 'isRepresentative' | 'name' | 'relation'>

export const newConsentDraft = (first: Partial<ConsentDraft> = {}): ConsentDraft =>
  ({ id: newId(), way: 'drawn', isRepresentative: false, name: '', relation: '', strokes: [], typed: '', documentId: null, reason: '', ...first })

/** One for each person at the window, patient and form. */
const kept = createStore<Readonly<Record<string, ConsentDraft | undefined>>>({})

export const dropConsentDraft = (key: string): void => kept.set({ ...kept.get(), [key]: undefined })

export function useConsentDraft(key: string, first: () => ConsentDraft): [ConsentDraft, (changes: Partial<ConsentDraft>) => void] {
  const all = kept.use()
  const draft = all[key] ?? first()
  return [draft, (changes) => kept.set({ ...kept.get(), [key]: { ...(kept.get()[key] ?? draft), ...changes } })]
}
