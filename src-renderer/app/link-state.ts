import { useSyncExternalStore } from 'react'

/** How this window stands to the records. The rpc layer sets it; the sync chip shows it. */
export type LinkState =
  | { kind: 'in-sync' }
  | { kind: 'sending'; waiting: number }
  | { kind: 'reconnecting' }
  | { kind: 'offline' | 'stale'; waiting: number; minutes: number }

let current: LinkState = { kind: 'in-sync' }
const listeners = new Set<() => void>()

export function setLinkState(next: LinkState): void {
  current = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useLinkState(): LinkState {
  return useSyncExternalStore(subscribe, () => current)
}
