import { IconCloudOff } from './icons.ts'
import styles from './Unconfirmed.module.css'

interface UnconfirmedProps {
  /** What it is waiting for, in the words of the place: "waiting for the clinic". */
  children?: string
  /** Only the cloud, where the row says it in words elsewhere; it is still read out. */
  isSmall?: boolean
}

/** Done at this machine and not confirmed by the host: hatched, with a cloud, and in words. Never colour alone. */
export function Unconfirmed({ children = 'waiting for the clinic', isSmall = false }: UnconfirmedProps) {
  if (isSmall) {
    return (
      <span className={styles['small']} title={children}>
        <IconCloudOff size={15} stroke={1.7} aria-hidden />
        <span className="visually-hidden">{children}</span>
      </span>
    )
  }
  return (
    <span className={styles['tag']}>
      <IconCloudOff size={14} stroke={1.8} aria-hidden />
      <span>{children}</span>
    </span>
  )
}
