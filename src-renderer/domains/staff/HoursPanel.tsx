import { useState } from 'react'
import type { RosterPerson } from '#shared/domains/staff/model.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DateField } from '#renderer/ui/fields.tsx'
import { FieldRow } from '#renderer/ui/form.tsx'
import { spokenName } from '#renderer/ui/format.ts'
import { IconPrinter } from '#renderer/ui/icons.ts'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { hoursText, monthAround } from './view.ts'
import styles from './Roster.module.css'

/** What the roster comes to for each person, over any days; on paper for whoever pays the wages. */
export function HoursPanel({ people, day, onClose }: { people: readonly RosterPerson[]; day: PlainDate; onClose: () => void }) {
  const go = useGo()
  const [span, setSpan] = useState(() => monthAround(day))
  const report = useApiQuery('staff.hoursReport', span, { keepPrevious: true })
  const rows = report.data?.filter((row) => row.shifts > 0 || row.leaveDays > 0) ?? []
  const nameOf = (id: string): string => people.filter((one) => one.id === id).map(spokenName)[0] ?? 'Somebody who left'
  return (
    <SidePanel title="Hours by the roster" onClose={onClose} width={460} footer={<ActionButton icon={<IconPrinter size={16} stroke={1.7} />} onClick={() => go(paths.printHours(span.from, span.to))}>Print or save as PDF</ActionButton>}>
      <FieldRow>
        <DateField label="First day" kind="day" value={span.from} onChange={(from) => from && setSpan((now) => ({ ...now, from }))} />
        <DateField label="Last day" kind="day" value={span.to} onChange={(to) => to && setSpan((now) => ({ ...now, to }))} />
      </FieldRow>
      <QueryState query={report} what="The hours" />
      {report.data && rows.length === 0 && <EmptyState title="No shifts in this time">The weekly hours are not counted: what somebody works is what the roster says.</EmptyState>}
      {rows.length > 0 && (
        <table className={styles['report']} aria-label="Hours">
          <thead><tr><th scope="col">Staff</th><th scope="col">Shifts</th><th scope="col">Hours</th><th scope="col">Days of leave</th></tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.staffId}><th scope="row">{nameOf(row.staffId)}</th><td>{row.shifts}</td><td>{hoursText(row.workMinutes)}</td><td>{row.leaveDays}</td></tr>
            ))}
          </tbody>
        </table>
      )}
    </SidePanel>
  )
}
