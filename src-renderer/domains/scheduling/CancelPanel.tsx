import type { CancelReason, DayAppointment } from '#shared/domains/scheduling/model.ts'
import { useZone } from '#renderer/app/actor.tsx'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { listName, time } from '#renderer/ui/format.ts'
import { IconCalendarX } from '#renderer/ui/icons.ts'
import { cancelChoices } from './words.ts'
import styles from './Panels.module.css'

interface CancelPanelProps {
  one: DayAppointment
  onCancel: (reason: CancelReason) => void
  onClose: () => void
}

/** Asks why: one key cancels at once, with undo. */
export function CancelPanel(props: CancelPanelProps) {
  return (
    <SidePanel title="Cancel visit" icon={IconCalendarX} onClose={props.onClose}>
      <Reasons {...props} />
    </SidePanel>
  )
}

function Reasons({ one, onCancel }: CancelPanelProps) {
  const zone = useZone()
  useKeys(cancelChoices.map(({ key, reason, words }) => ({ id: `cancel.${reason}`, keys: key, label: words, where: 'Cancel visit', run: () => onCancel(reason) })))
  return (
    <div className={styles['view']}>
      <p>
        <strong>{listName(one.patient)}</strong>, {time(one.startsAt, zone)}. The time becomes free; the visit stays in the history. Why is it cancelled?
      </p>
      <ol role="list" className={styles['offers']} aria-label="Reasons">
        {cancelChoices.map(({ key, reason, words }, i) => (
          <li key={reason}>
            <button type="button" className={styles['offer']} autoFocus={i === 0} onClick={() => onCancel(reason)}>
              <KeyHint keys={key} />
              <span>{words}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  )
}
