import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, randomBytes, type KeyObject } from 'node:crypto'
import type { Id } from '#shared/kernel/ids.ts'
import type { Core } from '../core.ts'
import { expand } from './kdf.ts'

/** X25519 keys of persons: what is sealed to one is opened by that one, and by nobody who only has the database. */

export interface UserKey { publicKey: Uint8Array; privateKey: Uint8Array }

const PUBLIC_HEAD = Buffer.from('302a300506032b656e032100', 'hex') // SubjectPublicKeyInfo of X25519 (RFC 8410), before the 32 bytes.
const PRIVATE_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex') // PKCS #8 of X25519 (RFC 8410), before the 32 bytes.
const [KEY_BYTES, NONCE_BYTES, TAG_BYTES] = [32, 12, 16]

/** A new pair for this message, the shared secret through HKDF bound to both public halves, AES-256-GCM: ephemeral key, nonce, tag, text. */
export function sealTo(publicKey: Uint8Array, bytes: Uint8Array): Uint8Array {
  const own = generateKeyPairSync('x25519')
  const ownPublic = rawPublic(own.publicKey)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', agree(own.privateKey, publicOf(publicKey), ownPublic, publicKey), nonce)
  const text = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([ownPublic, nonce, cipher.getAuthTag(), text])
}

/** Undefined when it was sealed to another key or has been altered. */
export function openWith(privateKey: Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
  if (sealed.length < KEY_BYTES + NONCE_BYTES + TAG_BYTES) return undefined
  const part = (from: number, length: number): Buffer => Buffer.from(sealed.subarray(from, from + length))
  const theirPublic = part(0, KEY_BYTES)
  const own = createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, privateKey]), format: 'der', type: 'pkcs8' })
  try {
    const secret = agree(own, publicOf(theirPublic), theirPublic, rawPublic(createPublicKey(own)))
    const decipher = createDecipheriv('aes-256-gcm', secret, part(KEY_BYTES, NONCE_BYTES), { authTagLength: TAG_BYTES })
    decipher.setAuthTag(part(KEY_BYTES + NONCE_BYTES, TAG_BYTES))
    return Buffer.concat([decipher.update(sealed.subarray(KEY_BYTES + NONCE_BYTES + TAG_BYTES)), decipher.final()])
  } catch {
    return undefined // A wrong key and altered bytes fail alike; nothing more is told.
  }
}

/**
 * The key of the person whose session it is. Derived from the data key for now: it keeps colleagues out, as all of this
 * does, but not yet whoever holds the data key. With the key slots of each person it moves into their slot, behind these
 * same four functions.
 */
export function userKeyOf(core: Core, sessionId: Id): UserKey | undefined {
  const session = [...core.doors.values()].find((door) => door.session?.sessionId === sessionId)?.session
  const dataKey = core.vault.dataKey
  if (!session || !dataKey) return undefined
  const privateKey = expand(dataKey, `user-key-v0:${session.userId}`)
  return { privateKey, publicKey: publicHalf(privateKey) }
}

/** Comes with the recovery slot's own pair; until then a sealed note opens for its author alone. */
export function recoveryPublicKey(_core: Core): Uint8Array | undefined {
  return undefined
}

export const publicHalf = (privateKey: Uint8Array): Uint8Array =>
  rawPublic(createPublicKey(createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, privateKey]), format: 'der', type: 'pkcs8' })))

const publicOf = (raw: Uint8Array): KeyObject => createPublicKey({ key: Buffer.concat([PUBLIC_HEAD, raw]), format: 'der', type: 'spki' })
const rawPublic = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' }).subarray(PUBLIC_HEAD.length)

function agree(own: KeyObject, theirs: KeyObject, ephemeral: Uint8Array, recipient: Uint8Array): Uint8Array {
  const shared = diffieHellman({ privateKey: own, publicKey: theirs })
  return new Uint8Array(hkdfSync('sha256', shared, Buffer.concat([ephemeral, recipient]), 'cairn:seal-v1', KEY_BYTES))
}
