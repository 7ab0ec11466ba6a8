import fs from 'node:fs'
import { refuse } from '#shared/rpc/errors.ts'
import type { Core } from '../core.ts'
import { makeChosenKeyFile } from '../keys/device.ts'
import { changeKeyring, readKeyring } from '../keys/keyring.ts'
import { makeDeviceSlot } from '../keys/slots.ts'
import { unlockWithDevice } from '../keys/unlock.ts'
import { writeAudit } from '../rpc/audit-writer.ts'

// A host in a cupboard that has to serve after a power cut, with nobody there: only where an administrator wants that.

/** Opens the records with what this machine itself holds; false where nothing does. */
export async function openByMachine(core: Core): Promise<boolean> {
  if (core.vault.state !== 'closed') return core.vault.state === 'open'
  const { secret } = await core.machine.device()
  const opened = secret && unlockWithDevice(readKeyring(core.vault.folder), secret)
  if (!opened) return false
  core.vault.open(opened.dataKey)
  return true
}

/** Makes the clinic's key file where there is none yet. */
export function makeKeyFileAt(core: Core, file: string): void {
  if (fs.existsSync(file)) return
  fs.mkdirSync(core.vault.folder, { recursive: true, mode: 0o700 })
  makeChosenKeyFile(core.vault.folder, file, core.platform.random(32))
}

/** From now on the open records open by themselves on this machine. Refuses with DEVICE_SECRET_MISSING where it keeps no secret. */
export async function allowUnattended(core: Core): Promise<void> {
  const { secret } = await core.machine.device()
  const { dataKey, folder, writer } = core.vault
  if (!secret || !dataKey) throw refuse('DEVICE_SECRET_MISSING')
  if (unlockWithDevice(readKeyring(folder), secret)) return
  const at = core.platform.now()
  changeKeyring(folder, (keyring) => ({ ...keyring, slots: [...keyring.slots, makeDeviceSlot(keyring, { id: core.platform.newId(), at }, secret, dataKey)] }))
  writeAudit(writer, { at, action: 'keys.machine-slot-made', outcome: 'done', actorId: null, sessionId: null, door: 'cli', commandId: null, patientId: null, entityId: null, code: null })
  core.audit.wrote()
}
