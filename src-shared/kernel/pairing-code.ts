import { assert } from './assert.ts'

/**
 * The code that lets one new machine in: 128 random bits as 26 symbols of Crockford's base 32, in groups for reading. So
 * long that nobody guesses it, online or from a recording; it is mostly carried by a QR code and is good for minutes.
 * Two spare bits at its end are zero.
 */
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const PAIRING_BYTES = 16
const LENGTH = 26
const SPARE = 2n

export function formatPairingCode(secret: Uint8Array): string {
  assert(secret.length === PAIRING_BYTES, 'a pairing code has 16 bytes')
  let bits = 0n
  for (const byte of secret) bits = (bits << 8n) | BigInt(byte)
  bits <<= SPARE
  const text = Array.from({ length: LENGTH }, (_, i) => SYMBOLS[Number((bits >> BigInt((LENGTH - 1 - i) * 5)) & 31n)]).join('')
  return [0, 5, 10, 15, 20].map((from, i, starts) => text.slice(from, starts[i + 1])).join('-')
}

/** Reads what a person typed: any case, spaces or dashes, O for 0, I or L for 1. Undefined when it cannot be a code. */
export function parsePairingCode(typed: string): Uint8Array | undefined {
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  if (text.length !== LENGTH) return undefined
  let bits = 0n
  for (const symbol of text) {
    const value = SYMBOLS.indexOf(symbol)
    if (value < 0) return undefined
    bits = (bits << 5n) | BigInt(value)
  }
  if ((bits & 3n) !== 0n) return undefined
  bits >>= SPARE
  const secret = new Uint8Array(PAIRING_BYTES)
  for (let i = PAIRING_BYTES - 1; i >= 0; i -= 1) {
    secret[i] = Number(bits & 255n)
    bits >>= 8n
  }
  return secret
}
