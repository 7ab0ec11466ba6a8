import type { Core } from '#main/core/core.ts'
import { changeKeyring } from '#main/core/keys/keyring.ts'
import { withoutPeople } from '#main/core/keys/member-keyring.ts'
import { writeAudit } from '#main/core/rpc/audit-writer.ts'
import { writeSync } from '#main/core/sync/context.ts'
import { leaveAll } from '#main/domains/session/service.ts'

/**
 * The host has taken this machine off its list: everybody is signed out, no password opens anything here any more, and the
 * records are closed. What had not been sent stays on the disk, encrypted; the printed key alone opens it.
 */
export function endHere(core: Core): void {
  const { vault, platform, changes } = core
  if (vault.state !== 'open') return
  writeSync(vault.writer, { standing: 'revoked' })
  writeAudit(vault.writer, {
    at: platform.now(), action: 'network.revoked-here', outcome: 'done', actorId: null, sessionId: null, door: 'network', commandId: null, patientId: null, entityId: core.node.deviceId, code: null,
  })
  for (const door of core.doors.values()) leaveAll(core, door)
  changeKeyring(vault.folder, (keyring) => withoutPeople(keyring, platform.now()))
  vault.close()
  changes.publish({ topics: ['network', 'session', 'clinic'] })
}
