/** A chart that refreshes by itself while it is open is one look, not fifty: a look counts again after this time. */
const SAME_LOOK_MS = 10 * 60_000

export interface Seen {
  /** True the first time this session does this to this patient (or asks this), and again after ten minutes. */
  isNew(sessionId: string, action: string, about: string | undefined): boolean
  /** It could not be logged: the next time counts. */
  forget(sessionId: string, action: string, about: string | undefined): void
}

const keyOf = (sessionId: string, action: string, about: string | undefined): string => `${sessionId} ${action} ${about ?? ''}`

export function createSeen(nowMs: () => number): Seen {
  const last = new Map<string, number>()
  return {
    forget: (sessionId, action, about) => void last.delete(keyOf(sessionId, action, about)),
    isNew: (sessionId, action, about) => {
      const key = keyOf(sessionId, action, about)
      const now = nowMs()
      const before = last.get(key)
      if (before !== undefined && now - before < SAME_LOOK_MS) return false
      if (last.size > 50_000) last.clear()
      last.set(key, now)
      return true
    },
  }
}
