import { useState } from 'react'
import type { Addressee, DeclineReason, ListedTask } from '#shared/domains/tasks/model.ts'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { showToast } from '#renderer/ui/toast-store.ts'

type Stepped = Pick<ListedTask, 'id' | 'version' | 'isClinical'>

export interface TaskSteps {
  /** Why the last act was not done, in words. */
  problem: string | null
  take: (task: Stepped) => Promise<boolean>
  finish: (task: Stepped) => Promise<boolean>
  decline: (task: Stepped, reason: DeclineReason) => Promise<boolean>
  cancel: (task: Stepped) => Promise<boolean>
  reopen: (task: Stepped) => Promise<boolean>
  hand: (task: Stepped, to: Addressee, name: string) => Promise<boolean>
  say: (task: Stepped, text: string) => Promise<boolean>
}

/** Every act on a task in one place: run it, say that it is done, offer to undo it; or say in place why it was not. */
export function useTaskSteps(): TaskSteps {
  const [problem, setProblem] = useState<string | null>(null)
  async function attempt(act: () => Promise<unknown>, done?: () => void): Promise<boolean> {
    try {
      await act()
      setProblem(null)
      done?.()
      return true
    } catch (error) {
      setProblem(errorText(error))
      return false
    }
  }
  const undo = ({ id }: Stepped) => () => attempt(() => api.tasks.reopen({ id }))
  return {
    problem,
    take: (task) => attempt(() => api.tasks.take({ id: task.id }), () => showToast({ text: 'Task taken:', strong: 'it is yours' })),
    finish: (task) => attempt(() => api.tasks.finish({ id: task.id }), () => showToast({ text: 'Task', strong: 'done', undo: undo(task) })),
    decline: (task, reason) => attempt(() => api.tasks.decline({ id: task.id, reason }), () => showToast({ text: 'Task given back to', strong: 'whoever asked', undo: undo(task) })),
    cancel: (task) => attempt(() => api.tasks.cancel({ id: task.id }), () => showToast({ text: 'Task', strong: 'called off', undo: undo(task) })),
    reopen: (task) => attempt(() => api.tasks.reopen({ id: task.id })),
    hand: (task, to, name) => attempt(() => api.tasks.hand({ id: task.id, version: task.version, to }), () => showToast({ text: 'Task handed to', strong: name })),
    say: (task, text) => attempt(() => (task.isClinical ? api.tasks.sayClinical : api.tasks.say)({ id: newId(), taskId: task.id, text })),
  }
}
