import * as z from 'zod'

/** Every row's id: a UUID, version 7 where Cairn made it (sorts by time of creation). */
export const Id = z.uuid()
export type Id = string

/**
 * Writes 16 bytes as a UUID of the given version. Shared code has no random source of its own:
 * the caller brings the bytes (`platform.random` in the core, `crypto` in the window).
 */
export function uuidFromBytes(bytes: Uint8Array, version: 7 | 8): Id {
  const b = Uint8Array.from(bytes.subarray(0, 16))
  b[6] = ((b[6] ?? 0) & 0x0f) | (version << 4)
  b[8] = ((b[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(b, (x) => x.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A UUIDv7 for the instant `atMs` (milliseconds since 1970) from 10 random bytes. */
export function uuidv7At(atMs: number, random: Uint8Array): Id {
  const bytes = new Uint8Array(16)
  let rest = atMs
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
  bytes.set(random.subarray(0, 10), 6)
  return uuidFromBytes(bytes, 7)
}
