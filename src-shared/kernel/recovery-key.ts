import { assert } from './assert.ts'

/**
 * The printed recovery key: 256 bits as 13 groups of four letters and a check group. Letters without I and O,
 * digits without 0 and 1 (32 symbols of 5 bits: 52 symbols carry 260 bits, the last four are zero).
 */
const SYMBOLS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
export const RECOVERY_GROUPS = 14
const GROUP = 4

export function formatRecoveryKey(secret: Uint8Array): string[] {
  assert(secret.length === 32, 'a recovery key has 32 bytes')
  let bits = 0n
  for (const byte of secret) bits = (bits << 8n) | BigInt(byte)
  bits <<= 4n
  let text = ''
  for (let i = 51; i >= 0; i -= 1) text += SYMBOLS[Number((bits >> BigInt(i * 5)) & 31n)]
  const groups = text.match(/.{4}/g) ?? []
  return [...groups, checkGroup(text)]
}

/** Reads what a person typed (any case, spaces or dashes); undefined when a group is missing or the check group differs. */
export function parseRecoveryKey(typed: string): Uint8Array | undefined {
  const text = typed.toUpperCase().replace(/[\s-]/g, '')
  if (text.length !== RECOVERY_GROUPS * GROUP) return undefined
  const body = text.slice(0, 52)
  let bits = 0n
  for (const symbol of body) {
    const value = SYMBOLS.indexOf(symbol)
    if (value < 0) return undefined
    bits = (bits << 5n) | BigInt(value)
  }
  if (checkGroup(body) !== text.slice(52)) return undefined
  bits >>= 4n
  const secret = new Uint8Array(32)
  for (let i = 31; i >= 0; i -= 1) {
    secret[i] = Number(bits & 255n)
    bits >>= 8n
  }
  return secret
}

/** Catches a misread or swapped symbol: 20 bits of a polynomial hash (FNV-1a folded). */
function checkGroup(body: string): string {
  let hash = 0x811c9dc5
  for (const symbol of body) hash = Math.imul(hash ^ symbol.charCodeAt(0), 0x01000193) >>> 0
  const folded = (hash ^ (hash >>> 20)) & 0xfffff
  return [15, 10, 5, 0].map((shift) => SYMBOLS[(folded >> shift) & 31]).join('')
}
