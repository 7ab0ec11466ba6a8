import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { ModalKeys, useKeys } from '#renderer/app/keys/keys.tsx'
import { IconX } from './icons.ts'
import { IconButton } from './IconButton.tsx'
import styles from './Dialog.module.css'

interface DialogProps {
  title: string
  onClose: () => void
  size?: number
  /** Shows the cross; a question is answered by its buttons instead. */
  withClose?: boolean
  children: ReactNode
}

/** A modal with its own key scope. Only for what must be answered now; work belongs into a side panel. */
export function Dialog({ title, onClose, size = 440, withClose = true, children }: DialogProps) {
  return (
    <Modal.Root opened onClose={onClose} size={size} closeOnEscape={false} lockScroll={false}>
      <Modal.Overlay />
      <Modal.Content>
        <ModalKeys>
          <EscapeCloses onClose={onClose} />
          {/* Not Modal.Header: that is a header element, which would be a second banner of the page. */}
          <div className={styles['head']}>
            <Modal.Title>{title}</Modal.Title>
            {withClose && (
              <IconButton size="small" label="Close" onClick={onClose}>
                <IconX size={18} stroke={1.8} />
              </IconButton>
            )}
          </div>
          <Modal.Body>{children}</Modal.Body>
        </ModalKeys>
      </Modal.Content>
    </Modal.Root>
  )
}

/** By the registry and not by the modal: closed by its own listener, it would be gone before the same Esc reaches the screen behind it. */
function EscapeCloses({ onClose }: { onClose: () => void }) {
  useKeys([{ id: 'dialog.close', keys: 'Esc', label: 'Close', where: 'Dialog', run: onClose, inFields: true, hidden: true }])
  return null
}
