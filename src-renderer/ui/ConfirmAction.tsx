import { type ReactNode, useState } from 'react'
import { ActionButton } from './ActionButton.tsx'
import { Dialog } from './Dialog.tsx'
import styles from './ConfirmAction.module.css'

interface ConfirmActionProps {
  /** A question: "Void invoice A-2417?". */
  title: string
  /** What happens and what stays. */
  children: ReactNode
  /** Verb of the act: "Void invoice". */
  confirmLabel: string
  /** Verb of the safe way, which has the focus: "Keep invoice". */
  cancelLabel: string
  disabledReason?: ReactNode
  onConfirm: () => void | Promise<unknown>
  onClose: () => void
}

/** Only for what must be answered now and cannot be undone. */
export function ConfirmAction({ title, children, confirmLabel, cancelLabel, disabledReason, onConfirm, onClose }: ConfirmActionProps) {
  const [isRunning, setRunning] = useState(false)
  const confirm = async () => {
    setRunning(true)
    try {
      await onConfirm()
    } finally {
      setRunning(false)
    }
  }
  return (
    <Dialog title={title} onClose={onClose} withClose={false}>
      <div className={styles['text']}>{children}</div>
      <div className={styles['foot']}>
        <ActionButton variant="filled" color="clay" running={isRunning} disabledReason={disabledReason} reasonAt="left" onClick={() => void confirm()}>
          {confirmLabel}
        </ActionButton>
        <ActionButton data-autofocus onClick={onClose} keys="Esc">
          {cancelLabel}
        </ActionButton>
      </div>
    </Dialog>
  )
}
