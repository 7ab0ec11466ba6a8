import { useEffect, useState } from 'react'

/** True only after `active` has been true for a while: short work shows nothing. Another `since` is another wait. */
export function useDelayed(active: boolean, delayMs: number, since?: string | null): boolean {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!active) return undefined
    const timer = setTimeout(() => setShown(true), delayMs)
    return () => {
      clearTimeout(timer)
      setShown(false)
    }
  }, [active, delayMs, since])
  return active && shown
}
