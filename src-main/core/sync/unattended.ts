import type { Core } from '../core.ts'
import { readKeyring } from '../keys/keyring.ts'
import { unlockWithDevice } from '../keys/unlock.ts'

/** Opens the records with what this machine itself holds, where the administrator has allowed that; false where nothing does. */
export async function openByMachine(core: Core): Promise<boolean> {
  if (core.vault.state !== 'closed') return core.vault.state === 'open'
  const { secret } = await core.machine.device()
  const opened = secret && unlockWithDevice(readKeyring(core.vault.folder), secret)
  if (!opened) return false
  core.vault.open(opened.dataKey)
  return true
}
