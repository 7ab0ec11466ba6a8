/** A chart that refreshes by itself while it is open is one look, not fifty: a look counts again after this time. */
const SAME_LOOK_MS = 10 * 60_000

export interface Seen {
  /** True the first time this session does this to this patient, and again after ten minutes. */
  isNew(sessionId: string, action: string, patientId: string | undefined): boolean
}

export function createSeen(nowMs: () => number): Seen {
  const last = new Map<string, number>()
  return {
    isNew: (sessionId, action, patientId) => {
      const key = `${sessionId} ${action} ${patientId ?? ''}`
      const now = nowMs()
      const before = last.get(key)
      if (before !== undefined && now - before < SAME_LOOK_MS) return false
      if (last.size > 10_000) last.clear()
      last.set(key, now)
      return true
    },
  }
}
