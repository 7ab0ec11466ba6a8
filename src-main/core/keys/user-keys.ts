import { createPrivateKey, createPublicKey, diffieHellman, randomBytes, type KeyObject } from 'node:crypto'
import { seal, unseal } from './box.ts'
import { expand } from './kdf.ts'

/** X25519 keys as their 32 raw bytes. What is sealed to a public key opens for the holder of its private half only. */
export interface KeyPair {
  publicKey: Uint8Array
  privateKey: Uint8Array
}

// RFC 8410: what stands before the raw bytes when such a key is written as PKCS 8 or SPKI.
const PRIVATE_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex')
const PUBLIC_HEAD = Buffer.from('302a300506032b656e032100', 'hex')
const BYTES = 32

export function makeKeyPair(): KeyPair {
  const privateKey = new Uint8Array(randomBytes(BYTES))
  return { privateKey, publicKey: publicHalf(privateKey) }
}

export const publicHalf = (privateKey: Uint8Array): Uint8Array =>
  new Uint8Array(createPublicKey(privateObject(privateKey)).export({ format: 'der', type: 'spki' }).subarray(-BYTES))

/** Seals with a key pair made for this one message. `about` is bound in and has to be said again to open it. */
export function sealTo(publicKey: Uint8Array, bytes: Uint8Array, about = ''): Uint8Array {
  const once = makeKeyPair()
  const key = sharedKey(once.privateKey, publicKey, once.publicKey, publicKey)
  return new Uint8Array(Buffer.concat([once.publicKey, seal(key, about, bytes)]))
}

/** Undefined when it was sealed to somebody else, about something else, or changed since. */
export function openWith(privateKey: Uint8Array, sealed: Uint8Array, about = ''): Uint8Array | undefined {
  if (sealed.length <= BYTES) return undefined
  const once = sealed.subarray(0, BYTES)
  try {
    return unseal(sharedKey(privateKey, once, once, publicHalf(privateKey)), about, sealed.subarray(BYTES))
  } catch {
    return undefined // The bytes in front are no point of the curve that agrees to anything.
  }
}

/** Both public halves go into the key, so that a box cannot be passed off as one for another pair. */
function sharedKey(own: Uint8Array, other: Uint8Array, once: Uint8Array, recipient: Uint8Array): Uint8Array {
  const agreed = diffieHellman({ privateKey: privateObject(own), publicKey: publicObject(other) })
  return expand(Buffer.concat([agreed, once, recipient]), 'sealed-box-v1')
}

const privateObject = (bytes: Uint8Array): KeyObject => createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, bytes]), format: 'der', type: 'pkcs8' })
const publicObject = (bytes: Uint8Array): KeyObject => createPublicKey({ key: Buffer.concat([PUBLIC_HEAD, bytes]), format: 'der', type: 'spki' })
