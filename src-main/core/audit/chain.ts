import { createHmac } from 'node:crypto'

/** A cell of an event as SQLite gives it. */
export type Cell = string | number | null

/** The columns that the chain covers, in the order that counts for ever. A new one goes to the end. */
export const chainColumns = [
  'seq', 'at', 'action', 'outcome', 'actor_id', 'session_id', 'door', 'command_id', 'patient_id', 'entity_id', 'code',
  'roles', 'device_id', 'reason', 'item_count', 'item_ids', 'terms', 'before_hash', 'after_hash',
] as const

/** Before the first row. */
export const NO_MAC = Buffer.alloc(32)

/**
 * One text for one row: a JSON list of its cells without the empty ones at its end, so that a column added later leaves
 * the text of older rows as it was.
 */
export function canonical(cells: readonly Cell[]): string {
  let length = cells.length
  while (length > 0 && cells[length - 1] === null) length -= 1
  return JSON.stringify(length === cells.length ? cells : cells.slice(0, length))
}

/** mac(n) = HMAC-SHA-256(key, mac(n-1) || row(n)): whoever changes a row has to change every later one, and needs the key. */
export const macOf = (key: Uint8Array, before: Uint8Array, cells: readonly Cell[]): Buffer =>
  createHmac('sha256', key).update(before).update(canonical(cells)).digest()

/** A keyed hash of something that must not be readable in the log: a searched word, a row before and after a change. */
export const blind = (key: Uint8Array, text: string): string => createHmac('sha256', key).update(text).digest('base64url').slice(0, 16)
