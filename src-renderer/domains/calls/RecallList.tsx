import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import type { RecallCursor } from '#shared/domains/calls/contract.ts'
import { callOutcomes, type CallOutcome, type ListedRecall } from '#shared/domains/calls/model.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { api, queryOptionsFor } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { ContactNotes, useContactFacts } from '#renderer/ui/ContactNotes.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { listName, phone } from '#renderer/ui/format.ts'
import { AllDone, Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { dueOf, lastCallOf, nextAfter, reasonOf } from './view.ts'
import { outcomeKeys, outcomeWords } from './words.ts'
import styles from './Calls.module.css'

const start: readonly (RecallCursor | null)[] = [null]
/** One by rule gets a row of its own with the first thing done about it. */
const which = ({ id, origin, contacts }: ListedRecall) => (origin && contacts === 0 && id === origin.sourceId ? { id: newId(), origin } : { id })

function useRecalls() {
  const [cursors, setCursors] = useState(start)
  const pages = useQueries({ queries: cursors.map((after) => queryOptionsFor('calls.listRecalls', { after })) })
  const [first] = pages
  const next = pages.at(-1)?.data?.next
  const rows = [...new Map(pages.flatMap((page) => page.data?.recalls ?? []).map((one) => [one.id, one])).values()]
  const query = { isPending: first?.isPending ?? true, isError: first?.isError ?? false, error: first?.error, refetch: () => first?.refetch() }
  return { rows, query, isReady: first?.data !== undefined, more: next ? () => setCursors([...cursors, next]) : undefined }
}

/** Patients who should come again, the longest overdue first; each one leaves by being booked, or comes back when it is time. */
export function RecallList() {
  const zone = useZone()
  const today = useToday()
  const go = useGo()
  const { rows, query, isReady, more } = useRecalls()
  const [activeId, setActive] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const active = rows.find((row) => row.id === activeId) ?? rows[0]
  const contact = useContactFacts(rows.map((row) => row.patientId))
  const attempt = async (row: ListedRecall, act: () => Promise<unknown>): Promise<void> => {
    setActive(nextAfter(rows, row.id)?.id)
    await act().then(() => setProblem(undefined), (error: unknown) => setProblem(errorText(error)))
  }
  const note = (row: ListedRecall, outcome: CallOutcome) => attempt(row, () => api.calls.recordCall({ ...which(row), callId: newId(), outcome }))
  const close = (row: ListedRecall) => attempt(row, async () => {
    const { id } = await api.calls.closeRecall(which(row))
    showToast({ text: `${listName(row.patient)} is not called about this any more`, undo: () => api.calls.reopenRecall({ id }) })
  })
  const book = (row: ListedRecall) => go(paths.day(), { book: row.patientId, ...(row.typeId ? { type: row.typeId } : {}) })
  useKeys([
    ...callOutcomes.map((outcome) => ({ id: `recall.${outcome}`, keys: outcomeKeys[outcome], label: outcomeWords[outcome], where: 'Calls', when: () => active !== undefined, run: () => active && void note(active, outcome) })),
    { id: 'recall.book', keys: 'B', label: 'Book', where: 'Calls', when: () => active !== undefined, run: () => active && book(active) },
  ])
  return (
    <>
      {problem && <div role="alert" className={styles['problem']}><Notice tone="bad">{problem}</Notice></div>}
      <QueryState query={query} what="The recall list" />
      {isReady && (
        <DataTable
          label="To recall" rows={rows} activeId={active?.id} onActiveChange={(row) => setActive(row.id)}
          empty={<AllDone title="Nobody is to be called now">Whoever should come again within 30 days appears here: by a rule, or because somebody asked for it (Ctrl K, the name, Tab R).</AllDone>}
          columns={[
            { accessor: 'due', title: 'Call', width: 120, render: (row) => dueOf(row, today) },
            { accessor: 'patient', title: 'Patient', render: (row) => <span className={styles['name']}>{listName(row.patient)} <ContactNotes facts={contact.get(row.patientId)} about="recall" /></span> },
            { accessor: 'phone', title: 'Phone', width: 150, render: (row) => (row.patient.phone ? phone(row.patient.phone) : 'None on file') },
            { accessor: 'why', title: 'For', render: reasonOf },
            { accessor: 'last', title: 'Last call', width: 260, render: (row) => lastCallOf(row, zone, today) },
          ]}
        />
      )}
      {more && <div className={styles['more']}><ActionButton onClick={more}>Show more</ActionButton></div>}
      {active && (
        <div className={styles['foot']} data-region="footer">
          <span className={styles['who']}><strong>{listName(active.patient)}</strong> {active.patient.phone ? phone(active.patient.phone) : 'has no phone on file'} <ContactNotes facts={contact.get(active.patientId)} about="recall" /></span>
          <ActionButton variant="filled" keyId="recall.book" onClick={() => book(active)}>Book</ActionButton>
          {callOutcomes.map((outcome) => <ActionButton key={outcome} keyId={`recall.${outcome}`} onClick={() => void note(active, outcome)}>{outcomeWords[outcome]}</ActionButton>)}
          <ActionButton onClick={() => void close(active)}>Close recall</ActionButton>
        </div>
      )}
    </>
  )
}
