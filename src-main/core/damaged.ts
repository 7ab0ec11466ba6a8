import type { Core } from './core.ts'

/** A page that cannot be read ends the work on this file: every window is told and falls back to the closed door. */
export function closeDamaged(core: Core): void {
  core.vault.giveUp()
  for (const door of core.doors.values()) {
    door.session = null
    door.pending = null
    door.waiting.clear()
  }
  core.changes.publish({ topics: ['session'] })
}
