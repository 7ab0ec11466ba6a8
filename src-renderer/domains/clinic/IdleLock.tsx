import { useEffect, useRef } from 'react'
import { nowMs } from '#renderer/app/clock.ts'
import { useLock } from '#renderer/app/lock.ts'
import { api } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'

const signs = ['keydown', 'pointerdown', 'wheel', 'pointermove'] as const
/** How often the core is told, at most: a third of the shortest time that a machine can be set to. */
const TELL_MS = 1_500
const TELL_SHARE = 10

/**
 * Locks after the machine's time without a sign of life, and tells the core of the signs there are. The core locks by its
 * own clock as well: this one is there so that the screen goes at that moment and not with the next call.
 */
export function IdleLock() {
  const lock = useLock()
  const { idleSeconds } = useSession()
  const latest = useRef(lock)
  useEffect(() => {
    latest.current = lock
  })
  useEffect(() => {
    const idleMs = idleSeconds * 1000
    const tellMs = Math.max(TELL_MS, idleMs / TELL_SHARE)
    let timer = setTimeout(() => latest.current(), idleMs)
    let toldAt = nowMs()
    const onSign = () => {
      clearTimeout(timer)
      timer = setTimeout(() => latest.current(), idleMs)
      if (nowMs() - toldAt < tellMs) return
      toldAt = nowMs()
      api.session.seen({}).catch(() => undefined) // Locked meanwhile: the state says so.
    }
    for (const sign of signs) window.addEventListener(sign, onSign, { capture: true, passive: true })
    return () => {
      clearTimeout(timer)
      for (const sign of signs) window.removeEventListener(sign, onSign, { capture: true })
    }
  }, [idleSeconds])
  return null
}
