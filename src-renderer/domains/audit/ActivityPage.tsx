import { Select } from '@mantine/core'
import { useState } from 'react'
import type { AuditEvent } from '#shared/domains/audit/model.ts'
import { staffName, useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useCarried } from '#renderer/app/navigation.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { dateTime, mrn } from '#renderer/ui/format.ts'
import { IconArrowLeft, IconArrowRight } from '#renderer/ui/icons.ts'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { PatientPicker } from '#renderer/ui/pickers/PatientPicker.tsx'
import { actionWords, doorWords, outcomeWords } from './view.ts'
import styles from './Activity.module.css'

interface Filter { actorId: string | null; action: string | null; patientId: string | null }

/** Who did, saw or was refused what, newest first. Nothing in it can be changed, by nobody. */
export function ActivityPage() {
  const carried = useCarried()
  const [filter, setFilter] = useState<Filter>({ actorId: null, action: null, patientId: carried['patientId'] ?? null })
  // The pages before this one, so that "newer" finds its way back.
  const [starts, setStarts] = useState<readonly (number | null)[]>([null])
  const [activeId, setActiveId] = useState<string>()
  const query = useApiQuery('audit.list', { ...filter, before: starts.at(-1) ?? null, limit: 50 }, { keepPrevious: true })
  const change = (more: Partial<Filter>) => {
    setFilter({ ...filter, ...more })
    setStarts([null])
  }
  const next = query.data?.next ?? null
  const older = () => next !== null && setStarts([...starts, next])
  const newer = () => starts.length > 1 && setStarts(starts.slice(0, -1))
  useKeys([
    { id: 'activity.older', keys: '→', label: 'Older', where: 'Activity', run: older },
    { id: 'activity.newer', keys: '←', label: 'Newer', where: 'Activity', run: newer },
  ])
  return (
    <Screen
      title="Activity" meta="nothing here is ever changed" body="fill"
      strip={<Filters filter={filter} onChange={change} />}
      footer={
        <>
          <ActionButton keyId="activity.newer" icon={<IconArrowLeft size={16} stroke={1.8} />} disabledReason={starts.length === 1 ? 'These are the newest.' : undefined} onClick={newer}>Newer</ActionButton>
          <ActionButton keyId="activity.older" icon={<IconArrowRight size={16} stroke={1.8} />} disabledReason={next === null ? 'There is nothing older.' : undefined} onClick={older}>Older</ActionButton>
        </>
      }
    >
      <div className={styles['list']}>
        <QueryState query={query} what="The activity log" />
        {query.data && <Events events={query.data.events} activeId={activeId} onActive={setActiveId} />}
      </div>
    </Screen>
  )
}

function Events({ events, activeId, onActive }: { events: readonly AuditEvent[]; activeId: string | undefined; onActive: (id: string) => void }) {
  const zone = useZone()
  const today = useToday()
  const rows = events.map((event) => ({ ...event, id: String(event.seq) }))
  return (
    <DataTable
      label="Activity" rows={rows} activeId={activeId} onActiveChange={(row) => onActive(row.id)} tight
      empty={<EmptyState title="Nothing matches">No event has these filters together.</EmptyState>}
      columns={[
        { accessor: 'at', title: 'When', width: 160, render: (row) => dateTime(row.at, zone, today) },
        { accessor: 'who', title: 'Who', width: 190, render: (row) => <span className={styles['who']}>{row.actorName ?? 'Nobody signed in'}</span> },
        { accessor: 'what', title: 'What', render: (row) => actionWords(row.action) },
        { accessor: 'patient', title: 'Patient', width: 270, render: (row) => row.patientName && <>{row.patientName} {row.patientMrn !== null && <span className={`code ${styles['quiet'] ?? ''}`}>MRN {mrn(row.patientMrn)}</span>}</> },
        { accessor: 'door', title: 'From', width: 110, render: (row) => doorWords[row.door] ?? row.door },
        { accessor: 'outcome', title: 'Outcome', width: 200, render: (row) => (row.outcome === 'refused' ? <Tag tone="warn">{outcomeWords(row)}</Tag> : outcomeWords(row)) },
      ]}
    />
  )
}

function Filters({ filter, onChange }: { filter: Filter; onChange: (more: Partial<Filter>) => void }) {
  const accounts = useApiQuery('clinic.listAccounts', {})
  const actions = useApiQuery('audit.actions', {})
  const [patientName, setPatientName] = useState<string>()
  return (
    <div className={styles['filters']}>
      <Select aria-label="Person" placeholder="Everyone" clearable searchable value={filter.actorId} onChange={(actorId) => onChange({ actorId })} data={(accounts.data ?? []).map((one) => ({ value: one.userId, label: staffName(one.staff) }))} />
      <Select aria-label="What happened" placeholder="Everything" clearable searchable value={filter.action} onChange={(action) => onChange({ action })} data={(actions.data ?? []).map((action) => ({ value: action, label: actionWords(action) }))} />
      {filter.patientId ? (
        <span className={styles['chosen']}>
          About {patientName ?? 'the chosen patient'}
          <ActionButton size="compact-xs" onClick={() => onChange({ patientId: null })}>All patients</ActionButton>
        </span>
      ) : (
        <div className={styles['picker']}>
          <PatientPicker
            label="About a patient"
            onPick={(patient) => {
              setPatientName(`${patient.familyName}, ${patient.givenName}`)
              onChange({ patientId: patient.id })
            }}
          />
        </div>
      )}
    </div>
  )
}
