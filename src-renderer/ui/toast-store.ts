import type { IconType } from '#renderer/app/contribution.ts'
import { createStore } from '#renderer/app/store.ts'

/** For done things only, never for errors, and never the only trace: the list shows it too. */
export interface ToastMessage {
  text: string
  /** The part in bold, at the end of the text: "Moved to **11:45 am**". */
  strong?: string
  icon?: IconType
  /** Money and signed things have none; they have a named counter-act instead. */
  undo?: () => unknown
}

export interface Toast extends ToastMessage {
  id: number
}

const mostAtOnce = 2
let nextId = 1
const toasts = createStore<readonly Toast[]>([])

export const currentToasts = toasts.get
export const useToasts = toasts.use

export function showToast(message: ToastMessage): void {
  toasts.set([...toasts.get(), { ...message, id: nextId++ }].slice(-mostAtOnce))
}

export function dismissToast(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id))
}

/** They speak of the work of whoever was here, and their Undo is that person's. */
export const clearToasts = (): void => toasts.set([])

/** Undoes the newest toast that can be undone; false when there is none. */
export function undoLatest(): boolean {
  const latest = toasts.get().findLast((toast) => toast.undo)
  if (!latest) return false
  dismissToast(latest.id)
  void latest.undo?.()
  return true
}
