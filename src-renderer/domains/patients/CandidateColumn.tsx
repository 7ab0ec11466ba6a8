import { useState } from 'react'
import type { Candidate } from '#shared/domains/patients/model.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { Column } from '#renderer/app/Screen.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { listDate, listName, mrn } from '#renderer/ui/format.ts'
import { IconAlertTriangle, IconEqual, IconEqualNot, IconTilde, IconUsers } from '#renderer/ui/icons.ts'
import { Person } from '#renderer/ui/Person.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { CompareDialog } from './CompareDialog.tsx'
import styles from './Register.module.css'
import type { Registration } from './useRegistration.ts'
import { comparisonLines } from './words.ts'

const KEYED = 5

/** Who it may be, best first; follows every keystroke. A likely one makes using that patient the main act. */
export function CandidateColumn({ registration }: { registration: Registration }) {
  const { candidates } = registration
  const [compared, setCompared] = useState<Candidate>()
  useKeys(candidates.slice(0, KEYED).map((candidate, at) => ({
    id: `register.use.${at + 1}`, keys: `Ctrl+${at + 1}`, label: `Use patient ${at + 1} at the right`, where: 'Register patient', run: () => registration.takeOver(candidate), inFields: true,
  })))
  return (
    <Column
      tone="canvas"
      head={
        <>
          <IconUsers size={18} stroke={1.7} />
          <h2 className={styles['columnTitle']}>Is it one of these?</h2>
          <span className={styles['columnNote']}>updates while you type</span>
        </>
      }
    >
      <div className={styles['candidates']} aria-live="polite">
        {candidates.map((candidate, at) => (
          <CandidateCard key={candidate.patient.id} candidate={candidate} at={at} registration={registration} onCompare={() => setCompared(candidate)} />
        ))}
        <p className={styles['hint']}>{hintText(registration)}</p>
      </div>
      {compared && <CompareDialog candidate={compared} registration={registration} onClose={() => setCompared(undefined)} />}
    </Column>
  )
}

function hintText({ candidates, isLikely, fields }: Registration): string {
  if (isLikely) return 'Someone else after all? “Register as a new person” asks why, then keeps the pair off this list.'
  if (candidates.length > 0) return 'Nobody of them is very likely. Register the patient when none of them is the one.'
  return fields.familyName.trim().length >= 2 && fields.givenName.trim() !== '' ? 'Nobody here is like this.' : 'Whoever is like this appears here: by name, birth date or phone.'
}

interface CandidateCardProps {
  candidate: Candidate
  at: number
  registration: Registration
  onCompare: () => void
}

function CandidateCard({ candidate, at, registration, onCompare }: CandidateCardProps) {
  const today = useToday()
  const { patient, likelihood, lastSeenOn } = candidate
  const isLikely = likelihood === 'likely'
  return (
    <div role="group" className={styles['candidate']} data-likely={isLikely || undefined} aria-label={`${listName(patient)}, MRN ${mrn(patient.mrn)}`}>
      {isLikely && (
        <p className={styles['very']}>
          <IconAlertTriangle size={16} stroke={1.8} /> Very likely the same person
        </p>
      )}
      <div className={styles['card']}>
        <div className={styles['who']}>
          <Person name={`${patient.givenName} ${patient.familyName}`} size={isLikely ? 44 : 34} />
          <div className={styles['whoText']}>
            <strong>{listName(patient)}</strong>
            <span>
              MRN <span className="code">{mrn(patient.mrn)}</span>
              {lastSeenOn ? ` · last seen ${listDate(lastSeenOn, today)}` : ' · not seen yet'}
              {patient.deceasedOn && ' · deceased'}
            </span>
          </div>
          {!isLikely && <Tag>Possible</Tag>}
        </div>
        <Lines candidate={candidate} registration={registration} />
        <div className={styles['acts']}>
          <ActionButton variant={isLikely && at === 0 ? 'filled' : 'default'} keyId={`register.use.${at + 1}`} onClick={() => registration.takeOver(candidate)}>
            Use this patient
          </ActionButton>
          {isLikely && <ActionButton onClick={onCompare}>Compare</ActionButton>}
        </div>
        {isLikely && at === 0 && <p className={styles['kept']}>Your typing is kept as proposed changes to this record.</p>}
      </div>
    </div>
  )
}

const verdictLooks = {
  equal: { Icon: IconEqual, word: 'equal' }, similar: { Icon: IconTilde, word: 'similar' }, different: { Icon: IconEqualNot, word: 'different' },
} as const

function Lines({ candidate, registration }: { candidate: Candidate; registration: Registration }) {
  return (
    <dl className={styles['lines']}>
      {comparisonLines(candidate, registration.fields).map(({ label, verdict, text }) => {
        const { Icon, word } = verdictLooks[verdict]
        return (
          <div key={label} className={styles['line']} data-verdict={verdict}>
            <dt>
              <Icon size={15} stroke={1.8} aria-label={word} role="img" />
              {label}
            </dt>
            <dd>{text}</dd>
          </div>
        )
      })}
    </dl>
  )
}
