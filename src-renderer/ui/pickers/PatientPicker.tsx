import type { PatientSummary } from '#shared/domains/patients/model.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { api } from '#renderer/rpc/api.ts'
import { ageSex, born, listName, mrn } from '../format.ts'
import { SearchPicker } from './SearchPicker.tsx'

interface PatientPickerProps {
  onPick: (patient: PatientSummary) => void
  label?: string
  autoFocus?: boolean
  /** What was typed, for the form that registers somebody new. */
  onText?: (text: string) => void
}

const ROWS = 6
const search = (text: string, signal: AbortSignal): Promise<readonly PatientSummary[]> => api.patients.search({ text, limit: ROWS }, { signal })

/** Finds a patient by name, birth date, phone or MRN. */
export function PatientPicker({ onPick, label = 'Patient', autoFocus = false, onText }: PatientPickerProps) {
  const today = useToday()
  return (
    <SearchPicker
      label={label} autoFocus={autoFocus} search={search} optionKey={(patient) => patient.id} onPick={onPick}
      {...(onText ? { onText } : {})}
      nothing={(text) => `No patient matches “${text}”.`}
      renderOption={(patient) => (
        <>
          <strong>{listName(patient)}</strong> {ageSex(patient.birthDate, patient.sex, today)} · {born(patient.birthDate)} · MRN <span className="code">{mrn(patient.mrn)}</span>
        </>
      )}
    />
  )
}
