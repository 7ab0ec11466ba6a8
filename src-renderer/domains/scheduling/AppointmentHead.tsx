import type { ReactNode } from 'react'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { usePending } from '#renderer/app/network/state.ts'
import { age, born, listName, mrn, sexWord } from '#renderer/ui/format.ts'
import { Person } from '#renderer/ui/Person.tsx'
import { StateTag } from '#renderer/ui/StateTag.tsx'
import { Unconfirmed } from '#renderer/ui/Unconfirmed.tsx'
import styles from './Panels.module.css'

/** Who an appointment is for, so that nobody acts on a namesake's. */
export function AppointmentHead({ one, on, aside }: { one: DayAppointment; on: PlainDate; aside?: ReactNode }) {
  const { patient } = one
  const isUnsent = usePending()('appointments', one.id)
  return (
    <div className={styles['who']}>
      <Person name={`${patient.givenName} ${patient.familyName}`} size={44} />
      <div className={styles['whoText']}>
        <div className={styles['whoName']}>
          <strong>{listName(patient)}</strong> <StateTag state={one.status} unsent={isUnsent} />
          {aside && <span className={styles['whoAside']}>{aside}</span>}
        </div>
        {isUnsent && <div><Unconfirmed>waiting for the clinic, not confirmed yet</Unconfirmed></div>}
        <div className={styles['whoMeta']}>
          {age(patient.birthDate, on)} · {sexWord(patient.sex)} · {born(patient.birthDate)} · MRN <span className="code">{mrn(patient.mrn)}</span>
        </div>
      </div>
    </div>
  )
}
