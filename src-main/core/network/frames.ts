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
  const json = parseJson(textOf(data))
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

const textOf = (data: RawData): string => (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString('utf8') // Text arrives as one Buffer.

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
