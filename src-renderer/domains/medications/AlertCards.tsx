import { Radio } from '@mantine/core'
import { overrideReasons, type OverrideReason, type PrescriptionAlert } from '#shared/domains/medications/model.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { IconAlertCircle } from '#renderer/ui/icons.ts'
import { Notice } from '#renderer/ui/states.tsx'
import type { Prescribing } from './usePrescribing.ts'
import { alertKey } from './view.ts'
import { alertText, alertTitle, overrideWords } from './words.ts'
import styles from './Prescribe.module.css'

/** What speaks against it. Severe: another drug, or a reason that is kept. Moderate: one amber line. */
export function AlertCards({ rx }: { rx: Prescribing }) {
  return rx.alerts.map((alert, i) => {
    const place = `${i + 1} of ${rx.alerts.length}`
    if (alert.severity === 'moderate') return <Notice key={alertKey(alert)} tone="warn" title={`${alertTitle(alert)}.`}>{alertText(alert)}</Notice>
    return <Severe key={alertKey(alert)} alert={alert} place={place} rx={rx} />
  })
}

function Severe({ alert, place, rx }: { alert: PrescriptionAlert; place: string; rx: Prescribing }) {
  return (
    <section className={styles['alert']} role="alert">
      <div className={styles['alertHead']}>
        <IconAlertCircle size={18} stroke={1.8} />
        {alertTitle(alert)}
        <span>{place}</span>
      </div>
      <div className={styles['alertBody']}>
        <p>{alertText(alert)}</p>
        <div>
          <ActionButton onClick={rx.clear}>Choose another drug</ActionButton>
        </div>
        {rx.maySign && (
          <Radio.Group
            label="Or prescribe anyway, with a reason" description="goes to the override report" value={rx.draft.reasons[alertKey(alert)] ?? ''}
            onChange={(reason) => rx.giveReason(alert, reason as OverrideReason)} // The options are the reasons.
          >
            <div className={styles['reasons']}>
              {overrideReasons.map((reason) => <Radio key={reason} value={reason} label={overrideWords[reason]} />)}
            </div>
          </Radio.Group>
        )}
      </div>
    </section>
  )
}
