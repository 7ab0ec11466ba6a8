import { useKeys } from '#renderer/app/keys/keys.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { count, listName } from '#renderer/ui/format.ts'
import type { Plan } from './usePlan.ts'
import { keyOf, LEFT, optionsOf, placeWords, planSummary, WAIT_LIST, type PlanRow } from './view.absence.ts'
import styles from './Absence.module.css'

const where = 'Doctor absent'

/** What else can be done for the chosen patient, and the one button that does all of it. */
export function PlanFoot({ plan, active }: { plan: Plan; active: PlanRow }) {
  const options = optionsOf(active)
  const isOpen = options.length > 1
  useKeys([
    { id: 'absence.next', keys: 'P', label: 'The next place for this patient', where, when: () => isOpen, run: () => plan.next(active) },
    { id: 'absence.wait-list', keys: 'W', label: 'Onto the wait list', where, when: () => isOpen, run: () => plan.set(active, WAIT_LIST) },
    { id: 'absence.left', keys: 'L', label: 'Leave as it is', where, when: () => isOpen, run: () => plan.set(active, LEFT) },
    { id: 'absence.apply', keys: 'Ctrl+Enter', label: 'Do all of it', where, inFields: true, run: () => void plan.submit() },
  ])
  const proposals = active.row.proposals
  const clashing = plan.rows.filter((row) => row.isClashing).length
  const placed = plan.rows.filter((row) => row.place).length
  return (
    <div className={styles['foot']} data-region="footer">
      <div className={styles['options']} role="group" aria-label={`What becomes of ${listName(active.row.appointment.patient)}`}>
        <strong>{listName(active.row.appointment.patient)}</strong>
        {proposals.map((one) => (
          <ActionButton key={keyOf(one)} size="compact-sm" aria-pressed={active.chosen === keyOf(one)} onClick={() => plan.set(active, keyOf(one))}>{placeWords(one, active.row.appointment.startsAt, plan.words)}</ActionButton>
        ))}
        {isOpen && <ActionButton size="compact-sm" keyId="absence.wait-list" aria-pressed={active.chosen === WAIT_LIST} onClick={() => plan.set(active, WAIT_LIST)}>Wait list</ActionButton>}
        {isOpen && <ActionButton size="compact-sm" keyId="absence.left" aria-pressed={active.chosen === LEFT} onClick={() => plan.set(active, LEFT)}>Leave</ActionButton>}
      </div>
      <div className={styles['apply']}>
        <span aria-live="polite">{planSummary(plan.rows)}</span>
        <ActionButton variant="filled" keyId="absence.apply" running={plan.isRunning} disabledReason={clashing > 0 ? `${count(clashing, 'row')} have the same time or room. Choose another place.` : undefined} reasonAt="left" onClick={() => void plan.submit()}>
          {placed > 0 ? `Move ${count(placed, 'patient')}` : 'Do it'}
        </ActionButton>
      </div>
    </div>
  )
}
