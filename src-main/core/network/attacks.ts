import type { Platform } from '../platform/platform.ts'

/** What somebody tried at the door. Nothing of what they sent is kept. */
export type AttackKind =
  | 'no-certificate' | 'foreign-certificate' | 'expired-certificate' | 'unknown-certificate' | 'revoked-certificate' | 'old-tls' | 'broken-handshake'
  | 'browser' | 'binary-frame' | 'large-frame' | 'broken-frame' | 'not-json' | 'unknown-message' | 'wrong-code' | 'bad-join'

export interface Attack {
  kind: AttackKind
  /** The other end's number in the network. */
  remote: string
  deviceId?: string
  /** How often it was seen since it was last told. */
  times: number
}
export type Attempt = Omit<Attack, 'times'>

/** The same attempt from the same place is told once a minute, with its number: whoever floods the door must not fill the activity log. */
const TOLD_AGAIN_MS = 60_000
/** An attacker who changes the address with each attempt counts as one. */
const PLACES_MAX = 500

export function attackTeller(platform: Pick<Platform, 'nowMs'>, tell: (attack: Attack) => void): (attempt: Attempt) => void {
  const seen = new Map<string, { toldAt: number; untold: number }>()
  return (attempt) => {
    const now = platform.nowMs()
    const known = `${attempt.kind} ${attempt.remote} ${attempt.deviceId ?? ''}`
    if (!seen.has(known) && seen.size >= PLACES_MAX) forgetOld(seen, now)
    const key = seen.has(known) || seen.size < PLACES_MAX ? known : attempt.kind
    const last = seen.get(key)
    const times = (last?.untold ?? 0) + 1
    if (last && now - last.toldAt < TOLD_AGAIN_MS) {
      last.untold = times
      return
    }
    seen.set(key, { toldAt: now, untold: 0 })
    tell({ ...attempt, times })
  }
}

function forgetOld(seen: Map<string, { toldAt: number }>, now: number): void {
  for (const [key, { toldAt }] of seen) if (now - toldAt >= TOLD_AGAIN_MS) seen.delete(key)
}
