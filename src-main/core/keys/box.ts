import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const NONCE = 12
const TAG = 16

/** AES-256-GCM with a fresh random nonce in front; `about` is bound in, so that the box opens in its own place only. */
export function seal(key: Uint8Array, about: string, bytes: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about))
  return new Uint8Array(Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]))
}

/** Undefined for a wrong key, another place and a changed byte: all three look the same, and all open nothing. */
export function unseal(key: Uint8Array, about: string, sealed: Uint8Array): Uint8Array | undefined {
  if (sealed.length < NONCE + TAG) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG }).setAAD(Buffer.from(about))
  try {
    decipher.setAuthTag(sealed.subarray(-TAG))
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]))
  } catch {
    return undefined
  }
}

export const markOf = (key: Uint8Array, about: string): string => createHmac('sha256', key).update(about).digest('base64')

export function isMark(key: Uint8Array, about: string, mark: string): boolean {
  const [wanted, given] = [Buffer.from(markOf(key, about)), Buffer.from(mark)]
  return wanted.length === given.length && timingSafeEqual(wanted, given)
}

export const toText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
export const toBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))
