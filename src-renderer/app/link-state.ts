import { createStore } from './store.ts'

/** How this window stands to the records of its own machine. The rpc layer sets it; the sync chip shows it. */
export type LinkState = 'connected' | 'reconnecting'

const link = createStore<LinkState>('connected')

export const setLinkState = link.set
export const useLinkState = link.use
