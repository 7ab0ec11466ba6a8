import { useState } from 'react'
import type { TaskPerson } from '#shared/domains/tasks/model.ts'
import { proposedAddressee, readAddressee, readDue, readsCharts } from '#shared/domains/tasks/rules.ts'
import { useActor, useToday } from '#renderer/app/actor.tsx'
import type { Subject } from '#renderer/app/asked.ts'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { listName } from '#renderer/ui/format.ts'
import { showToast } from '#renderer/ui/toast-store.ts'
import { lastAskedBy, rememberAsked, setTaskDraft, useTaskDraft, type TaskDraft } from './task-draft.ts'
import { addresseeOf, keyOf, nameOf, rolesOf } from './view.ts'

const nobody: readonly TaskPerson[] = []

/** A new task: what is typed, whom it is for, and what is missing still. @name in the text chooses somebody. */
export function useComposer(subject: Subject, onDone: () => void) {
  const actor = useActor()
  const today = useToday()
  const draft = useTaskDraft(actor.userId)
  const [problem, setProblem] = useState<string>()
  const [isRunning, setRunning] = useState(false)
  const [id] = useState(newId)
  const people = useApiQuery('tasks.people', {}).data ?? nobody
  const patientId = usePatientOf(subject)
  const patient = useApiQuery('patients.get', { id: patientId ?? '' }, { enabled: patientId !== undefined }).data?.patient
  const named = readAddressee(draft.text, people)
  const toKey = named ? keyOf(named.to) : (draft.toKey ?? lastAskedBy(actor.userId) ?? keyOf(proposedAddressee(actor.roles)))
  const to = addresseeOf(toKey)
  const mayBeClinical = patientId !== undefined && readsCharts(actor.roles) && readsCharts(rolesOf(to, people))
  const isClinical = mayBeClinical && (draft.isClinical ?? true)
  const dueOn = readDue(draft.dueText, today)
  const text = (named?.text ?? draft.text).trim()
  const missing = text === '' ? 'Say what is to be done' : dueOn === undefined ? 'Say until when' : undefined

  const change = (changes: Partial<TaskDraft>): void => setTaskDraft(actor.userId, { ...draft, ...changes })
  /** Once somebody was named in the text, the choice shows them and the text goes on without. */
  const settleName = (): void => named && change({ text: named.text, toKey })

  async function submit(): Promise<void> {
    if (missing !== undefined || dueOn === undefined || isRunning) return
    setRunning(true)
    try {
      const about = { id, text, to, dueOn, urgency: draft.isUrgent ? ('urgent' as const) : ('normal' as const) }
      if (isClinical && patientId) await api.tasks.addClinical({ ...about, patientId, encounterId: subject.encounterId ?? null })
      else await api.tasks.add({ ...about, patientId: patientId ?? null, appointmentId: patientId ? (subject.appointmentId ?? null) : null })
      rememberAsked(actor.userId, toKey)
      setTaskDraft(actor.userId, undefined)
      showToast({ text: 'Task for', strong: nameOf(to, people), undo: () => api.tasks.cancel({ id }) })
      onDone()
    } catch (error) {
      setProblem(errorText(error))
    } finally {
      setRunning(false)
    }
  }
  return { draft, change, settleName, people, toKey, mayBeClinical, isClinical, dueOn, missing, problem, isRunning, submit, whom: patient ? listName(patient) : undefined, hasPatient: patientId !== undefined }
}
export type Composer = ReturnType<typeof useComposer>

/** A note's address names the visit; whose it is its reader may ask. */
function usePatientOf({ patientId, encounterId }: Subject): string | undefined {
  const isAsked = patientId === undefined && encounterId !== undefined
  const visit = useApiQuery('encounters.encounter', { id: encounterId ?? '' }, { enabled: isAsked })
  return patientId ?? (isAsked ? visit.data?.encounter.patientId : undefined)
}
