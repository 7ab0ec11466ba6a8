import { Select } from '@mantine/core'
import { useState } from 'react'
import type { TogetherWay } from '#shared/domains/scheduling/contract.series.ts'
import type { PatientSummary } from '#shared/domains/patients/model.ts'
import type { AppointmentType } from '#shared/domains/scheduling/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { KeyHint } from '#renderer/app/keys/keys.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ageSex, listName } from '#renderer/ui/format.ts'
import { ChoiceField } from '#renderer/ui/form.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { IconX } from '#renderer/ui/icons.ts'
import { PatientPicker } from '#renderer/ui/pickers/PatientPicker.tsx'
import type { Companion } from './booking-draft.ts'
import type { Booking } from './useBooking.ts'
import panels from './Panels.module.css'
import styles from './Series.module.css'

const wayWords: Record<TogetherWay, string> = { 'in-turn': 'One after the other', 'at-once': 'At the same time', group: 'One group visit' }

/** Who comes along: a family, two siblings, a group. Whoever has the same phone is one press away. */
export function CompanionFields({ booking, types, isAsked, onAsk }: { booking: Booking; types: readonly AppointmentType[]; isAsked: boolean; onAsk: () => void }) {
  const { draft, change, together } = booking
  const [round, setRound] = useState(0)
  const { patient, companions } = draft
  const relatives = useApiQuery('scheduling.listRelatives', { patientId: patient?.id ?? '' }, { enabled: patient !== undefined && (isAsked || companions.length > 0) }).data ?? []
  if (!patient) return null
  const isHere = (id: string): boolean => id === patient.id || companions.some((one) => one.patient.id === id)
  const add = (one: PatientSummary): void => {
    setRound(round + 1)
    if (!isHere(one.id)) change({ companions: [...companions, { patient: one, typeId: null }], repeat: undefined, timeText: '' })
  }
  const set = (at: number, changed: Companion | undefined): void => change({ companions: changed ? companions.with(at, changed) : companions.toSpliced(at, 1) })
  if (!isAsked && companions.length === 0) {
    return (
      <button type="button" className={styles['more']} onClick={onAsk}>
        Others come along <KeyHint of="booking.others" />
      </button>
    )
  }
  const near = relatives.filter((one) => !isHere(one.id))
  return (
    <fieldset className={styles['part']}>
      <legend className={panels['groupLabel']}><span>With them</span></legend>
      {companions.length > 0 && (
        <ul role="list" className={styles['people']} aria-label="Others who come">
          {companions.map((one, at) => <CompanionRow key={one.patient.id} one={one} types={types} onChange={(changed) => set(at, changed)} />)}
        </ul>
      )}
      {near.length > 0 && (
        <div className={panels['choices']} role="group" aria-label="The same phone">
          <span className={panels['actsLabel']}>Same phone</span>
          {near.map((one) => <button key={one.id} type="button" className={panels['choice']} onClick={() => add(one)}>{listName(one)}</button>)}
        </div>
      )}
      {companions.length < limits.together_patients_max - 1 && <PatientPicker key={round} label="Who else" autoFocus onPick={add} />}
      {companions.length > 0 && <ChoiceField label="How" fullWidth size="xs" data={together.ways.map((way) => ({ value: way, label: wayWords[way] }))} value={together.way} onChange={(way) => change({ way: together.ways.find((one) => one === way) ?? together.way })} />}
    </fieldset>
  )
}

function CompanionRow({ one, types, onChange }: { one: Companion; types: readonly AppointmentType[]; onChange: (changed: Companion | undefined) => void }) {
  const today = useToday()
  const { patient } = one
  return (
    <li className={styles['person']}>
      <span className={styles['personName']}><strong>{listName(patient)}</strong> {ageSex(patient.birthDate, patient.sex, today)}</span>
      <Select
        size="xs" aria-label={`Visit type of ${listName(patient)}`} value={one.typeId ?? ''} allowDeselect={false}
        data={[{ value: '', label: 'Same visit' }, ...types.map((type) => ({ value: type.id, label: type.name }))]} onChange={(typeId) => onChange({ ...one, typeId: typeId === '' ? null : typeId })}
      />
      <IconButton size="small" label={`${listName(patient)} does not come`} onClick={() => onChange(undefined)}><IconX size={16} stroke={1.8} /></IconButton>
    </li>
  )
}
