import type { ReactNode } from 'react'
import type { PatientMatch } from '#shared/domains/patients/model.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { api } from '#renderer/rpc/api.ts'
import { ageSex, born, listName, mrn, phone } from '../format.ts'
import styles from './PatientPicker.module.css'
import { SearchPicker } from './SearchPicker.tsx'

interface PatientPickerProps {
  onPick: (patient: PatientMatch) => void
  label?: string
  hideLabel?: boolean
  placeholder?: string
  autoFocus?: boolean
  /** What was typed, for the form that registers somebody new. */
  onText?: (text: string) => void
  /** The way to register whoever was not found. */
  nothing?: (text: string) => ReactNode
  error?: ReactNode
}

const HITS = 8
const search = (text: string, signal: AbortSignal): Promise<PatientMatch[]> => api.patients.search({ text, limit: HITS }, { signal })

/** Finds a patient by name, birth date, phone or MRN: type, then Enter for the first or Ctrl 2 for the second. */
export function PatientPicker({ onPick, label = 'Patient', nothing = nobody, ...rest }: PatientPickerProps) {
  return <SearchPicker label={label} search={search} optionKey={(patient) => patient.id} renderOption={(patient) => <Option patient={patient} />} onPick={(patient) => onPick(patient)} nothing={nothing} {...rest} />
}

const nobody = (text: string): ReactNode => `Nobody matches “${text}”. Try fewer letters, the birth year or the phone.`

function Option({ patient }: { patient: PatientMatch }) {
  const today = useToday()
  return (
    <span className={styles['option']} data-quiet={patient.inactiveReason !== null || undefined}>
      <span>
        <strong>{listName(patient)}</strong> {ageSex(patient.birthDate, patient.sex, today)}
        {patient.deceasedOn && <b className={styles['deceased']}> Deceased</b>}
        {patient.inactiveReason && !patient.deceasedOn && ' Inactive'}
      </span>
      <span className={styles['meta']}>
        {born(patient.birthDate)} · MRN <span className="code">{mrn(patient.mrn)}</span>
        {patient.phone && ` · ${phone(patient.phone)}`}
      </span>
    </span>
  )
}
