import { createStore } from './store.ts'

/** How this window stands to the records. The rpc layer sets it; the sync chip shows it. */
export type LinkState =
  | { kind: 'in-sync' }
  | { kind: 'sending'; waiting: number }
  | { kind: 'reconnecting' }
  | { kind: 'offline' | 'stale'; waiting: number; minutes: number }

const link = createStore<LinkState>({ kind: 'in-sync' })

export const setLinkState = link.set
export const useLinkState = link.use
