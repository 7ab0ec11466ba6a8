import { useState } from 'react'
import { dateInZone } from '#shared/kernel/time.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { listDate, listName } from '#renderer/ui/format.ts'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { staffText } from './view.ts'
import { alertTitle, overrideWords } from './words.ts'

/** What was signed against a severe warning, and why: of the charts that whoever asks may read. */
export function OverridesPage() {
  const go = useGo()
  const zone = useZone()
  const today = useToday()
  const [starts, setStarts] = useState<readonly { at: string; id: string }[]>([])
  const query = useApiQuery('medications.overrides', { before: starts.at(-1) ?? null }, { keepPrevious: true })
  const last = query.data?.at(-1)
  return (
    <Screen title="Prescribed against a warning" meta="of your patients">
      {!query.data ? <QueryState query={query} what="The report" /> : query.data.length === 0 ? <EmptyState title="None">Whoever prescribes against a severe warning gives a reason. It appears here.</EmptyState> : (
        <>
          <DataTable
            label="Prescribed against a warning" rows={query.data} onOpen={(row) => go(paths.prescriptions(row.patient.id))}
            columns={[
              { accessor: 'at', title: 'Signed', width: 90, render: (row) => listDate(dateInZone(row.at, zone), today) },
              { accessor: 'patient', title: 'Patient', width: 190, render: (row) => listName(row.patient) },
              { accessor: 'sentence', title: 'Prescription', render: (row) => <span className="unmistakable">{row.sentence}</span> },
              { accessor: 'alert', title: 'Warning', width: 250, render: (row) => alertTitle(row.alert) },
              { accessor: 'reason', title: 'Reason', width: 210, render: (row) => (row.alert.overrideReason ? overrideWords[row.alert.overrideReason] : 'none: signed off line') },
              { accessor: 'by', title: 'By', width: 110, render: (row) => staffText(row.prescriber) },
            ]}
          />
          {last && query.data.length === 50 && <ActionButton variant="subtle" onClick={() => setStarts([...starts, { at: last.at, id: last.id }])}>Show older ones</ActionButton>}
          {starts.length > 0 && <ActionButton variant="subtle" onClick={() => setStarts(starts.slice(0, -1))}>Back to newer ones</ActionButton>}
        </>
      )}
    </Screen>
  )
}
