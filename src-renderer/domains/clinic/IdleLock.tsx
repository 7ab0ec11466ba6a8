import { useEffect, useRef } from 'react'
import { useLock } from '#renderer/app/lock.ts'

const IDLE_MS = 5 * 60_000
const signs = ['keydown', 'pointerdown', 'wheel', 'pointermove'] as const

/** Locks over the work after five minutes without a sign of life at this window. */
export function IdleLock() {
  const lock = useLock()
  const latest = useRef(lock)
  useEffect(() => {
    latest.current = lock
  })
  useEffect(() => {
    let timer = setTimeout(() => latest.current(), IDLE_MS)
    const onSign = () => {
      clearTimeout(timer)
      timer = setTimeout(() => latest.current(), IDLE_MS)
    }
    for (const sign of signs) window.addEventListener(sign, onSign, { capture: true, passive: true })
    return () => {
      clearTimeout(timer)
      for (const sign of signs) window.removeEventListener(sign, onSign, { capture: true })
    }
  }, [])
  return null
}
