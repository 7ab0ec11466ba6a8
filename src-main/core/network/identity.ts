import fs from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { distinctAddresses } from '#shared/sync/address.ts'
import { Profile } from '#shared/sync/messages.ts'
import { readJson, writeWhole } from '../files/whole-file.ts'
import { seal, toBytes, toText, unseal } from '../keys/box.ts'
import { expand } from '../keys/kdf.ts'

/**
 * Who this machine is to the others: `network.json` in its data folder, never in the database, which is copied from
 * machine to machine. The private key is sealed with the machine's secret where there is one; where nobody keeps one,
 * the file's mode is all that guards it, and the host can take the machine off its list.
 */
export interface NetworkIdentity {
  deviceId: string
  clinicId: string
  /** What the host lets reach this disk; a host itself holds all, as a standby does. */
  profile: Profile
  /** PEM: the machine's own, and the clinic's that signed it. */
  certificate: string
  authority: string
  privateKey: string
  /** Where hosts were met, the last one first. */
  addresses: string[]
  /** The highest epoch ever seen: no host of a lower one is believed (I12). */
  epochSeen: number
}

const FILE = 'network.json'
const Stored = z.strictObject({
  version: z.literal(1), deviceId: Id, clinicId: Id, profile: Profile, certificate: z.string(), authority: z.string(),
  key: z.discriminatedUnion('is', [z.strictObject({ is: z.literal('sealed'), bytes: z.string() }), z.strictObject({ is: z.literal('plain'), pem: z.string() })]),
  addresses: z.array(z.string()).max(limits.network_addresses_max), epochSeen: z.int().min(0),
})
type Stored = z.infer<typeof Stored>

/**
 * `none`: this machine is in no network. `damaged`: the file is there and no longer says who the machine is. `closed`:
 * the secret that opens the key is missing, because the key store was reset, or the file was copied to another computer.
 */
export type IdentityFound = { is: 'none' } | { is: 'damaged' } | { is: 'closed'; deviceId: string; clinicId: string } | { is: 'open'; identity: NetworkIdentity }

export function readIdentity(folder: string, secret: Uint8Array | undefined): IdentityFound {
  if (!fs.existsSync(fileIn(folder))) return { is: 'none' }
  const stored = Stored.safeParse(readJson(fileIn(folder))).data
  if (!stored) return { is: 'damaged' }
  const privateKey = openKey(stored, secret)
  const { version: _version, key: _key, ...rest } = stored
  return privateKey === undefined ? { is: 'closed', deviceId: stored.deviceId, clinicId: stored.clinicId } : { is: 'open', identity: { ...rest, privateKey } }
}

export function writeIdentity(folder: string, { privateKey, ...rest }: NetworkIdentity, secret: Uint8Array | undefined): void {
  write(folder, { version: 1, ...rest, addresses: distinctAddresses(rest.addresses), key: closeKey(rest, privateKey, secret) })
}

/** Remembers where the host was met; the key stays as it is written, so that no secret is needed. */
export function rememberAddress(folder: string, address: string): void {
  change(folder, (stored) => ({ ...stored, addresses: distinctAddresses([address, ...stored.addresses]) }))
}

/** Where the machines are that could be the host one day; tried last. */
export function rememberStandbys(folder: string, addresses: readonly string[]): void {
  change(folder, (stored) => ({ ...stored, addresses: distinctAddresses([...stored.addresses, ...addresses]) }))
}

/** Where hosts were met, without the secret that opens the key. */
export const addressesIn = (folder: string): readonly string[] => Stored.safeParse(readJson(fileIn(folder))).data?.addresses ?? []

/** Never goes down: on the disk before the machine acts on what the host of that epoch says. */
export function rememberEpoch(folder: string, epoch: number): void {
  change(folder, (stored) => ({ ...stored, epochSeen: Math.max(stored.epochSeen, epoch) }))
}

const fileIn = (folder: string): string => path.join(folder, FILE)
const write = (folder: string, stored: Stored): void => writeWhole(fileIn(folder), `${JSON.stringify(stored, null, 2)}\n`)

function change(folder: string, how: (stored: Stored) => Stored): void {
  const stored = Stored.safeParse(readJson(fileIn(folder))).data
  if (!stored) return
  const changed = how(stored)
  if (JSON.stringify(changed) !== JSON.stringify(stored)) write(folder, changed)
}

const aboutKey = ({ clinicId, deviceId }: Pick<Stored, 'clinicId' | 'deviceId'>): string => `network-key:${clinicId}:${deviceId}`
const sealingKey = (secret: Uint8Array): Uint8Array => expand(secret, 'network-key-v1')

function closeKey(about: Pick<Stored, 'clinicId' | 'deviceId'>, pem: string, secret: Uint8Array | undefined): Stored['key'] {
  return secret ? { is: 'sealed', bytes: toText(seal(sealingKey(secret), aboutKey(about), Buffer.from(pem))) } : { is: 'plain', pem }
}

function openKey(stored: Stored, secret: Uint8Array | undefined): string | undefined {
  if (stored.key.is === 'plain') return stored.key.pem
  const bytes = secret && unseal(sealingKey(secret), aboutKey(stored), toBytes(stored.key.bytes))
  return bytes && Buffer.from(bytes).toString('utf8')
}
