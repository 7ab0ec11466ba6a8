import { missedReasons, type DayAppointment, type MissedReason } from '#shared/domains/scheduling/model.ts'
import { useMay, useZone } from '#renderer/app/actor.tsx'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { listName, money, time } from '#renderer/ui/format.ts'
import { IconUserX } from '#renderer/ui/icons.ts'
import { Missed } from '#renderer/ui/Missed.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { missedReasonWords } from './words.ts'
import styles from './Panels.module.css'

interface NoShowPanelProps {
  one: DayAppointment
  onMark: (reason: MissedReason) => void
  /** Books them again, with what the visit was for. */
  onRebook: () => void
  /** Undefined where nobody on the wait list fits the time that has become free. */
  onFill: (() => void) | undefined
  onClose: () => void
}

/** Asks why: one key marks it, with undo. Afterwards it says what that means and what can be done now. */
export function NoShowPanel(props: NoShowPanelProps) {
  return (
    <SidePanel title="No-show" icon={IconUserX} onClose={props.onClose}>
      {props.one.status === 'no-show' ? <Marked {...props} /> : <Reasons {...props} />}
    </SidePanel>
  )
}

function Reasons({ one, onMark }: NoShowPanelProps) {
  const zone = useZone()
  useKeys(missedReasons.map((reason, i) => ({ id: `no-show.${reason}`, keys: String(i + 1), label: missedReasonWords[reason], where: 'No-show', run: () => onMark(reason) })))
  return (
    <div className={styles['view']}>
      <p>
        <strong>{listName(one.patient)}</strong>, {time(one.startsAt, zone)}. The time becomes free. Why did they not come?
      </p>
      <Missed patientId={one.patientId} />
      <ol role="list" className={styles['offers']} aria-label="Reasons">
        {missedReasons.map((reason, i) => (
          <li key={reason}>
            <button type="button" className={styles['offer']} autoFocus={i === 0} onClick={() => onMark(reason)}>
              <KeyHint keys={String(i + 1)} />
              <span>{missedReasonWords[reason]}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  )
}

function Marked({ one, onRebook, onFill }: NoShowPanelProps) {
  const maySeeFees = useMay('account.read')
  const fees = useApiQuery('billing.missedFees', { patientId: one.patientId }, { enabled: maySeeFees })
  const fee = fees.data?.find((row) => row.appointmentId === one.id && row.endedAs === null)
  return (
    <div className={styles['view']}>
      <p>
        <strong>{listName(one.patient)}</strong> did not come{one.missedReason && one.missedReason !== 'patient' ? `: ${missedReasonWords[one.missedReason].toLowerCase()}` : ''}.
      </p>
      <Missed patientId={one.patientId} />
      {fee && <Notice tone="info" title={`${money(fee.amountCents)} is on their account`}>By the clinic’s rule for missed visits. Undo takes it back; billing can waive it.</Notice>}
      <div className={styles['acts']}>
        <ActionButton variant="filled" onClick={onRebook}>Book again</ActionButton>
        {onFill && <ActionButton onClick={onFill}>Give the time away</ActionButton>}
      </div>
    </div>
  )
}
