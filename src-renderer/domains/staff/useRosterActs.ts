import { useState } from 'react'
import type { Stranded } from '#shared/domains/scheduling/model.ts'
import type { Shift } from '#shared/domains/staff/model.ts'
import type { FillWeekInput } from '#shared/domains/staff/contract.ts'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { count } from '#renderer/ui/format.ts'
import { showToast } from '#renderer/ui/toast-store.ts'
import { shiftWords } from './view.ts'

/** What is done with the roster, each with its toast and its undo; whom it strands stands on the screen at once. */
export function useRosterActs() {
  const [problem, setProblem] = useState<string>()
  const [stranded, setStranded] = useState<readonly Stranded[]>([])
  const attempt = async (act: () => Promise<{ stranded: readonly Stranded[] } | void>): Promise<boolean> => {
    try {
      const done = await act()
      setProblem(undefined)
      setStranded(done?.stranded ?? [])
      return true
    } catch (error) {
      setProblem(errorText(error))
      return false
    }
  }
  const save = (shift: Shift, before: Shift | undefined) => attempt(async () => {
    const done = await api.staff.saveShift(shift)
    showToast({ text: shiftWords(shift), strong: before ? 'changed' : 'added', undo: () => void (before ? put(before) : remove([shift], true)) })
    return done
  })
  const put = (shift: Shift) => attempt(() => api.staff.saveShift(shift))
  const remove = (shifts: readonly Shift[], isUndo = false) => attempt(async () => {
    const done = await api.staff.removeShifts({ ids: shifts.map((shift) => shift.id) })
    if (!isUndo) showToast({ text: shifts.map(shiftWords).join(', '), strong: 'taken away', undo: async () => { for (const shift of shifts) await put(shift) } })
    return done
  })
  const fill = (input: FillWeekInput) => attempt(async () => {
    const done = await api.staff.fillWeek(input)
    const { addedIds } = done
    showToast({ text: count(addedIds.length, 'shift'), strong: 'added', ...(addedIds.length > 0 ? { undo: () => void attempt(() => api.staff.removeShifts({ ids: addedIds })) } : {}) })
    return done
  })
  return { problem, stranded, closeStranded: () => setStranded([]), attempt, save, remove, fill }
}
export type RosterActs = ReturnType<typeof useRosterActs>
