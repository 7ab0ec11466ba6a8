import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { newKeyring, type Keyring, type Slot } from './keyring.ts'
import { makeDeviceSlot, refilled } from './slots.ts'

interface NewMember { clinicId: Id; at: Instant; newId(): Id; device: Uint8Array | undefined; recovery: Slot | undefined }

/**
 * The keyring of a machine that has just taken its first copy. Its data key is its own; the printed key's slot is the
 * host's, so that one paper opens every machine of the clinic, and the machine's own secret lets it start with nobody
 * there. People come with their first sign-in.
 */
export function makeMemberKeyring({ clinicId, at, newId, device, recovery }: NewMember, dataKey: Uint8Array): Keyring {
  const keyring = newKeyring(clinicId, at)
  const slots = [...(recovery ? [refilled(keyring, recovery, dataKey)] : []), ...(device ? [makeDeviceSlot(keyring, { id: newId(), at }, device, dataKey)] : [])]
  return { ...keyring, slots }
}

/** The clinic has printed a new sheet: from now on it opens this machine, and the old one does not. */
export function withRecoverySlot(keyring: Keyring, recovery: Slot | undefined, dataKey: Uint8Array): Keyring {
  if (!recovery || keyring.slots.some((slot) => slot.kind === 'recovery' && slot.id === recovery.id)) return keyring
  return { ...keyring, slots: [...keyring.slots.filter((slot) => slot.kind !== 'recovery'), refilled(keyring, recovery, dataKey)] }
}

/** Only what the printed key opens stays: whoever has the machine now opens nothing, and its unsent work is not lost. */
export const withoutPeople = (keyring: Keyring, revokedAt: Instant): Keyring => ({ ...keyring, revokedAt, old: [], slots: keyring.slots.filter((slot) => slot.kind === 'recovery') })
