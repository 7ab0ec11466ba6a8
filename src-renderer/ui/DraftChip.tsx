import { useZone } from '#renderer/app/actor.tsx'
import type { DraftState } from './drafts.ts'
import { timeWithSeconds } from './format.ts'
import { IconAlertTriangle, IconCheck } from './icons.ts'
import styles from './chips.module.css'

/** "Draft saved 10:24:31". Says so too when saving did not work. */
export function DraftChip({ draft }: { draft: DraftState }) {
  const zone = useZone()
  if (draft.status === 'failed') {
    return (
      <span className={styles['chip']} data-tone="warn" role="status">
        <IconAlertTriangle size={14} stroke={1.8} />
        Draft not saved yet, trying again
      </span>
    )
  }
  if (!draft.savedAt) return null
  return (
    <span className={styles['chip']}>
      <IconCheck size={14} stroke={1.8} />
      Draft saved {timeWithSeconds(draft.savedAt, zone)}
    </span>
  )
}
