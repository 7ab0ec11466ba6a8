import { createCipheriv, createDecipheriv, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'
import { assert } from '#shared/kernel/assert.ts'

/**
 * One page of an SQLCipher 4 file from one raw key to another, as the format describes it: AES-256-CBC with a random
 * vector for each page, HMAC-SHA-512 over what is encrypted, the vector and the page's number. Page 1 begins with the
 * file's salt in the clear. Pages keep their numbers, so that a copy can be brought up to date page by page.
 */
export const PAGE = 4096
const SALT = 16
const VECTOR = 16
const MAC = 64
const MAC_MASK = 0x3a
const MAC_ROUNDS = 2

export interface PageKey { key: Uint8Array; macKey: Uint8Array; salt: Uint8Array }

export function pageKey(key: Uint8Array, salt: Uint8Array): PageKey {
  assert(key.length === 32 && salt.length === SALT, 'a raw key and a file’s salt')
  return { key, salt, macKey: pbkdf2Sync(key, salt.map((byte) => byte ^ MAC_MASK), MAC_ROUNDS, 32, 'sha512') }
}

/** The page under the other key; undefined when its MAC does not fit the one it should have. */
export function rekeyPage(from: PageKey, to: PageKey, number: number, page: Buffer): Buffer | undefined {
  // A page that was never written is a hole in the file: there is nothing in it to encrypt.
  if (page.every((byte) => byte === 0)) return page
  const start = number === 1 ? SALT : 0
  const body = page.subarray(start, PAGE - VECTOR - MAC)
  const vector = page.subarray(PAGE - VECTOR - MAC, PAGE - MAC)
  if (!timingSafeEqual(macOf(from, number, body, vector), page.subarray(PAGE - MAC))) return undefined
  const decipher = createDecipheriv('aes-256-cbc', from.key, vector).setAutoPadding(false)
  const fresh = randomBytes(VECTOR)
  const cipher = createCipheriv('aes-256-cbc', to.key, fresh).setAutoPadding(false)
  const sealed = cipher.update(decipher.update(body))
  return Buffer.concat([number === 1 ? to.salt : Buffer.alloc(0), sealed, fresh, macOf(to, number, sealed, fresh)])
}

function macOf({ macKey }: PageKey, number: number, body: Buffer, vector: Buffer): Buffer {
  const place = Buffer.alloc(4)
  place.writeUInt32LE(number)
  return createHmac('sha512', macKey).update(body).update(vector).update(place).digest()
}
