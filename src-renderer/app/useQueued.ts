import { useEffect, useRef } from 'react'

/** What is pressed while the screen still answers an older question waits for the new answer, and is done then. The last press counts. */
export function useQueued<T>(isBusy: boolean, act: (wanted: T) => void): (wanted: T) => void {
  const queued = useRef<{ wanted: T } | undefined>(undefined)
  useEffect(() => {
    if (queued.current === undefined || isBusy) return
    const { wanted } = queued.current
    queued.current = undefined
    act(wanted)
  })
  return (wanted) => {
    if (isBusy) queued.current = { wanted }
    else act(wanted)
  }
}
