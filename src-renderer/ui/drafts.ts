import { useCallback, useEffect, useRef, useState } from 'react'
import { nowInstant } from '#renderer/app/clock.ts'

/** All drafts that may hold something unsaved; locking and closing flush them first. */
const open = new Set<() => Promise<void>>()

export async function flushDrafts(): Promise<void> {
  await Promise.allSettled([...open].map((flush) => flush()))
}

export interface DraftOptions<T> {
  /** What is in the form now. Compared by identity: give a new object per change. */
  value: T
  /** Sends it to the core. Rejecting keeps the draft dirty; it is tried again after two seconds and with the next change. */
  save: (value: T) => Promise<unknown>
  /** False while there is nothing worth keeping (form untouched) or it has been submitted. */
  enabled?: boolean
  /** Pause after the last change; a save never waits longer than twice this. */
  pauseMs?: number
}

export interface DraftState {
  /** When the last save came back, in the window's time. */
  savedAt: string | undefined
  status: 'clean' | 'dirty' | 'saving' | 'failed'
  flush: () => Promise<void>
}

/**
 * Nothing typed is ever lost: each change is saved within a second (400 ms pause, 800 ms at most while typing
 * on), and at once on blur of the window, on lock and on leaving the screen.
 */
export function useDraft<T>({ value, save, enabled = true, pauseMs = 400 }: DraftOptions<T>): DraftState {
  const [savedAt, setSavedAt] = useState<string>()
  const [status, setStatus] = useState<DraftState['status']>('clean')
  const latest = useRef({ value, save, enabled })
  const saved = useRef(value)
  const running = useRef<Promise<void> | undefined>(undefined)
  const dirtySince = useRef<number | undefined>(undefined)

  const flush = useCallback(async (): Promise<void> => {
    // One save at a time, in order: an older text must not arrive after a newer one.
    while (running.current) await running.current
    const current = latest.current
    if (!current.enabled || Object.is(current.value, saved.current)) return
    running.current = (async () => {
      const sent = current.value
      setStatus('saving')
      try {
        await current.save(sent)
        saved.current = sent
        dirtySince.current = undefined
        setSavedAt(nowInstant())
        setStatus(Object.is(latest.current.value, sent) ? 'clean' : 'dirty')
      } catch {
        setStatus('failed')
      } finally {
        running.current = undefined
      }
    })()
    await running.current
  }, [])

  useEffect(() => {
    latest.current = { value, save, enabled }
  })

  useEffect(() => {
    if (!enabled || Object.is(value, saved.current)) return undefined
    const now = performance.now()
    dirtySince.current ??= now
    setStatus((previous) => (previous === 'saving' ? previous : 'dirty'))
    const wait = Math.max(0, Math.min(pauseMs, dirtySince.current + 2 * pauseMs - now))
    const timer = setTimeout(() => void flush(), wait)
    return () => clearTimeout(timer)
  }, [value, enabled, pauseMs, flush])

  useEffect(() => {
    const onLeave = () => void flush()
    open.add(flush)
    window.addEventListener('blur', onLeave)
    window.addEventListener('pagehide', onLeave)
    return () => {
      open.delete(flush)
      window.removeEventListener('blur', onLeave)
      window.removeEventListener('pagehide', onLeave)
      void flush()
    }
  }, [flush])

  useEffect(() => {
    if (status !== 'failed') return undefined
    const timer = setTimeout(() => void flush(), 2000)
    return () => clearTimeout(timer)
  }, [status, flush])

  return { savedAt, status, flush }
}
