import { SegmentedControl } from '@mantine/core'
import type { NoteSensitivity } from '#shared/domains/encounters/model.ts'
import { sensitivityHints, sensitivityNames } from './words.ts'
import styles from './Note.module.css'

/** Whose eyes the note is for, beside its title; what a choice means stands under it. */
export function SensitivityChoice({ value, onChange }: { value: NoteSensitivity; onChange: (next: NoteSensitivity) => void }) {
  return (
    <div className={styles['sensitivity']}>
      <SegmentedControl
        size="xs" aria-label="Who reads this note" value={value} onChange={(next) => onChange(next as NoteSensitivity)} // The choices below.
        data={(Object.keys(sensitivityNames) as NoteSensitivity[]).map((one) => ({ value: one, label: sensitivityNames[one] }))} // Its own keys.
      />
      {value !== 'normal' && <span className={styles['hint']}>{sensitivityHints[value]}</span>}
    </div>
  )
}
