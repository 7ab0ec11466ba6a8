import { useEffect, useState } from 'react'
import { KeyHint, useKeys, useShortcut } from '#renderer/app/keys/keys.tsx'
import { dismissToast, type Toast, undoLatest, useToasts } from './toast-store.ts'
import styles from './toast.module.css'

const shownMs = 8000

/** Bottom left, at most two, 8 s each; a toast stays while it is pointed at or focused. Ctrl Z undoes the newest. */
export function ToastHost() {
  const toasts = useToasts()
  const canUndo = toasts.some((toast) => toast.undo)
  useKeys([
    // In a text field Ctrl Z belongs to the text.
    { id: 'toast.undo', keys: 'Ctrl+Z', label: 'Undo what was just done', where: 'Everywhere', run: () => undoLatest(), when: () => canUndo, inFields: false },
  ])
  return (
    <div className={styles['host']} role="status" data-region={canUndo ? 'toast' : undefined}>
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function ToastCard({ toast }: { toast: Toast }) {
  const [isHeld, setHeld] = useState(false)
  const shortcut = useShortcut('toast.undo')
  useEffect(() => {
    if (isHeld) return undefined
    const timer = setTimeout(() => dismissToast(toast.id), shownMs)
    return () => clearTimeout(timer)
  }, [isHeld, toast.id])
  const Icon = toast.icon
  return (
    <div
      className={styles['toast']}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {Icon && <Icon size={18} stroke={1.7} />}
      <span className={styles['text']}>
        {toast.text} {toast.strong && <strong>{toast.strong}</strong>}
      </span>
      {toast.undo && (
        <button
          type="button"
          className={styles['undo']}
          {...shortcut}
          onClick={() => {
            dismissToast(toast.id)
            void toast.undo?.()
          }}
        >
          Undo <KeyHint of="toast.undo" className={styles['kbd'] ?? ''} />
        </button>
      )}
    </div>
  )
}
