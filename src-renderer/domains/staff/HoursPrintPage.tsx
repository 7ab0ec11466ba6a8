import { useMemo } from 'react'
import type { PersonHours } from '#shared/domains/staff/contract.ts'
import { useActor, useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import { useGo, useRouteParam } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { tableBlocks } from '#renderer/app/print/parts.tsx'
import { PrintPreview } from '#renderer/app/print/PrintPreview.tsx'
import type { PrintDocument } from '#renderer/app/print/Sheets.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { date, dateTime, spokenName } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { hoursText } from './view.ts'

/** The hours of some weeks on paper or as a file. */
export function HoursPrintPage() {
  const [from, to] = [useRouteParam('from'), useRouteParam('to')]
  const query = useApiQuery('staff.hoursReport', { from, to })
  if (!query.data) return <QueryState query={query} what="The hours" />
  return <Preview rows={query.data} from={from} to={to} />
}

function Preview({ rows, from, to }: { rows: readonly PersonHours[]; from: string; to: string }) {
  const { clinic, name } = useActor()
  const [zone, now, today, go] = [useZone(), useNow(), useToday(), useGo()]
  const people = useApiQuery('staff.roster', { weekOf: from }).data?.people
  const page = useMemo((): PrintDocument => ({
    clinic, title: 'Hours by the roster', subtitle: `${date(from)} to ${date(to)}`, foot: 'Breaks left out; days of leave are no work', printed: `Printed ${dateTime(now, zone, today)} by ${name}`,
    blocks: tableBlocks({
      key: 'hours', rows, rowKey: (row) => row.staffId,
      columns: [
        { title: 'Staff', width: '1fr', render: (row) => people?.filter((one) => one.id === row.staffId).map(spokenName)[0] ?? 'Somebody who left' },
        { title: 'Shifts', width: '80px', align: 'right', render: (row) => row.shifts },
        { title: 'Hours', width: '120px', align: 'right', render: (row) => hoursText(row.workMinutes) },
        { title: 'Days of leave', width: '110px', align: 'right', render: (row) => row.leaveDays },
      ],
    }),
  }), [rows, clinic, name, now, today, zone, people, from, to])
  return <PrintPreview documents={[page]} fileName="hours" onClose={() => go(paths.roster())} />
}
