import type { Core } from '../core.ts'
import { readSync } from './context.ts'
import { feedBounds } from './feed.ts'
import { openAttention, unsentOf } from './member-store.ts'

/** How a node stands, for whoever looks after it: no name and no patient in it. */
export function statusOf(core: Core) {
  if (core.vault.state !== 'open') return { state: core.vault.state, role: null }
  const db = core.vault.reader
  const { role, profile, epoch, cursor } = readSync(db)
  const { link, stoppedBy, behind, connected } = core.network.view
  const { unsent, since } = unsentOf(db)
  return {
    state: 'open', role, profile, epoch, cursor: role === 'host' ? feedBounds(db).last : cursor, unsent, unsentSince: since, lag: role === 'member' ? behind : 0, attention: openAttention(db),
    link, stoppedBy, connected: connected.size, port: core.network.server?.port ?? null, addresses: core.network.server?.addresses ?? [],
  }
}
