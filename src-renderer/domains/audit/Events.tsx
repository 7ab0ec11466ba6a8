import { useState } from 'react'
import type { AuditPage } from '#shared/domains/audit/contract.ts'
import type { AuditEvent } from '#shared/domains/audit/model.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { dateTime, mrn } from '#renderer/ui/format.ts'
import { IconArrowLeft, IconArrowRight } from '#renderer/ui/icons.ts'
import { EmptyState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { actionWords, amountWords, doorWords, outcomeWords, rolesWords } from './view.ts'
import styles from './Activity.module.css'

/** The start of each page that was looked at, so that "newer" finds its way back. */
export function usePages() {
  const [starts, setStarts] = useState<readonly (number | null)[]>([null])
  return {
    before: starts.at(-1) ?? null,
    isFirst: starts.length === 1,
    first: () => setStarts([null]),
    older: (next: number | null) => next !== null && setStarts([...starts, next]),
    newer: () => starts.length > 1 && setStarts(starts.slice(0, -1)),
  }
}

export function PageButtons({ pages, page }: { pages: ReturnType<typeof usePages>; page: AuditPage | undefined }) {
  const next = page?.next ?? null
  useKeys([
    { id: 'activity.older', keys: '→', label: 'Older', where: 'Activity', run: () => void pages.older(next) },
    { id: 'activity.newer', keys: '←', label: 'Newer', where: 'Activity', run: () => void pages.newer() },
  ])
  return (
    <>
      <ActionButton keyId="activity.newer" icon={<IconArrowLeft size={16} stroke={1.8} />} disabledReason={pages.isFirst ? 'These are the newest.' : undefined} reasonAt="hidden" onClick={pages.newer}>Newer</ActionButton>
      <ActionButton keyId="activity.older" icon={<IconArrowRight size={16} stroke={1.8} />} disabledReason={next === null ? 'There is nothing older.' : undefined} reasonAt="hidden" onClick={() => pages.older(next)}>Older</ActionButton>
    </>
  )
}

/** Who, what, about whom, how it ended; one line each. */
export function Events({ events, own = false, narrow = false, tight = false }: { events: readonly AuditEvent[]; own?: boolean; narrow?: boolean; tight?: boolean }) {
  const zone = useZone()
  const today = useToday()
  const [activeId, setActiveId] = useState<string>()
  const rows = events.map((event) => ({ ...event, id: String(event.seq) }))
  return (
    <DataTable
      label="Activity" rows={rows} activeId={activeId} onActiveChange={(row) => setActiveId(row.id)} tight
      empty={<EmptyState title="Nothing matches">No event has these filters together.</EmptyState>}
      columns={[
        ...(tight ? [] : [{ accessor: 'seq', title: 'No.', width: 74, textAlign: 'right' as const, render: (row: AuditEvent) => <span className={styles['quiet']}>{row.seq.toLocaleString('en-US')}</span> }]),
        { accessor: 'at', title: 'When', width: 138, render: (row) => dateTime(row.at, zone, today) },
        ...(own ? [] : [{ accessor: 'who', title: 'Who', width: 210, render: (row: AuditEvent) => <Who event={row} /> }]),
        { accessor: 'what', title: 'What', render: (row) => <What event={row} /> },
        ...(narrow ? [] : [{ accessor: 'patient', title: 'Patient', width: 236, render: (row: AuditEvent) => <Patient event={row} /> }]),
        ...(tight ? [] : [{ accessor: 'door', title: 'From', width: 104, render: (row: AuditEvent) => doorWords[row.door] ?? row.door }]),
        { accessor: 'outcome', title: 'Outcome', width: 196, render: (row) => (row.outcome === 'refused' ? <Tag tone="warn">{outcomeWords(row)}</Tag> : outcomeWords(row)) },
      ]}
    />
  )
}

function Who({ event }: { event: AuditEvent }) {
  return (
    <>
      <span className={styles['who']}>{event.actorName ?? 'Nobody signed in'}</span>
      {event.roles && <> <span className={styles['quiet']}>{rolesWords(event.roles)}</span></>}
    </>
  )
}

function What({ event }: { event: AuditEvent }) {
  const amount = amountWords(event)
  return (
    <>
      {actionWords(event.action)}
      {amount && <> <span className={styles['quiet']}>· {amount}</span></>}
      {event.reason && !event.action.startsWith('audit.') && <> <Tag tone="warn">{actionWords(event.reason)}</Tag></>}
    </>
  )
}

function Patient({ event }: { event: AuditEvent }) {
  if (!event.patientName) return null
  return (
    <>
      {event.patientName} {event.patientMrn !== null && <span className={`code ${styles['quiet'] ?? ''}`}>MRN {mrn(event.patientMrn)}</span>}
    </>
  )
}
