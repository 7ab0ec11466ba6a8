import { useState } from 'react'
import { confirmationOutcomes, type ConfirmationOutcome } from '#shared/domains/calls/model.ts'
import type { AbsencePlan, CallLine } from '#shared/domains/scheduling/model.absence.ts'
import { limits } from '#shared/kernel/limits.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { staffName, useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { dateTime, listName, phone } from '#renderer/ui/format.ts'
import { IconPrinter } from '#renderer/ui/icons.ts'
import { AllDone, Notice, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { inSheetOrder, nextAfter, nowAt, outcomeTone, type MovedRow } from './view.ts'
import { confirmationKeys, movedWords } from './words.ts'
import styles from './Calls.module.css'

type Query = Parameters<typeof QueryState>[0]['query'] & { data: readonly { plan: AbsencePlan; lines: readonly CallLine[] }[] | undefined }

/** Whom an absence has moved: with the phone, the old and the new time, one press for what each of them said. */
export function MovedList({ sheets }: { sheets: Query }) {
  const [zone, today, go] = [useZone(), useToday(), useGo()]
  const [activeId, setActive] = useState<string>()
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<string>()
  const staff = useApiQuery('clinic.listStaff', {}).data ?? []
  const rows = inSheetOrder(sheets.data ?? [])
  const active = rows.find((row) => row.id === activeId) ?? rows[0]
  const who = (id: string): string => staff.filter((one) => one.id === id).map(staffName)[0] ?? ''
  const say = async (row: MovedRow, outcome: ConfirmationOutcome): Promise<void> => {
    try {
      await api.calls.confirm({ id: newId(), appointmentId: row.line.appointmentId, startsAt: row.line.startsAt, outcome, note: note.trim() })
      setProblem(undefined)
      setNote('')
      setActive(nextAfter(rows, row.id)?.id)
      if (outcome === 'wants-to-move') go(paths.day(dateInZone(row.appointment.startsAt, zone)))
    } catch (error) {
      setProblem(errorText(error))
    }
  }
  const canCall = active?.state === 'to-call'
  useKeys(confirmationOutcomes.map((outcome) => ({ id: `moved.${outcome}`, keys: confirmationKeys[outcome], label: movedWords[outcome], where: 'Calls', when: () => canCall, run: () => active && void say(active, outcome) })))
  const choose = (row: MovedRow): void => {
    setActive(row.id)
    if (row.id !== active?.id) setNote('')
  }
  return (
    <>
      {problem && <div role="alert" className={styles['problem']}><Notice tone="bad">{problem}</Notice></div>}
      <QueryState query={sheets} what="The list of calls" />
      {sheets.data && (
        <DataTable
          label="Moved patients" rows={rows} tall activeId={active?.id} onActiveChange={choose}
          empty={<AllDone title="Nobody has to be told">When a provider is away and their patients are moved, each of them stands here with the phone until they know.</AllDone>}
          columns={[
            { accessor: 'patient', title: 'Patient', render: (row) => <span className={styles['lines']}><strong>{listName(row.appointment.patient)}</strong><span>{row.appointment.patient.phone ? phone(row.appointment.patient.phone) : 'No phone on file'}</span></span> },
            { accessor: 'was', title: 'Was', width: 190, render: (row) => <span className={styles['lines']}><s>{dateTime(row.line.wasStartsAt, zone, today)}</s><span>{who(row.line.wasProviderId)}</span></span> },
            { accessor: 'now', title: 'Is now', width: 200, render: (row) => <span className={styles['lines']}><strong>{nowAt(row, (at) => dateTime(at, zone, today))}</strong><span>{row.line.kind === 'moved' ? who(row.appointment.providerId) : ''}</span></span> },
            { accessor: 'said', title: 'Told', width: 130, render: (row) => <Said row={row} /> },
            { accessor: 'at', title: 'Last call', width: 190, render: (row) => <span className={styles['lines']}><span>{row.calledAt ? `${dateTime(row.calledAt, zone, today)}${row.calls > 1 ? `, ${row.calls} calls` : ''}` : ''}</span><span>{row.note}</span></span> },
          ]}
        />
      )}
      {active && (
        <div className={styles['foot']} data-region="footer">
          <span className={styles['who']}><strong>{listName(active.appointment.patient)}</strong> {active.appointment.patient.phone ? phone(active.appointment.patient.phone) : 'has no phone on file'}</span>
          <TextField aria-label="Note about the call" placeholder="Note" autoComplete="off" maxLength={limits.line_chars} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          {confirmationOutcomes.map((outcome, i) => <ActionButton key={outcome} variant={i === 0 ? 'filled' : 'default'} keyId={`moved.${outcome}`} disabledReason={canCall ? undefined : 'They have been told, or the visit has gone on.'} reasonAt="hidden" onClick={() => void say(active, outcome)}>{movedWords[outcome]}</ActionButton>)}
          <ActionButton aria-label="Print the list of calls" icon={<IconPrinter size={16} stroke={1.7} />} onClick={() => go(paths.printCalls(active.planId))}>Print</ActionButton>
        </div>
      )}
    </>
  )
}

function Said({ row }: { row: MovedRow }) {
  if (row.state === 'gone-on') return <Tag>Visit went on</Tag>
  const outcome = confirmationOutcomes.find((one) => one === row.outcome)
  return outcome ? <Tag tone={outcomeTone(outcome)}>{movedWords[outcome]}</Tag> : <>Not called yet</>
}
