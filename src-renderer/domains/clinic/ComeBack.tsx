import { IconCornerDownRight } from '#renderer/ui/icons.ts'
import styles from './Door.module.css'

/** Over a seat that waits: nothing is lost. */
export function ComeBack({ place }: { place: string }) {
  return (
    <p className={styles['comeBack']}>
      <IconCornerDownRight size={16} stroke={1.8} />
      <span>
        You come back to <strong>{place}</strong>, with the cursor where it was. Nothing was lost.
      </span>
    </p>
  )
}
