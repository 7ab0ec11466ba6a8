import type { ConsentForm, ConsentFormFields } from '#shared/domains/consents/model.ts'
import { createStore } from '#renderer/app/store.ts'
import { newId } from '#renderer/rpc/ids.ts'

/** What is in the editor of a form. It outlives the panel: a text of a page is not typed twice. */
export interface FormDraft { id: string; formId: string; fields: ConsentFormFields; asksAgain: boolean }

/** One for each person at the window and version that they started from. */
const kept = createStore<Readonly<Record<string, FormDraft | undefined>>>({})

export const dropFormDraft = (key: string): void => kept.set({ ...kept.get(), [key]: undefined })

export function useFormDraft(key: string, first: FormDraft): [FormDraft, (changes: Partial<FormDraft>) => void] {
  const draft = kept.use()[key] ?? first
  return [draft, (changes) => kept.set({ ...kept.get(), [key]: { ...(kept.get()[key] ?? draft), ...changes } })]
}

export function newFormDraft(form: ConsentForm | undefined): FormDraft {
  const { name, text, validity, scope, typeIds, isReviewed, isActive } = form ?? { name: '', text: '', validity: 'yearly' as const, scope: 'all' as const, typeIds: [], isReviewed: false, isActive: true }
  return { id: newId(), formId: newId(), fields: { name, text, validity, scope, typeIds, isReviewed, isActive }, asksAgain: false }
}
