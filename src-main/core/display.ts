import { can } from '#shared/access/permissions.ts'
import type { Core } from './core.ts'
import type { Door } from './rpc/context.ts'
import { transact } from './rpc/run.ts'

/** Whoever sits at the window beside it and may call patients has opened the display; that stands in the activity log. */
export function allowDisplay(core: Core, display: Door, beside: Door): void {
  const { session } = beside
  if (display.kind !== 'display' || core.vault.state !== 'open' || !session || session.isLocked || session.mustEnrol || !can(session, 'appointment.write')) return
  transact(core, { audit: 'display.opened', topics: [], door: beside, actor: session, subject: {} }, () => undefined)
  display.mayShowCalls = true
}
