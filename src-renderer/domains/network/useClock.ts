import { useEffect, useState } from 'react'
import { nowMs } from '#renderer/app/clock.ts'

/** Ticks each second, for as long as a screen counts down. */
export function useClock(): number {
  const [now, setNow] = useState(nowMs)
  useEffect(() => {
    const timer = setInterval(() => setNow(nowMs()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
