import { createContext, type ReactNode, useCallback, useContext, useEffect, useId, useMemo, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { IconArrowLeft, IconX } from '#renderer/ui/icons.ts'
import type { IconType } from './contribution.ts'
import { KeyHint, KeyScopeProvider, useKeys } from './keys/keys.tsx'
import { KeyScope } from './keys/registry.ts'
import { useShellSlots } from './slots.ts'
import styles from './SidePanel.module.css'

interface PanelStack {
  open: readonly string[]
  push: (id: string) => void
  remove: (id: string) => void
}

const PanelStackContext = createContext<PanelStack>({ open: [], push: () => undefined, remove: () => undefined })

export function PanelStackProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<readonly string[]>([])
  const push = useCallback((id: string) => setOpen((ids) => [...ids.filter((other) => other !== id), id]), [])
  const remove = useCallback((id: string) => setOpen((ids) => ids.filter((other) => other !== id)), [])
  const stack = useMemo(() => ({ open, push, remove }), [open, push, remove])
  return <PanelStackContext value={stack}>{children}</PanelStackContext>
}

interface SidePanelProps {
  title: string
  icon?: IconType
  /** Esc, the cross, and Back of a panel on top. The draft is the form's business and is kept. */
  onClose: () => void
  /** Hint at the right of the head instead of Esc. */
  headNote?: ReactNode
  footer?: ReactNode
  width?: number
  children: ReactNode
}

/**
 * Work about one thing while the list stays in sight and live. Takes a column of the frame instead of covering
 * it, so nothing is hidden and nothing is trapped. One at a time: a second replaces it and shows Back.
 */
export function SidePanel({ title, icon: Icon, onClose, headNote, footer, width = 440, children }: SidePanelProps) {
  const id = useId()
  const { open, push, remove } = useContext(PanelStackContext)
  const { panel } = useShellSlots()
  const opener = useRef<Element | null>(null)
  const section = useRef<HTMLElement>(null)
  useEffect(() => {
    opener.current = document.activeElement
    push(id)
    return () => {
      remove(id)
      // Focus returns to the row that opened the panel, unless the person has already gone elsewhere.
      const isLost = document.activeElement === null || document.activeElement === document.body
      if (isLost && opener.current instanceof HTMLElement) opener.current.focus()
    }
  }, [id, push, remove])
  const isOnTop = open.at(-1) === id
  useEffect(() => {
    if (isOnTop) focusFirst(section.current)
  }, [isOnTop])
  if (!panel) return null
  return createPortal(
    <section ref={section} tabIndex={-1} className={styles['panel']} style={{ width }} hidden={!isOnTop} aria-labelledby={`${id}-title`} data-region="panel">
      <KeyScopeProvider scope={KeyScope.panel}>
        {isOnTop && <PanelKeys onClose={onClose} title={title} />}
        <header className={styles['head']}>
          {open.length > 1 ? (
            <IconButton label="Back" onClick={onClose}>
              <IconArrowLeft size={18} stroke={1.8} />
            </IconButton>
          ) : (
            Icon && <Icon size={19} stroke={1.7} />
          )}
          <h2 id={`${id}-title`}>{title}</h2>
          <span className={styles['note']}>{headNote ?? <KeyHint keys="Esc" />}</span>
          <IconButton label={`Close ${title}`} onClick={onClose}>
            <IconX size={18} stroke={1.8} />
          </IconButton>
        </header>
        <div className={styles['body']}>{children}</div>
        {footer && <footer className={styles['foot']}>{footer}</footer>}
      </KeyScopeProvider>
    </section>,
    panel,
  )
}

/** The first field of the panel, or what it marks with data-autofocus, unless its content has taken the focus itself. */
function focusFirst(panel: HTMLElement | null): void {
  if (!panel || panel.contains(document.activeElement)) return
  const first = panel.querySelector<HTMLElement>('[data-autofocus]') ?? panel.querySelector<HTMLElement>('input:not([disabled]), textarea, select') ?? panel
  first.focus({ preventScroll: true })
}

function PanelKeys({ onClose, title }: { onClose: () => void; title: string }) {
  useKeys([{ id: 'panel.close', keys: 'Esc', label: 'Close, draft kept', where: title, run: onClose }])
  return null
}
