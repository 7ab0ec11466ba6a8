import type { ReactNode } from 'react'
import type { Sex } from '#shared/domains/patients/model.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { age, bannerName, born, mrn as mrnText, sexWord } from './format.ts'
import { IconAlertTriangleFilled } from './icons.ts'
import { Person } from './Person.tsx'
import styles from './PatientBanner.module.css'

export interface BannerAllergy {
  id: string
  substance: string
  /** "anaphylaxis, severe". */
  reaction?: string | undefined
}

/** Not given at all for roles that see no clinical facts. */
export type BannerAllergies = { kind: 'none-known' } | { kind: 'not-asked' } | { kind: 'list'; allergies: readonly BannerAllergy[] }

export interface BannerPatient {
  familyName: string
  givenName: string
  birthDate: PlainDate
  sex: Sex
  mrn: number
  photo?: string | undefined
  deceasedOn?: PlainDate | undefined
}

interface PatientBannerProps {
  patient: BannerPatient
  allergies?: BannerAllergies | undefined
  /** Full-width strip for what must not be missed: do-not-merge, break-glass. Deceased is shown by itself. */
  warning?: ReactNode
  /** State of today's visit: a StateTag. */
  state?: ReactNode
  /** Small line under the state: "Cough, fever". */
  stateNote?: ReactNode
  /** The one next action. */
  action?: ReactNode
}

/** 76 px on top of every chart screen; never scrolls away, never covered. */
export function PatientBanner({ patient, allergies, warning, state, stateNote, action }: PatientBannerProps) {
  const today = useToday()
  const name = bannerName(patient)
  const strip = patient.deceasedOn ? `Deceased ${born(patient.deceasedOn).replace('born ', '')}` : warning
  return (
    <section className={styles['banner']} aria-label="Patient" data-region="banner">
      <Person name={`${patient.givenName} ${patient.familyName}`} size={52} photo={patient.photo} />
      <div className={styles['who']}>
        <div className={styles['name']}>{name}</div>
        <div className={styles['line']}>
          <b>
            {age(patient.birthDate, today)} · {sexWord(patient.sex)}
          </b>{' '}
          · {born(patient.birthDate)} · MRN <b className="code">{mrnText(patient.mrn)}</b>
        </div>
        {strip && (
          <div className={styles['strip']}>
            <IconAlertTriangleFilled size={15} /> {strip}
          </div>
        )}
      </div>
      {allergies && <Allergies allergies={allergies} />}
      <div className={styles['space']} />
      {(state || stateNote) && (
        <div className={styles['state']}>
          {state}
          {stateNote && <span>{stateNote}</span>}
        </div>
      )}
      {action}
    </section>
  )
}

const shownAllergies = 2

function Allergies({ allergies }: { allergies: BannerAllergies }) {
  if (allergies.kind === 'none-known') return <div className={styles['noAllergies']}>No known allergies</div>
  if (allergies.kind === 'not-asked') return <div className={styles['notAsked']}>Allergies not asked</div>
  const all = allergies.allergies
  // Three fit; more than three become two and a count.
  const shown = all.length > 3 ? all.slice(0, shownAllergies) : all
  const rest = all.length - shown.length
  return (
    <div className={styles['allergies']} role="group" aria-label="Allergies" data-many={shown.length + (rest > 0 ? 1 : 0) > 2 || undefined}>
      <IconAlertTriangleFilled size={20} />
      <ul role="list">
        {shown.map((allergy) => (
          <li key={allergy.id}>
            <b>{allergy.substance}</b> {allergy.reaction}
          </li>
        ))}
        {rest > 0 && <li className={styles['more']}>{rest} more</li>}
      </ul>
    </div>
  )
}
