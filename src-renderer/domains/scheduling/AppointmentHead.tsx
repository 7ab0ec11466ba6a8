import type { ReactNode } from 'react'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { age, born, listName, mrn, sexWord } from '#renderer/ui/format.ts'
import { Person } from '#renderer/ui/Person.tsx'
import { StateTag } from '#renderer/ui/StateTag.tsx'
import styles from './Panels.module.css'

/** Who an appointment is for, so that nobody acts on a namesake's. */
export function AppointmentHead({ one, on, aside }: { one: DayAppointment; on: PlainDate; aside?: ReactNode }) {
  const { patient } = one
  return (
    <div className={styles['who']}>
      <Person name={`${patient.givenName} ${patient.familyName}`} size={44} />
      <div className={styles['whoText']}>
        <div className={styles['whoName']}>
          <strong>{listName(patient)}</strong> <StateTag state={one.status} />
          {aside && <span className={styles['whoAside']}>{aside}</span>}
        </div>
        <div className={styles['whoMeta']}>
          {age(patient.birthDate, on)} · {sexWord(patient.sex)} · {born(patient.birthDate)} · MRN <span className="code">{mrn(patient.mrn)}</span>
        </div>
      </div>
    </div>
  )
}
