import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { Appointment, CancelReason, DayAppointment } from '#shared/domains/scheduling/model.ts'
import { canStep } from '#shared/domains/scheduling/rules.ts'
import { useZone } from '#renderer/app/actor.tsx'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { count, listName, time } from '#renderer/ui/format.ts'
import { IconCalendarX } from '#renderer/ui/icons.ts'
import { useFollowing } from './useFollowing.ts'
import { placeWords } from './view.series.ts'
import { cancelChoices } from './words.ts'
import styles from './Panels.module.css'

interface CancelPanelProps {
  one: DayAppointment
  /** `following`: those of the series after it that are cancelled as well. */
  onCancel: (reason: CancelReason, following: readonly Appointment[]) => void
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
  const [isAll, setAll] = useState(false)
  const later = useFollowing(one, (visit) => canStep(visit.status, 'cancel'))
  const cancel = (reason: CancelReason): void => onCancel(reason, isAll ? later : [])
  useKeys([
    ...cancelChoices.map(({ key, reason, words }) => ({ id: `cancel.${reason}`, keys: key, label: words, where: 'Cancel visit', run: () => cancel(reason) })),
    { id: 'cancel.following', keys: 'F', label: 'This one, or those after it too', where: 'Cancel visit', run: () => setAll(!isAll), when: () => later.length > 0 },
  ])
  return (
    <div className={styles['view']}>
      <p>
        <strong>{listName(one.patient)}</strong>, {time(one.startsAt, zone)}. The time becomes free; the visit stays in the history. Why is it cancelled?
      </p>
      {later.length > 0 && (
        <div>
          <div className={styles['groupLabel']}><span>{placeWords(one)} of a series</span><span><KeyHint of="cancel.following" /></span></div>
          <SegmentedControl fullWidth aria-label="Of the series" data={[{ value: 'one', label: 'This one' }, { value: 'all', label: `This and the ${count(later.length, 'visit')} after it` }]} value={isAll ? 'all' : 'one'} onChange={(value) => setAll(value === 'all')} />
        </div>
      )}
      <ol role="list" className={styles['offers']} aria-label="Reasons">
        {cancelChoices.map(({ key, reason, words }, i) => (
          <li key={reason}>
            <button type="button" className={styles['offer']} autoFocus={i === 0} onClick={() => cancel(reason)}>
              <KeyHint keys={key} />
              <span>{words}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  )
}
