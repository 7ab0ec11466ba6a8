import { createHmac } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { canonical } from '#shared/domains/approvals/rules.ts'
import type { Join } from '#shared/sync/pairing.ts'
import { isMark, markOf } from '../keys/box.ts'

/**
 * Both ends know the code, and both know what only the two ends of this one TLS connection know (RFC 9266 style exported
 * keys). Whoever sits between them with a certificate of their own has two connections and two different exports: what one
 * end proves is worth nothing at the other, and a recording is worth nothing at all.
 */
export interface Channel {
  secret: Uint8Array
  exported: string
}

const LABEL = 'EXPORTER-cairn-pairing-1'

export const channelOf = (tls: TLSSocket, secret: Uint8Array): Channel => ({ secret, exported: tls.exportKeyingMaterial(32, LABEL, Buffer.alloc(0)).toString('hex') })

type Said = Pick<Join, 'about' | 'request'>
const about = (who: string, { exported }: Channel, said: Said): string => canonical(['cairn-pair-1', who, exported, said.about, said.request])

export const joinerProof = (channel: Channel, said: Said): string => markOf(channel.secret, about('joiner', channel, said))
export const isJoinerProof = (channel: Channel, said: Said, proof: string): boolean => isMark(channel.secret, about('joiner', channel, said), proof)
export const hostProof = (channel: Channel, said: Said): string => markOf(channel.secret, about('host', channel, said))
export const isHostProof = (channel: Channel, said: Said, proof: string): boolean => isMark(channel.secret, about('host', channel, said), proof)

/** Six digits that both screens show, so that the person who presses Allow means the machine in front of them. */
export function comparedNumber(channel: Channel, said: Said): string {
  const digest = createHmac('sha256', channel.secret).update(about('number', channel, said)).digest()
  return String(digest.readUInt32BE(0) % 1_000_000).padStart(6, '0')
}
