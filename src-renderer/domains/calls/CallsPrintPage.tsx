import { useMemo } from 'react'
import { staffName, useActor, useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import { useGo, useRouteParam } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { tableBlocks } from '#renderer/app/print/parts.tsx'
import { PrintPreview } from '#renderer/app/print/PrintPreview.tsx'
import type { PrintDocument } from '#renderer/app/print/Sheets.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { dateTime, listName, phone } from '#renderer/ui/format.ts'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { inSheetOrder, nowAt, type MovedRow } from './view.ts'

/** The list of calls on paper, for whoever telephones away from a screen. */
export function CallsPrintPage() {
  const planId = useRouteParam('planId')
  const go = useGo()
  const query = useApiQuery('scheduling.callSheets', {})
  const back = () => go(paths.calls())
  const sheet = query.data?.find((one) => one.plan.id === planId)
  if (!query.data) return <QueryState query={query} what="The list of calls" />
  if (!sheet) return <EmptyState title="This list is not there any more" action={<ActionButton onClick={back}>To the calls</ActionButton>} />
  return <Preview rows={inSheetOrder([sheet])} onClose={back} />
}

function Preview({ rows, onClose }: { rows: readonly MovedRow[]; onClose: () => void }) {
  const { clinic, name } = useActor()
  const [zone, now, today] = [useZone(), useNow(), useToday()]
  const staff = useApiQuery('clinic.listStaff', {}).data
  const page = useMemo((): PrintDocument => {
    const at = (instant: string) => dateTime(instant, zone, today)
    const who = (id: string): string => staff?.filter((one) => one.id === id).map(staffName)[0] ?? ''
    return {
      clinic, title: 'Patients to call', subtitle: '', foot: 'Contains names and phones: shred it when it is worked off', printed: `Printed ${at(now)} by ${name}`,
      blocks: tableBlocks({
        key: 'calls', rows, rowKey: (row) => row.id,
        columns: [
          { title: 'Patient', width: '1.3fr', render: (row) => listName(row.appointment.patient) },
          { title: 'Phone', width: '110px', render: (row) => (row.appointment.patient.phone ? phone(row.appointment.patient.phone) : 'none') },
          { title: 'Was', width: '1fr', render: (row) => `${at(row.line.wasStartsAt)}, ${who(row.line.wasProviderId)}` },
          { title: 'Is now', width: '1fr', render: (row) => [nowAt(row, at), row.line.kind === 'moved' && who(row.appointment.providerId)].filter(Boolean).join(', ') },
          { title: 'Told', width: '70px', render: (row) => (row.state === 'to-call' ? '☐' : row.state === 'told' ? 'yes' : 'went on') },
        ],
      }),
    }
  }, [rows, clinic, name, now, today, zone, staff])
  return <PrintPreview documents={[page]} fileName="calls" onClose={onClose} />
}
