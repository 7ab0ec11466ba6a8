import { dateInZone, daysBetween } from '#shared/kernel/time.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { ageSex, dateTime, listName, nearDate } from '#renderer/ui/format.ts'
import { AllDone, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import styles from './Home.module.css'

/** My notes that wait for a signature, the oldest first. */
export function UnsignedNotes() {
  const go = useGo()
  const zone = useZone()
  const today = useToday()
  const drafts = useApiQuery('encounters.myDrafts', {})
  const openNote = (row: { encounterId: string }) => go(paths.note(row.encounterId))
  return (
    <Card title="Notes to sign" note={drafts.data && drafts.data.length > 0 ? drafts.data.length : undefined} flush>
      {!drafts.data && <QueryState query={drafts} what="The list of notes" />}
      {drafts.data?.length === 0 && <AllDone title="All notes are signed">Notes you begin and do not sign appear here.</AllDone>}
      {drafts.data && drafts.data.length > 0 && (
        <div className={styles['table']}>
          <DataTable
            label="Notes to sign" rows={drafts.data} onOpen={openNote}
            columns={[
              { accessor: 'patient', title: 'Patient', width: 220, render: (row) => <><b>{listName(row.patient)}</b> <span className={styles['dim']}>{ageSex(row.patient.birthDate, row.patient.sex, today)}</span></> },
              { accessor: 'reason', title: 'Visit', render: (row) => row.reason ?? 'Visit' },
              { accessor: 'visitAt', title: 'Seen', width: 120, render: (row) => { const on = dateInZone(row.visitAt, zone); return daysBetween(on, today) > 0 ? <Tag tone="warn">{nearDate(on, today)}</Tag> : 'Today' } },
              { accessor: 'savedAt', title: 'Saved', width: 150, render: (row) => dateTime(row.savedAt, zone, today) },
            ]}
          />
        </div>
      )}
    </Card>
  )
}
