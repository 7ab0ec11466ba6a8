import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { AuditFilter } from '#shared/domains/audit/contract.ts'
import { auditOutcomes, type AuditEvent } from '#shared/domains/audit/model.ts'
import { staffName } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DateField } from '#renderer/ui/fields.tsx'
import { PatientPicker } from '#renderer/ui/pickers/PatientPicker.tsx'
import { actionWords } from './view.ts'
import styles from './Activity.module.css'

export const NO_FILTER: AuditFilter = { actorId: null, patientId: null, action: null, outcome: null, from: null, to: null, searched: null }
export const isFiltered = (filter: AuditFilter): boolean => Object.values(filter).some((value) => value !== null)

interface FiltersProps {
  filter: AuditFilter
  onChange: (more: Partial<AuditFilter>) => void
}

const outcomes: Record<AuditEvent['outcome'], string> = { done: 'Done', seen: 'Looked at', refused: 'Refused' }

/** What everybody may ask of their own acts. */
export function CommonFilters({ filter, onChange }: FiltersProps) {
  return (
    <>
      <Select className={styles['short']} aria-label="Outcome" placeholder="Any outcome" clearable value={filter.outcome} onChange={(outcome) => onChange({ outcome: auditOutcomes.find((one) => one === outcome) ?? null })} data={auditOutcomes.map((value) => ({ value, label: outcomes[value] }))} />
      <DateField className={styles['day']} kind="day" aria-label="From" placeholder="From" value={filter.from ?? undefined} onChange={(from) => onChange({ from: from ?? null })} />
      <DateField className={styles['day']} kind="day" aria-label="To" placeholder="To" value={filter.to ?? undefined} onChange={(to) => onChange({ to: to ?? null })} />
    </>
  )
}

export function Filters({ filter, onChange, patientName }: FiltersProps & { patientName: string | undefined }) {
  const accounts = useApiQuery('clinic.listAccounts', {})
  const actions = useApiQuery('audit.actions', {})
  const [word, setWord] = useState('')
  const isSearch = filter.action === 'patient.searched'
  return (
    <div className={styles['filters']}>
      <Select aria-label="Person" placeholder="Everyone" clearable searchable value={filter.actorId} onChange={(actorId) => onChange({ actorId })} data={(accounts.data ?? []).map((one) => ({ value: one.userId, label: staffName(one.staff) }))} />
      <Select
        aria-label="What happened" placeholder="Everything" clearable searchable value={filter.action} data={(actions.data ?? []).map((action) => ({ value: action, label: actionWords(action) }))}
        onChange={(action) => {
          setWord('')
          onChange({ action, searched: null })
        }}
      />
      {isSearch && (
        <TextInput
          className={styles['word']} aria-label="Word that was searched for" placeholder="Which word?" value={word}
          onChange={(event) => {
            setWord(event.currentTarget.value)
            onChange({ searched: event.currentTarget.value.trim() || null })
          }}
        />
      )}
      <CommonFilters filter={filter} onChange={onChange} />
      <AboutPatient filter={filter} onChange={onChange} patientName={patientName} />
    </div>
  )
}

/** The name comes with the events; the filter itself holds an id. */
function AboutPatient({ filter, onChange, patientName }: FiltersProps & { patientName: string | undefined }) {
  if (filter.patientId) {
    return (
      <span className={styles['chosen']}>
        About {patientName ?? 'the chosen patient'}
        <ActionButton size="compact-xs" onClick={() => onChange({ patientId: null })}>All patients</ActionButton>
      </span>
    )
  }
  return (
    <div className={styles['picker']}>
      <PatientPicker label="About a patient" hideLabel placeholder="About a patient" onPick={(patient) => onChange({ patientId: patient.id })} />
    </div>
  )
}
