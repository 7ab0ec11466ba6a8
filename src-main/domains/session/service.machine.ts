import { lacksDevice } from '#main/core/keys/device.ts'
import { readKeyring, writeKeyring } from '#main/core/keys/keyring.ts'
import type { Core } from '#main/core/core.ts'
import { writeAudit } from '#main/core/rpc/audit-writer.ts'

/**
 * After the records were opened: a machine that keeps no secret (any more) may not open them by itself, so its slots go;
 * and slots that need a secret which is not here are written down as a fact, because their people cannot come in.
 */
export async function settleMachine(core: Core): Promise<void> {
  const { secret } = await core.machine.device()
  const keyring = readKeyring(core.vault.folder)
  const staying = keyring.slots.filter((slot) => slot.kind !== 'device' || secret !== undefined)
  if (staying.length < keyring.slots.length) {
    writeKeyring(core.vault.folder, { ...keyring, slots: staying })
    note(core, 'keys.machine-slots-removed')
  }
  if (lacksDevice({ ...keyring, slots: staying }, secret)) note(core, 'keys.machine-secret-missing')
}

function note(core: Core, action: string): void {
  writeAudit(core.vault.writer, {
    at: core.platform.now(), action, outcome: 'done', actorId: null, sessionId: null, door: 'core', commandId: null, patientId: null, entityId: null, code: null,
  })
}
