import { useState } from 'react'
import { type AbsenceSpan, PlanOutdated } from '#shared/domains/scheduling/contract.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { api, useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { showToast } from '#renderer/ui/toast-store.ts'
import { dropAbsenceDraft, useAbsenceDraft, type Chosen } from './absence-draft.ts'
import { choiceOf, nextOption, planRows, planSummary, type PlanRow, type Words } from './view.absence.ts'

/** The plan of one absence: what is proposed, what somebody has chosen instead, and doing all of it. */
export function usePlan(span: AbsenceSpan, userId: string, onDone: () => void) {
  const [zone, today] = [useZone(), useToday()]
  const key = [userId, span.providerId, span.from, span.to, span.isAway].join(' ')
  const [draft, choose] = useAbsenceDraft(key)
  // The same attempt keeps its id: pressed twice, it is done once.
  const [id, setId] = useState(newId)
  const query = useApiQuery('scheduling.proposePlan', span, { keepPrevious: true })
  const providers = useApiQuery('clinic.listStaff', {}).data ?? []
  const rooms = useApiQuery('clinic.listRooms', {}).data ?? []
  const apply = useCommand('scheduling.applyPlan')
  const [problem, setProblem] = useState<string>()
  const [causes, setCauses] = useState<PlanOutdated['rows']>([])
  const rows = planRows(query.data ?? [], draft)
  const words: Words = { providers, roomName: (roomId) => rooms.find((room) => room.id === roomId)?.name, zone, today }

  const undo = async (planId: string): Promise<void> => {
    try {
      await api.scheduling.undoPlan({ id: planId })
      showToast({ text: 'Everybody is back', strong: 'where they were' })
    } catch (error) {
      // The screen that was left is not there to say it.
      showToast({ text: 'Not taken back:', strong: errorText(error) })
    }
  }
  const submit = async (): Promise<void> => {
    const known = rows.filter((row) => !row.row.appointment.isRestricted)
    if (apply.isRunning || known.length === 0 || rows.some((row) => row.isClashing)) return
    try {
      const plan = await apply.run({ id, ...span, rows: known.map((row) => ({ id: row.id, version: row.row.appointment.version, choice: choiceOf(row) })) })
      dropAbsenceDraft(key)
      showToast({ text: planSummary(known), strong: 'all at once', undo: () => undo(plan.id) })
      onDone()
    } catch (error) {
      setId(newId())
      setProblem(errorText(error))
      const outdated = error instanceof Refusal && error.code === 'PLAN_OUTDATED' ? PlanOutdated.safeParse(error.data) : undefined
      setCauses(outdated?.success ? outdated.data.rows : [])
    }
  }
  const set = (row: PlanRow, chosen: Chosen): void => choose(row.id, chosen)
  return { query, rows, words, problem, causes, isRunning: apply.isRunning, submit, set, next: (row: PlanRow) => set(row, nextOption(row)) }
}
export type Plan = ReturnType<typeof usePlan>
