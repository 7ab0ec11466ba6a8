import { seal, toBytes, toText, unseal } from './box.ts'
import type { Derived, KdfParams } from './kdf.ts'
import type { Keyring } from './keyring.ts'

/**
 * What of a person's password goes on to the next host, beside the account's login hash: how it is derived, and the person's
 * own key under the password alone. No machine's secret is in it, because the machine that has it may be gone by then.
 */
export interface Carried {
  salt: string
  kdf: KdfParams
  /** Null until the person's key was at hand. */
  userKey: string | null
}

type Derivation = Pick<Carried, 'salt' | 'kdf'>

export const carriedOf = (keyring: Keyring, how: Derivation, derived: Derived, userKey: Uint8Array | undefined): Carried =>
  ({ salt: how.salt, kdf: how.kdf, userKey: userKey ? toText(seal(derived.carry, about(keyring, how), userKey)) : null })

/** Undefined where the person's key was never at hand. */
export const carriedKey = (keyring: Keyring, carried: Carried, derived: Derived): Uint8Array | undefined =>
  (carried.userKey === null ? undefined : unseal(derived.carry, about(keyring, carried), toBytes(carried.userKey)))

/** The clinic's id is the same in each machine's keyring. */
const about = ({ databaseId }: Keyring, { salt }: Derivation): string => JSON.stringify(['carried-key', databaseId, salt])
