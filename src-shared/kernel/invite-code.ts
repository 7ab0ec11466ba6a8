import { assert } from './assert.ts'

/**
 * The code of an invitation: 80 random bits as four groups of four, in the letters of the recovery key (no I and O, no 0
 * and 1). Long enough that it cannot be guessed off a copied disk in its 24 hours, short enough to type from a slip.
 */
const SYMBOLS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
export const INVITE_BYTES = 10
const SYMBOLS_OF_CODE = 16

export function formatInviteCode(secret: Uint8Array): string {
  assert(secret.length === INVITE_BYTES, 'an invitation has 10 bytes')
  let bits = 0n
  for (const byte of secret) bits = (bits << 8n) | BigInt(byte)
  const text = Array.from({ length: SYMBOLS_OF_CODE }, (_, i) => SYMBOLS[Number((bits >> BigInt((SYMBOLS_OF_CODE - 1 - i) * 5)) & 31n)]).join('')
  return (text.match(/.{4}/g) ?? []).join('-')
}

/** What a person typed (any case, spaces or dashes) as the code was made; undefined when it cannot be one. */
export function parseInviteCode(typed: string): string | undefined {
  const text = typed.toUpperCase().replace(/[\s-]/g, '')
  if (text.length !== SYMBOLS_OF_CODE || [...text].some((symbol) => !SYMBOLS.includes(symbol))) return undefined
  return (text.match(/.{4}/g) ?? []).join('-')
}
