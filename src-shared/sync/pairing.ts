import * as z from 'zod'
import { DeviceName } from '../domains/devices/model.ts'
import { Id } from '../kernel/ids.ts'
import { limits } from '../kernel/limits.ts'
import { parsePairingCode } from '../kernel/pairing-code.ts'
import { Profile } from './messages.ts'

/** How a new machine is let into the clinic's network: four messages over one TLS connection (docs/sync.md, "The wire"). */

const Mark = z.string().regex(/^[A-Za-z0-9+/]{43}=$/)
const Pem = z.string().min(1).max(6_000)

/** What the new machine says of itself. Its private key stays where it is: `request` holds the public half. */
export const AboutMachine = z.strictObject({ deviceId: Id, name: DeviceName, os: z.string().max(100), app: z.string().max(40), profile: Profile })
export type AboutMachine = z.infer<typeof AboutMachine>

export const Join = z.strictObject({ t: z.literal('join'), about: AboutMachine, request: Pem, proof: Mark })
export type Join = z.infer<typeof Join>

/** What a machine that was let in gets. */
export const Admission = z.strictObject({
  certificate: Pem, authority: Pem, clinicId: Id, clinicName: z.string().max(200), hostId: Id, hostName: z.string().max(200),
  epoch: z.int().min(1), name: DeviceName, profile: Profile,
})
export type Admission = z.infer<typeof Admission>

/** Why a machine was not let in. The first three are said by the host, the others are found out by the machine itself. */
export const pairingRefusals = [
  'PAIRING_CLOSED', 'PAIRING_WRONG_CODE', 'PAIRING_LOCKED', 'PAIRING_BUSY', 'PAIRING_DECLINED', 'PAIRING_FAILED',
  'PAIRING_NOT_THE_HOST', 'PAIRING_UNREACHABLE', 'PAIRING_CANCELLED', 'PAIRING_BAD_CODE', 'PAIRING_BAD_ADDRESS',
] as const
export type PairingRefusal = (typeof pairingRefusals)[number]

const waiting = z.strictObject({ t: z.literal('waiting'), proof: Mark })
const admitted = z.strictObject({ t: z.literal('admitted'), admission: Admission })
const refused = z.strictObject({ t: z.literal('refused'), code: z.enum(pairingRefusals) })
export const ToJoiner = z.discriminatedUnion('t', [waiting, admitted, refused])
export type ToJoiner = z.infer<typeof ToJoiner>

/** What the host's QR code says: where it is, whose certificates are right, and the code. */
export interface Invitation {
  addresses: string[]
  /** SHA-256 of the clinic's own certificate, in hexadecimal. */
  authority: string
  code: string
}

const Written = z.tuple([z.literal('cairn-pair-1'), z.array(z.string().max(200)).max(limits.network_addresses_max), z.string().regex(/^[0-9a-f]{64}$/), z.string().max(60)])

export const formatInvitation = ({ addresses, authority, code }: Invitation): string => JSON.stringify(['cairn-pair-1', addresses, authority, code])

/** Undefined for any other QR code that somebody held before the camera. */
export function parseInvitation(text: string): Invitation | undefined {
  const written = Written.safeParse(parseJson(text)).data
  if (!written || !parsePairingCode(written[3])) return undefined
  return { addresses: written[1], authority: written[2], code: written[3] }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
