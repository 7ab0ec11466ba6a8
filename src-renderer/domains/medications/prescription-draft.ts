import type { OverrideReason, PrescriptionOrder } from '#shared/domains/medications/model.ts'
import { createStore } from '#renderer/app/store.ts'

/** A prescription on its way. It outlives the screen: Esc goes back to the note and keeps it. */
export interface OrderDraft {
  order: PrescriptionOrder | undefined
  /** Numbers as they are typed, until they are numbers. */
  texts: Readonly<Record<string, string>>
  /** The quantity was typed and does not follow the days any more. */
  isQuantityOwn: boolean
  /** By warning: `kind subjectId`. */
  reasons: Readonly<Record<string, OverrideReason>>
  draftId: string | null
}

export const emptyDraft: OrderDraft = { order: undefined, texts: {}, isQuantityOwn: false, reasons: {}, draftId: null }

/** One for each person who shares the window and each patient. */
const kept = createStore<Readonly<Record<string, OrderDraft | undefined>>>({})

export function useOrderDraft(userId: string, patientId: string): [OrderDraft, (change: Partial<OrderDraft>) => void] {
  kept.use()
  const key = `${userId} ${patientId}`
  return [kept.get()[key] ?? emptyDraft, (change) => kept.set({ ...kept.get(), [key]: { ...(kept.get()[key] ?? emptyDraft), ...change } })]
}
