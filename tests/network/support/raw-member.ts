import { once } from 'node:events'
import path from 'node:path'
import type { WebSocket } from 'ws'
import { readIdentity, type NetworkIdentity } from '#main/core/network/identity.ts'
import { readKeyFile } from '#main/core/keys/device.ts'
import { readMigrations } from '#main/core/db/migrate.ts'
import { PROTOCOL, ToNode, type Hello, type SentCommand, type ToHost } from '#shared/sync/messages.ts'
import { events, rawSocket, type Events } from '#tests/support/wire.ts'
import { inRoot } from '#tools/lib/paths.ts'
import { PASSWORD } from './clinic.ts'
import type { Machine } from './machine.ts'
import { one, reading } from './records.ts'

/** A machine's certificate in the hands of a program of its own, which says whatever the test wants. */
export interface RawMember {
  socket: WebSocket
  say(message: ToHost | Record<string, unknown>): void
  heard: Events<ToNode>
  /** The next message of this kind; others are passed over. */
  next<T extends ToNode['t']>(t: T): Promise<Extract<ToNode, { t: T }>>
}

export function identityOf({ data, keyFile }: Machine): NetworkIdentity {
  const found = readIdentity(data, readKeyFile(keyFile))
  if (found.is !== 'open') throw new Error(`the machine's identity is ${found.is}`)
  return found.identity
}

/** What this machine would say first, from its own records. */
export function helloOf(machine: Machine): Hello {
  const { deviceId, clinicId } = identityOf(machine)
  return reading(machine, (db) => ({
    t: 'hello', proto: PROTOCOL, app: '', schema: readMigrations(path.join(inRoot('drizzle'), 'migrations')).length, deviceId, clinicId, epochSeen: one<number>(db, 'select epoch from sync_context'),
    cursor: one<number>(db, 'select cursor from sync_context'), chains: JSON.parse(one<string>(db, 'select chains from sync_context')) as Hello['chains'], outboxMax: 0, ackedSeq: 0, sentAt: 1,
  }))
}

export async function rawMember(address: string, identity: NetworkIdentity): Promise<RawMember> {
  const socket = rawSocket({ address }, identity)
  const heard = events<ToNode>()
  socket.on('message', (data: Buffer) => heard.push(ToNode.parse(JSON.parse(data.toString()))))
  await once(socket, 'open')
  const next: RawMember['next'] = async (t) => {
    for (;;) {
      const message = await heard.next()
      if (message.t === t) return message as Extract<ToNode, { t: typeof t }> // Just compared.
    }
  }
  return { socket, heard, next, say: (message) => socket.send(JSON.stringify(message)) }
}

/** Connected and welcome, as the machine itself would be. */
export async function welcomeMember(address: string, machine: Machine): Promise<RawMember> {
  const member = await rawMember(address, identityOf(machine))
  member.say(helloOf(machine))
  await member.next('welcome')
  return member
}

/** Somebody types their password at this machine; answers who they are to the host. */
export async function prove(member: RawMember, userName: string): Promise<string> {
  member.say({ t: 'prove', id: crypto.randomUUID(), userName, password: PASSWORD })
  const { person } = await member.next('proved')
  if (!person) throw new Error(`${userName} is not believed`)
  return person.userId
}

/** A booking, or with other words any command, as a machine has it in its outbox. */
export const commandOf = (seq: number, actorId: string, more: Partial<SentCommand> = {}): SentCommand => ({
  seq, cid: crypto.randomUUID(), name: 'scheduling.book', version: 1, input: {}, actorId, sessionId: crypto.randomUUID(), proof: 'full', at: new Date(0).toISOString(), epoch: 1, ...more,
})
