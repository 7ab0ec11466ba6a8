import { personTintCount } from '#renderer/app/theme/tokens.ts'
import { initials, tintOf } from './format.ts'
import styles from './Person.module.css'

interface PersonProps {
  name: string
  size?: number
  /** Data or blob address of a photo. */
  photo?: string | undefined
}

/** Round initials with a tint that follows from the name. Decoration: the name always stands beside it. */
export function Person({ name, size = 28, photo }: PersonProps) {
  if (photo) return <img className={styles['photo']} src={photo} alt="" width={size} height={size} />
  const tint = tintOf(name, personTintCount)
  return (
    <span
      aria-hidden
      className={styles['person']}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.38), background: `var(--person-${tint}-bg)`, color: `var(--person-${tint}-fg)` }}
    >
      {initials(name)}
    </span>
  )
}
