import { useId, useState } from 'react'
import type { PatientSummary } from '#shared/domains/patients/model.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { TextField } from '../fields.tsx'
import { ageSex, born, listName, mrn } from '../format.ts'
import styles from './PatientPicker.module.css'

interface PatientPickerProps {
  onPick: (patient: PatientSummary) => void
  label?: string
  autoFocus?: boolean
  /** What was typed, for the form that registers somebody new. */
  onText?: (text: string) => void
}

/** Finds a patient by name, birth date, phone or MRN. Enter takes the first, arrows choose another. */
export function PatientPicker({ onPick, label = 'Patient', autoFocus = false, onText }: PatientPickerProps) {
  const today = useToday()
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const wanted = text.trim()
  const { data: found = [], isPlaceholderData } = useApiQuery('patients.search', { text: wanted, limit: 6 }, { enabled: wanted !== '', keepPrevious: true })
  const shown = wanted === '' ? [] : found
  const pick = (patient: PatientSummary | undefined) => patient && onPick(patient)
  return (
    <div>
      <TextField
        label={label} autoComplete="off" autoFocus={autoFocus} value={text} role="combobox" aria-expanded={shown.length > 0} aria-controls={`${id}-list`} aria-autocomplete="list"
        {...(shown[at] ? { 'aria-activedescendant': `${id}-${at}` } : {})}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
          onText?.(event.currentTarget.value)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setAt(Math.min(shown.length - 1, Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1))))
          else if (event.key === 'Enter' && !event.ctrlKey && !isPlaceholderData) pick(shown[at])
          else return
          event.preventDefault()
        }}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={label} className={styles['list']} hidden={shown.length === 0}>
        {shown.map((patient, i) => (
          <li key={patient.id} id={`${id}-${i}`} role="option" aria-selected={i === at} className={styles['option']} onClick={() => pick(patient)}>
            <strong>{listName(patient)}</strong> {ageSex(patient.birthDate, patient.sex, today)}
            <span className={styles['meta']}>
              {born(patient.birthDate)} · MRN <span className="code">{mrn(patient.mrn)}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
