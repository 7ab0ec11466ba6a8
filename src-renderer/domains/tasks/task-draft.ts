import { createStore } from '#renderer/app/store.ts'

/** What is in the task's panel. It outlives the panel: Esc closes and keeps it. */
export interface TaskDraft {
  text: string
  /** Undefined: the one proposed. */
  toKey: string | undefined
  dueText: string
  isUrgent: boolean
  /** Undefined: as whom it is for suggests. */
  isClinical: boolean | undefined
}

export const emptyTask: TaskDraft = { text: '', toKey: undefined, dueText: 'Today', isUrgent: false, isClinical: undefined }

/** One for each person who shares the window, with whom they asked last. */
const drafts = createStore<Readonly<Record<string, TaskDraft | undefined>>>({})
const lastAsked = createStore<Readonly<Record<string, string | undefined>>>({})

export const setTaskDraft = (userId: string, draft: TaskDraft | undefined): void => drafts.set({ ...drafts.get(), [userId]: draft })
export const useTaskDraft = (userId: string): TaskDraft => drafts.use()[userId] ?? emptyTask
export const lastAskedBy = (userId: string): string | undefined => lastAsked.get()[userId]
export const rememberAsked = (userId: string, key: string): void => lastAsked.set({ ...lastAsked.get(), [userId]: key })
