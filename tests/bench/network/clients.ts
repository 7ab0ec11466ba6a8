import { once } from 'node:events'
import { WebSocket, type ClientOptions } from 'ws'
import { readMigrations } from '#main/core/db/migrate.ts'
import { serverNameOf } from '#main/core/network/certificates.ts'
import { tlsOptionsOf } from '#main/core/network/dial.ts'
import type { NetworkIdentity } from '#main/core/network/identity.ts'
import { PROTOCOL, type Outcome, type SentCommand, type ToHost, type ToNode } from '#shared/sync/messages.ts'
import { inRoot } from '#tools/lib/paths.ts'

const schema = readMigrations(inRoot('drizzle/migrations')).length

/**
 * A machine's end of the connection without a machine behind it: it sends commands one after the other and takes every page,
 * as a member does, and keeps nothing. Twenty of them cost the computer little, so what is measured is the host.
 */
export interface LightMember {
  /** The host's word on one command, or on several that are sent at once. */
  give(commands: readonly SentCommand[]): Promise<Outcome[]>
  nextSeq(): number
  close(): void
}

export async function lightMember(address: string, identity: NetworkIdentity, cursor: number): Promise<LightMember> {
  const socket = new WebSocket(`wss://${address}/sync`, { ...tlsOptionsOf(identity), servername: serverNameOf(identity.clinicId) } as ClientOptions)
  await once(socket, 'open')
  let [seq, at] = [0, cursor]
  let heard: ((outcomes: Outcome[]) => void) | undefined
  const say = (message: ToHost): void => socket.send(JSON.stringify(message))
  const pull = (): void => say({ t: 'pull', after: at, ackedSeq: seq, rows: 500 })
  const welcome = Promise.withResolvers<void>()
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as ToNode // From our own host.
    if (message.t === 'welcome') {
      seq = message.lastSeq
      pull()
      welcome.resolve()
    } else if (message.t === 'results') heard?.(message.receipts.map(({ outcome }) => outcome))
    else if (message.t === 'changes') {
      at = message.to
      pull()
    } else welcome.reject(new Error(JSON.stringify(message).slice(0, 200)))
  })
  say({ t: 'hello', proto: PROTOCOL, app: '', schema, deviceId: identity.deviceId, clinicId: identity.clinicId, epochSeen: 1, cursor, chains: {}, outboxMax: 0, ackedSeq: 0, sentAt: 1, needsCopy: true })
  await welcome.promise
  return {
    nextSeq: () => (seq += 1), close: () => socket.terminate(),
    give: (commands) => new Promise((resolve) => {
      heard = resolve
      say({ t: 'push', commands: [...commands] })
    }),
  }
}

export const commandFor = (seq: number, actorId: string, name: string, input: unknown): SentCommand => ({
  seq, cid: crypto.randomUUID(), name, version: 1, input, actorId, sessionId: actorId, proof: 'full', at: new Date().toISOString(), epoch: 1,
})

/** One client of the thin host. */
export async function thinClient(address: string): Promise<{ give: (startsAt: string, tell?: boolean) => Promise<unknown>; onTold: (told: () => void) => void; close: () => void }> {
  const socket = new WebSocket(`wss://${address}`, { rejectUnauthorized: false })
  await once(socket, 'open')
  let heard = (): void => {}
  let told = (): void => {}
  socket.on('message', (data: Buffer) => (data.length < 60 ? heard() : told()))
  return {
    close: () => socket.terminate(), onTold: (then) => (told = then),
    give: (startsAt, tell = false) => new Promise<void>((resolve) => {
      heard = resolve
      socket.send(JSON.stringify({ id: crypto.randomUUID(), startsAt, tell, patientId: crypto.randomUUID(), providerId: crypto.randomUUID(), durationMin: 15 }))
    }),
  }
}
