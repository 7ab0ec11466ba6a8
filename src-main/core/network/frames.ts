import type { RawData, WebSocket } from 'ws'
import type * as z from 'zod'
import { limits } from '#shared/kernel/limits.ts'
import { closeCodes, type CloseCode } from './close-codes.ts'
import type { AttackKind } from './attacks.ts'

/** What one frame holds: a message both ends know, or why it is none. */
export type Frame<T> = { is: 'message'; message: T } | { is: 'bad'; attack: AttackKind; code: CloseCode }

/** Text, JSON, and exactly one of the shapes: an unknown field is as unknown as an unknown message. */
export function readFrame<T>(shape: z.ZodType<T>, data: RawData, isBinary: boolean): Frame<T> {
  if (isBinary) return { is: 'bad', attack: 'binary-frame', code: closeCodes.binary }
  const text = textOf(data)
  if (!isFlat(text)) return { is: 'bad', attack: 'unknown-message', code: closeCodes.badMessage }
  const json = parseJson(text)
  if (json === undefined) return { is: 'bad', attack: 'not-json', code: closeCodes.badMessage }
  const { data: message, success } = shape.safeParse(json)
  return success ? { is: 'message', message } : { is: 'bad', attack: 'unknown-message', code: closeCodes.badMessage }
}

/** The library ends a connection whose frames break the protocol; this says what was wrong with them. */
export const attackOfError = (error: Error & { code?: string }): AttackKind | undefined => {
  if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' || error.code === 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH') return 'large-frame'
  return error.code?.startsWith('WS_ERR_') ? 'broken-frame' : undefined
}

/** False while more lies unsent than a machine that keeps up ever leaves: the caller waits, or what it sends fills the memory. */
export function sendFrame(socket: WebSocket, message: unknown): boolean {
  if (socket.readyState !== socket.OPEN) return false
  socket.send(JSON.stringify(message))
  return socket.bufferedAmount <= limits.network_unsent_bytes
}

/** Deeper than any message. What is nested a million times costs seconds to read, and ends whoever walks through it. */
const DEPTH_MAX = 40

/** Looks at the brackets alone and jumps over what stands in quotes, so that it costs next to nothing. */
export function isFlat(text: string): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i += 1) {
    const symbol = text.charCodeAt(i)
    if (symbol === QUOTE) i = endOfQuoted(text, i)
    else if (symbol === OPEN_ARRAY || symbol === OPEN_OBJECT) depth += 1
    else if (symbol === CLOSE_ARRAY || symbol === CLOSE_OBJECT) depth -= 1
    if (depth > DEPTH_MAX) return false
  }
  return true
}

const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d]

/** The quote that ends it: one with an even number of backslashes before it. */
function endOfQuoted(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1
    while (text.charCodeAt(before) === BACKSLASH) before -= 1
    if ((end - before) % 2 === 1) return end
  }
  return text.length
}

const textOf = (data: RawData): string => (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString('utf8') // Text arrives as one Buffer.

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
