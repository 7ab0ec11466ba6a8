import { useEffect } from 'react'
import type { NetworkState } from '#shared/domains/network/model.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { nowInstant } from '../clock.ts'
import { createStore } from '../store.ts'
import { isAway } from './reach.ts'

/** The last time without the host, as this window saw it: how much waited, and how much of it came back refused. */
export interface Outage {
  since: Instant
  /** Null until everything that waited has reached the host. */
  backAt: Instant | null
  waited: number
  refused: number
  /** What stood in Attention before. */
  attentionBefore: number
}

/** Pure: the outage after one more look at the state. */
export function followOutage(known: Outage | undefined, state: NetworkState, now: Instant): Outage | undefined {
  const { role, link, unsent, attention, offlineSince } = state
  if (role !== 'member') return undefined
  const open = known?.backAt === null ? known : undefined
  if (isAway(state)) {
    return open ? { ...open, waited: Math.max(open.waited, unsent) } : { since: offlineSince ?? now, backAt: null, waited: unsent, refused: 0, attentionBefore: attention }
  }
  if (!open) return known
  const waited = Math.max(open.waited, unsent)
  if (link !== 'connected' || unsent > 0) return { ...open, waited }
  return { ...open, waited, backAt: now, refused: Math.min(waited, Math.max(0, attention - open.attentionBefore)) }
}

const outage = createStore<Outage | undefined>(undefined)

export const useOutage = outage.use

/** Mounted once in the frame, so that it is seen whichever screen is open. */
export function useFollowOutage(state: NetworkState): void {
  useEffect(() => outage.set(followOutage(outage.get(), state, nowInstant())), [state])
}
