import { useMay } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { inSheetOrder, stillToTell } from './view.ts'

/** How many patients do not know yet that they were moved. */
export function useStillToTell(): number {
  const may = useMay('appointment.write')
  const sheets = useApiQuery('scheduling.callSheets', {}, { enabled: may })
  return stillToTell(inSheetOrder(sheets.data ?? []))
}
