import { Select } from '@mantine/core'
import type { Visit } from '#shared/domains/encounters/model.chart.ts'
import type { SignProblem } from '#shared/domains/encounters/rules.ts'
import { useActor, useMay, useToday } from '#renderer/app/actor.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Column } from '#renderer/app/Screen.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { money } from '#renderer/ui/format.ts'
import { IconX } from '#renderer/ui/icons.ts'
import { Money } from '#renderer/ui/Money.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { MedicationRow, ProblemRow, Rows } from './ChartRows.tsx'
import { HeadAct } from './HeadAct.tsx'
import { OtherNotes } from './OtherNotes.tsx'
import type { Signing } from './useSign.ts'
import { signProblemTexts } from './words.ts'
import styles from './Note.module.css'

interface NoteAsideProps {
  visit: Visit
  signing: Signing
  problems: readonly SignProblem[]
  onLeave: () => void
  onPrescribe: (() => void) | undefined
}

export function NoteAside({ visit, signing, problems, onLeave, onPrescribe }: NoteAsideProps) {
  const today = useToday()
  const go = useGo()
  const mayCharge = useMay('charge.write')
  const mayUseStock = useMay('stock.use')
  return (
    <Column tone="canvas" foot={<SignFoot signing={signing} problems={problems} onLeave={onLeave} />}>
      <div className={styles['aside']}>
        {mayCharge && <Charges signing={signing} />}
        {mayUseStock && <div><ActionButton keyId="note.stock" onClick={() => go(paths.useStock(visit.encounter.id))}>Use stock</ActionButton></div>}
        <OtherNotes visit={visit} />
        <Card title="Current medications" note={visit.medications.length || undefined} flush aside={onPrescribe && <HeadAct label="prescribe" keyId="note.prescribe" onClick={onPrescribe} />}>
          <Rows empty="No current medications are recorded.">
            {visit.medications.slice(0, 6).map((one) => <MedicationRow key={one.id} medication={one} today={today} />)}
          </Rows>
        </Card>
        <Card title="Problems" note={visit.problems.length > 0 ? `${visit.problems.length} active` : undefined} flush>
          <Rows empty="No active problems are recorded.">
            {visit.problems.slice(0, 6).map((one) => <ProblemRow key={one.id} problem={one} />)}
          </Rows>
        </Card>
      </div>
    </Column>
  )
}

function Charges({ signing }: { signing: Signing }) {
  return (
    <Card title="Charges" note={signing.lines.length > 0 ? 'proposed from this note' : 'none proposed'} flush>
      <ul role="list">
        {signing.lines.map((line) => (
          <li key={line.feeItemId} className={styles['charge']}>
            <span className="code">{line.code}</span>
            <span>{line.label}{line.quantity > 1 ? ` × ${line.quantity}` : ''}</span>
            <Money cents={line.amountCents} />
            <ActionButton variant="subtle" size="compact-xs" aria-label={`Take ${line.label} off`} onClick={() => signing.remove(line.feeItemId)}><IconX size={13} /></ActionButton>
          </li>
        ))}
      </ul>
      {signing.reason && signing.lines.length > 0 && <p className={styles['why']}>{signing.reason}</p>}
      {signing.withoutFee.length > 0 && <p className={styles['why']}>Without a fee: {signing.withoutFee.join(', ')}.</p>}
      {signing.fees.length > 0 && (
        <div className={styles['addCharge']}>
          <Select
            aria-label="Add a charge" placeholder="Add a charge" searchable value={null} nothingFoundMessage="No such fee" data={signing.fees.map((fee) => ({ value: fee.id, label: `${fee.code} ${fee.label}` }))}
            onChange={(id) => id && signing.addFee(id)}
          />
        </div>
      )}
    </Card>
  )
}

function SignFoot({ signing, problems, onLeave }: Omit<NoteAsideProps, 'visit' | 'onPrescribe'>) {
  const { clinic } = useActor()
  const maySign = useMay('note.sign')
  const total = signing.totalCents > 0 ? ` and charge ${money(signing.totalCents, clinic.currency)}` : ''
  const missing = problems.map((problem) => signProblemTexts[problem]).join(' ')
  return (
    <div className={styles['foot']}>
      {signing.refused && <Notice tone="bad" title="Not signed.">{signing.refused}</Notice>}
      <span id="sign-reason" className={styles['reason']} data-open={(maySign && problems.length > 0) || undefined}>
        {!maySign ? 'A doctor signs this note. It is saved as you write.' : missing || 'Signed notes do not change: later remarks become an addendum.'}
      </span>
      <div className={styles['buttons']}>
        <ActionButton onClick={onLeave}>Save, finish later</ActionButton>
        {maySign && (
          <ActionButton variant="filled" keyId="note.sign" running={signing.isSigning} disabledReason={problems.length > 0 ? missing : undefined} reasonId="sign-reason" onClick={signing.sign}>
            Sign{total}
          </ActionButton>
        )}
      </div>
    </div>
  )
}
