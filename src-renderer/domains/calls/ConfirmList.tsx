import { useState } from 'react'
import type { ConfirmationDay } from '#shared/domains/calls/contract.ts'
import { confirmationOutcomes, type Confirmation, type ConfirmationOutcome } from '#shared/domains/calls/model.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { ContactNotes, useContactFacts } from '#renderer/ui/ContactNotes.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { dateTime, listName, phone, time } from '#renderer/ui/format.ts'
import { AllDone, Notice, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { ReminderPanel } from './ReminderPanel.tsx'
import { inCallOrder, nextAfter, outcomeTone } from './view.ts'
import { confirmationKeys, confirmationWords } from './words.ts'
import styles from './Calls.module.css'

type Query = Parameters<typeof QueryState>[0]['query'] & { data: ConfirmationDay | undefined }

/** Tomorrow’s patients with their phone: one press for what each of them said, and the next one is chosen. */
export function ConfirmList({ day }: { day: Query }) {
  const zone = useZone()
  const today = useToday()
  const go = useGo()
  const [activeId, setActive] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [isReminding, setReminding] = useState(false)
  const staff = useApiQuery('clinic.listStaff', {}).data ?? []
  const rows = inCallOrder(day.data?.appointments ?? [])
  const active = rows.find((row) => row.id === activeId) ?? rows[0]
  const note = async (row: Confirmation, outcome: ConfirmationOutcome): Promise<void> => {
    setActive(nextAfter(rows, row.id)?.id)
    try {
      await api.calls.confirm({ id: newId(), appointmentId: row.id, startsAt: row.startsAt, outcome })
      setProblem(undefined)
      if (outcome === 'wants-to-move' && day.data) go(paths.day(day.data.date), { choose: row.id })
    } catch (error) {
      setProblem(errorText(error))
    }
  }
  const contact = useContactFacts(rows.map((row) => row.patient.id))
  useKeys([{ id: 'calls.reminder', keys: 'R', label: 'The reminder in words', where: 'Calls', when: () => active !== undefined, run: () => setReminding(true) }, ...confirmationOutcomes.map((outcome) => ({ id: `calls.${outcome}`, keys: confirmationKeys[outcome], label: confirmationWords[outcome], where: 'Calls', when: () => active !== undefined, run: () => active && void note(active, outcome) }))])
  const provider = (id: string): string => staff.filter((one) => one.id === id).map((one) => [one.title, one.familyName].filter(Boolean).join(' '))[0] ?? ''
  return (
    <>
      {problem && <div role="alert" className={styles['problem']}><Notice tone="bad">{problem}</Notice></div>}
      <QueryState query={day} what="The list of calls" />
      {day.data && (
        <DataTable
          label="To confirm" rows={rows} activeId={active?.id} onActiveChange={(row) => setActive(row.id)}
          empty={<AllDone title="Nobody is booked for that day">Whoever is booked for the next working day appears here with the phone.</AllDone>}
          columns={[
            { accessor: 'time', title: 'Time', width: 90, render: (row) => time(row.startsAt, zone) },
            { accessor: 'patient', title: 'Patient', render: (row) => <><span className={styles['name']}>{listName(row.patient)}</span> <ContactNotes facts={contact.get(row.patient.id)} /></> },
            { accessor: 'phone', title: 'Phone', width: 150, render: (row) => (row.patient.phone ? phone(row.patient.phone) : 'None on file') },
            { accessor: 'type', title: 'Visit type', width: 150, render: (row) => row.typeName },
            { accessor: 'provider', title: 'Provider', width: 130, render: (row) => provider(row.providerId) },
            { accessor: 'said', title: 'Answer', width: 150, render: (row) => (row.outcome ? <Tag tone={outcomeTone(row.outcome)}>{confirmationWords[row.outcome]}</Tag> : 'Not asked yet') },
            { accessor: 'at', title: 'Asked', width: 130, render: (row) => row.askedAt && dateTime(row.askedAt, zone, today) },
          ]}
        />
      )}
      {active && (
        <div className={styles['foot']} data-region="footer">
          <span className={styles['who']}><strong>{listName(active.patient)}</strong> {active.patient.phone ? phone(active.patient.phone) : 'has no phone on file'} <ContactNotes facts={contact.get(active.patient.id)} /></span>
          {confirmationOutcomes.map((outcome, i) => <ActionButton key={outcome} variant={i === 0 ? 'filled' : 'default'} keyId={`calls.${outcome}`} onClick={() => void note(active, outcome)}>{confirmationWords[outcome]}</ActionButton>)}
          <ActionButton keyId="calls.reminder" onClick={() => setReminding(true)}>Reminder</ActionButton>
          {(active.instructions || active.telehealthUrl) && <span className={styles['tell']}>{[active.instructions, active.telehealthUrl && `By video: ${active.telehealthUrl}`].filter(Boolean).join(' · ')}</span>}
        </div>
      )}
      {active && isReminding && <ReminderPanel one={active} provider={provider(active.providerId)} onClose={() => setReminding(false)} />}
    </>
  )
}
