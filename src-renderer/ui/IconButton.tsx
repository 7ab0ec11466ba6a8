import type { ButtonHTMLAttributes, ReactNode } from 'react'
import styles from './IconButton.module.css'

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** The picture says it to those who see it, these words to those who hear it. */
  label: string
  /** 28 px inside of cards and dialogs, 30 px in the frame. */
  size?: 'small' | 'usual'
  tone?: 'plain' | 'soft'
  children: ReactNode
}

/** A quiet square with a picture in it: close, back, step, lock. */
export function IconButton({ label, size = 'usual', tone = 'plain', children, ...rest }: IconButtonProps) {
  return (
    <button type="button" className={styles['button']} data-size={size} data-tone={tone} aria-label={label} {...rest}>
      {children}
    </button>
  )
}
