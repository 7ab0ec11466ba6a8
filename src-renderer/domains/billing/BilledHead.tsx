import type { ReactNode } from 'react'
import type { BilledPatient } from '#shared/domains/billing/model.views.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { ageSex, listName, mrn } from '#renderer/ui/format.ts'
import { Person } from '#renderer/ui/Person.tsx'
import styles from './billing.module.css'

/** Who the bill is about, over every detail of billing; no clinical fact in it. */
export function BilledHead({ patient, meta, children }: { patient: Pick<BilledPatient, 'familyName' | 'givenName' | 'birthDate' | 'sex' | 'mrn'>; meta: ReactNode; children?: ReactNode }) {
  const today = useToday()
  return (
    <header className={styles['who']}>
      <Person name={`${patient.givenName} ${patient.familyName}`} size={38} />
      <div className={styles['whoText']}>
        <div className={styles['whoName']}>
          <strong>{listName(patient)}</strong>{' '}
          <span>
            {ageSex(patient.birthDate, patient.sex, today)} · MRN <span className="code">{mrn(patient.mrn)}</span>
          </span>
        </div>
        <div className={styles['whoMeta']}>{meta}</div>
      </div>
      {children}
    </header>
  )
}

export function Figures({ figures }: { figures: readonly { label: string; value: ReactNode; isMain?: boolean }[] }) {
  return (
    <dl className={styles['figures']}>
      {figures.map((figure) => (
        <div key={figure.label} data-main={figure.isMain || undefined}>
          <dt>{figure.label}</dt>
          <dd>{figure.value}</dd>
        </div>
      ))}
    </dl>
  )
}
