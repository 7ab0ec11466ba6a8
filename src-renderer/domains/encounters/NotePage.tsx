import type { NoteDetail, Visit } from '#shared/domains/encounters/model.chart.ts'
import { useActor, useMay } from '#renderer/app/actor.tsx'
import { useRouteParam } from '#renderer/app/navigation.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ClosedChart, isClosedChart } from '#renderer/ui/ClosedChart.tsx'
import { QueryState } from '#renderer/ui/states.tsx'
import { NoteEditor } from './NoteEditor.tsx'
import { SignedVisit } from './SignedVisit.tsx'

/** One visit: its note while it is written, and what was signed afterwards. */
export function NotePage() {
  const encounterId = useRouteParam('encounterId')
  const visit = useApiQuery('encounters.encounter', { id: encounterId })
  const actor = useActor()
  const mayWrite = useMay('note.write')
  if (!visit.data) {
    return (
      <Screen title="Note">
        {isClosedChart(visit.error) ? <ClosedChart error={visit.error} onOpened={() => void visit.refetch()} /> : <QueryState query={visit} what="The visit" />}
      </Screen>
    )
  }
  const mine = myDraft(visit.data, actor.staffId)
  if (mayWrite && (mine || wantsNote(visit.data))) return <NoteEditor key={encounterId} visit={visit.data} mine={mine} />
  return <SignedVisit visit={visit.data} />
}

const myDraft = (visit: Visit, staffId: string): NoteDetail | undefined => visit.notes.find((note) => note.status === 'draft' && note.author.id === staffId)

/** A visit that is under way and has no signed note yet is written in; a finished one is read. */
const wantsNote = (visit: Visit): boolean => visit.encounter.status === 'in-progress' && !visit.notes.some((note) => note.status === 'signed')
