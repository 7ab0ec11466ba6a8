import { createContext, useContext } from 'react'
import { flushDrafts } from '#renderer/ui/drafts.ts'

/** Asks the core to lock this window. Given by App, because the shell does not know the session's calls. */
export const LockContext = createContext<() => Promise<unknown> | void>(() => undefined)

/** Locks after all drafts are saved, so that unlocking comes back to the same words. */
export function useLock(): () => void {
  const lock = useContext(LockContext)
  return () => void flushDrafts().finally(lock)
}
