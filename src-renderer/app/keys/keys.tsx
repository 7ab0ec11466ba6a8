import { Kbd } from '@mantine/core'
import { createContext, type ReactNode, useContext, useEffect, useRef, useSyncExternalStore } from 'react'
import { ariaKeys, showKeys } from './match.ts'
import { type FocusFacts, type KeyDef, KeyRegistry, KeyScope, type RegisteredKey } from './registry.ts'

const isMac = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac')

/** The one registry of the window: handlers, hints, the palette and the keys page all read it. */
export const keyRegistry = new KeyRegistry(isMac ? 'mac' : 'other')

const ScopeContext = createContext<KeyScope>(KeyScope.app)

export function KeyScopeProvider({ scope, children }: { scope: KeyScope; children: ReactNode }) {
  return <ScopeContext value={scope}>{children}</ScopeContext>
}

function focusFacts(target: EventTarget | null): FocusFacts {
  if (!(target instanceof HTMLElement)) return { tag: 'BODY', isEditable: false }
  return {
    tag: target.tagName,
    type: target instanceof HTMLInputElement ? target.type : undefined,
    role: target.getAttribute('role') ?? undefined,
    isEditable: target.isContentEditable,
  }
}

/** Listens once for the whole window. Keys pressed while an input method composes belong to that method. */
export function listenForKeys(target: Window): () => void {
  keyRegistry.restorePreferences()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented) return
    const entry = keyRegistry.resolve(event, focusFacts(event.target), event.timeStamp)
    if (!entry) return
    event.preventDefault()
    event.stopPropagation()
    entry.run(event)
  }
  target.addEventListener('keydown', onKeyDown)
  return () => target.removeEventListener('keydown', onKeyDown)
}

/** Registers keys for as long as the component is mounted. `run` and `when` always see the latest render. */
export function useKeys(defs: readonly KeyDef[]): void {
  const scope = useContext(ScopeContext)
  const latest = useRef(defs)
  useEffect(() => {
    latest.current = defs
  })
  const signature = defs.map((def) => [def.id, def.keys, def.label, def.where, def.inFields, def.always, def.hidden].join('\u0000')).join('\u0001')
  useEffect(() => {
    const stable = latest.current.map((def, index) => ({
      ...def,
      run: (event: KeyboardEvent) => latest.current[index]?.run(event),
      when: () => latest.current[index]?.when?.() ?? true,
    }))
    return keyRegistry.add(stable, scope)
  }, [signature, scope])
}

/** While mounted, only keys of the modal scope work. Rendered inside every modal. */
export function ModalKeys({ children }: { children: ReactNode }) {
  useEffect(() => keyRegistry.openModal(), [])
  return <KeyScopeProvider scope={KeyScope.modal}>{children}</KeyScopeProvider>
}

export function useRegisteredKeys(): readonly RegisteredKey[] {
  return useSyncExternalStore(keyRegistry.subscribe, () => keyRegistry.all())
}

export function useKey(id: string | undefined): RegisteredKey | undefined {
  return useSyncExternalStore(keyRegistry.subscribe, () => (id === undefined ? undefined : keyRegistry.find(id)))
}

/** For the button that does the same: `<button {...useShortcut('day.book')}>`. */
export function useShortcut(id: string | undefined): { 'aria-keyshortcuts'?: string } {
  const entry = useKey(id)
  const value = entry && ariaKeys(entry.keys, keyRegistry.platform)
  return value ? { 'aria-keyshortcuts': value } : {}
}

interface KeyHintProps {
  /** Id of a registered key; nothing is shown while no such key is registered. */
  of?: string
  /** Or the keys themselves, where no handler of the registry is behind it (Enter in a form). */
  keys?: string
  className?: string
}

/** Shows a key. Hidden from screen readers: the control itself carries aria-keyshortcuts. */
export function KeyHint({ of, keys, className }: KeyHintProps) {
  const entry = useKey(of)
  const text = entry?.keys ?? keys
  if (text === undefined) return null
  return (
    <Kbd aria-hidden className={className}>
      {showKeys(text, keyRegistry.platform)}
    </Kbd>
  )
}
