import { Button, type ButtonProps, Loader } from '@mantine/core'
import { type MouseEvent, type ReactNode, useId } from 'react'
import { KeyHint, useShortcut } from '#renderer/app/keys/keys.tsx'
import { useDelayed } from './use-delayed.ts'
import styles from './ActionButton.module.css'

interface ActionButtonProps extends Omit<ButtonProps, 'disabled' | 'loading' | 'leftSection' | 'rightSection'> {
  onClick?: (event: MouseEvent<HTMLButtonElement>) => void
  type?: 'button' | 'submit'
  form?: string
  icon?: ReactNode
  /** Id of the registered key that does the same: gives the hint inside and aria-keyshortcuts. */
  keyId?: string
  /** Hint only, where the browser does the work (Enter in a form). */
  keys?: string
  /** While true: label stays, width stays, a spinner after 300 ms, further presses do nothing. */
  running?: boolean
  /** Why it cannot be done now, in plain words. The button stays focusable and says it. */
  disabledReason?: ReactNode
  /** The reason stands elsewhere already (footer text): tie it by this id instead of repeating it. */
  reasonId?: string
  /** Where the reason goes. */
  reasonAt?: 'right' | 'left' | 'hidden'
  title?: string
  children: ReactNode
}

/** The button of every screen. variant="filled" for the one likely next step of a region. */
export function ActionButton({ onClick, icon, keyId, keys, running = false, disabledReason, reasonId, reasonAt = 'right', children, type = 'button', ...rest }: ActionButtonProps) {
  const shortcut = useShortcut(keyId)
  const ownReasonId = useId()
  const showsSpinner = useDelayed(running, 300)
  const isDisabled = disabledReason !== undefined && disabledReason !== null && disabledReason !== false
  const describedBy = isDisabled ? (reasonId ?? ownReasonId) : undefined
  const button = (
    <Button
      {...rest}
      {...shortcut}
      type={isDisabled || running ? 'button' : type}
      aria-disabled={isDisabled || undefined}
      aria-busy={running || undefined}
      aria-describedby={describedBy}
      leftSection={showsSpinner ? <Loader size={14} color="currentColor" /> : icon}
      rightSection={<KeyHint {...(keyId ? { of: keyId } : {})} {...(keys ? { keys } : {})} className={styles['hint'] ?? ''} />}
      classNames={{ section: styles['section'] ?? '' }}
      onClick={(event) => {
        if (isDisabled || running) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {children}
    </Button>
  )
  if (!isDisabled || reasonId) return button
  return (
    <span className={styles['withReason']} data-at={reasonAt}>
      {button}
      <span id={ownReasonId} className={reasonAt === 'hidden' ? 'visually-hidden' : styles['reason']}>
        {disabledReason}
      </span>
    </span>
  )
}
