import type { Id } from '#shared/kernel/ids.ts'
import { toInstant, type Instant } from '#shared/kernel/time.ts'
import { scopeOf } from '../access/scope.ts'
import { accessSettingsOf } from '../access/windows.ts'
import type { Core } from '../core.ts'
import type { ReadDb } from '../db/types.ts'
import { deviceIdOf } from '../device.ts'
import { noteKeyringOf, type NoteKeyring } from '../keys/note-cipher.ts'
import type { Actor, Machine, Subject } from './context.ts'

/** What a handler knows beside the database: little enough that a simulated machine has it too. */
export interface Surroundings {
  readonly zone: string
  noteKeysOf(actor: { userId: Id }): NoteKeyring
  machine(): Machine
}

export const surroundingsOf = (core: Core): Surroundings => ({
  get zone() {
    return core.vault.zone
  },
  noteKeysOf: (actor) => noteKeyringOf(core, actor),
  machine: () => machineOf(core),
})

/** What a query and a command know alike. The scope is made here and nowhere else. */
export function commonOf(around: Surroundings, db: ReadDb, actor: Actor, now: Instant, subject: Subject) {
  const { zone } = around
  return {
    actor, now, zone, scope: scopeOf(actor, now, zone, accessSettingsOf(db)), noteKeys: around.noteKeysOf(actor), machine: () => around.machine(),
    audit: (about: Subject) => void Object.assign(subject, about),
  }
}

function machineOf(core: Core): Machine {
  // Those who share a desk and wait behind it, locked, are signed in as well.
  const live = [...core.doors.values()].flatMap(({ session, waiting }) => [...(session ? [session] : []), ...waiting.values()]).map((session) => {
    const lastMs = core.presence.lastSeenMs(session.sessionId)
    return [session.sessionId, { isLocked: session.isLocked, proof: session.proof, lastSeenAt: lastMs === undefined ? session.startedAt : toInstant(lastMs) }] as const
  })
  return {
    deviceId: deviceIdOf(core), live: new Map(live),
    // Asked when it is needed: it reads the records itself, which must not happen in the middle of a command that writes.
    get network() {
      return core.network.view
    },
  }
}
