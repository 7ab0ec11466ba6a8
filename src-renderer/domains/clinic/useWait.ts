import { useEffect, useState } from 'react'
import { Refusal } from '#shared/rpc/errors.ts'
import { nowMs } from '#renderer/app/clock.ts'

export interface Wait {
  /** Seconds until the next attempt is looked at; 0 when it is now. */
  seconds: number
  /** True when this refusal was one that makes people wait. */
  take: (error: unknown) => boolean
}

/** Counts down what the core has told a door to wait. */
export function useWait(): Wait {
  const [until, setUntil] = useState(0)
  const [now, setNow] = useState(nowMs)
  const isWaiting = until > now
  useEffect(() => {
    if (!isWaiting) return undefined
    const timer = setInterval(() => setNow(nowMs()), 1000)
    return () => clearInterval(timer)
  }, [isWaiting])
  const take = (error: unknown): boolean => {
    const seconds = secondsIn(error)
    if (seconds === undefined) return false
    setNow(nowMs())
    setUntil(nowMs() + seconds * 1000)
    return true
  }
  return { seconds: isWaiting ? Math.ceil((until - now) / 1000) : 0, take }
}

function secondsIn(error: unknown): number | undefined {
  if (!(error instanceof Refusal) || error.code !== 'SIGN_IN_WAIT') return undefined
  const { data } = error
  return typeof data === 'object' && data !== null && 'seconds' in data && typeof data.seconds === 'number' ? data.seconds : undefined
}
