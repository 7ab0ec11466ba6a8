import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createCore } from '#main/core/core.ts'
import { fingerprintOf, issueCertificate, makeRequest } from '#main/core/network/certificates.ts'
import type { NetworkIdentity } from '#main/core/network/identity.ts'
import { createAuthority } from '#main/core/sync/authority.ts'
import { feedBounds } from '#main/core/sync/feed.ts'
import { insertMember, noteProved } from '#main/core/sync/host-store.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { startHost } from '#main/domains/network/service.hosting.ts'
import { announcePairing } from '#main/domains/network/service.pairing.ts'
import { accountByUserName } from '#main/domains/session/repository.ts'
import { startSession } from '#main/domains/session/service.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Profile } from '#shared/sync/messages.ts'
import { inRoot } from '#tools/lib/paths.ts'

/** The host as a process of its own, and what a bench asks of it: one question and one answer at a time. */
const [folder = '', key = ''] = process.argv.slice(2)
const core = await createCore({ dataFolder: folder, migrationsFolder: inRoot('drizzle/migrations'), resourcesFolder: inRoot('resources'), network: { bind: '127.0.0.1', port: 0, isQuiet: true } })
core.vault.open(Buffer.from(key, 'hex'))
await startHost(core)
const authority = await createAuthority(core)
const db = core.vault.writer
const delay = monitorEventLoopDelay({ resolution: 1 })
const account = accountByUserName(db, 'receptionist')
assert(account, 'the data set has a receptionist')

/** Whoever works in a bench has shown the host their password from that machine. */
const believe = (deviceId: string): void => noteProved(db, { deviceId, userId: account.userId, loginHash: account.loginHash, since: core.platform.now() })

async function enlist(count: number, profile: Profile): Promise<NetworkIdentity[]> {
  const clinicId = core.vault.clinic?.id ?? ''
  const identities: NetworkIdentity[] = []
  for (let i = 0; i < count; i += 1) {
    const deviceId = core.platform.newId()
    const at = core.platform.now()
    const { privateKey, request } = await makeRequest(deviceId)
    const certificate = await issueCertificate(authority, request, { clinicId, deviceId, at })
    assert(certificate, 'a request of our own is signed')
    db.$client.transaction(() => {
      insertMember(db, { id: deviceId, name: `Machine ${i}`, os: '', appVersion: '', profile, fingerprint: fingerprintOf(certificate), at })
      believe(deviceId)
      core.node.end(db, undefined, at, null)
    })()
    identities.push({ deviceId, clinicId, profile, certificate, authority: authority.certificate, privateKey, addresses: [], epochSeen: 1 })
  }
  core.node.committed(undefined)
  return identities
}

/** Shows codes to as many machines as come, and lets them in. */
async function letIn(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    for await (const step of announcePairing(core, new AbortController().signal)) {
      if (step.is === 'waiting') process.send?.({ code: step.code })
      if (step.is === 'asking') core.network.server?.desk.answer(step.requestId, { allow: true, name: step.name, profile: step.profile })
    }
    for (const id of db.$client.prepare('select id from members').pluck().all() as string[]) believe(id) // One column.
  }
}

async function book(count: number, patientId: string, providerId: string, fromMs: number): Promise<void> {
  const door = core.openDoor('test')
  if (account) startSession(core, door, account)
  const desk = inProcessClient(core, door)
  for (let i = 0; i < count; i += 1) await desk.scheduling.book({ id: core.platform.newId(), patientId, providerId, roomId: null, typeId: null, startsAt: new Date(fromMs + i * 900_000).toISOString(), durationMin: 15, reason: null })
}

export type Question =
  | { is: 'enlist'; count: number; profile: Profile }
  | { is: 'let-in'; count: number }
  | { is: 'book'; count: number; patientId: string; providerId: string; fromMs: number }
  | { is: 'watch' } | { is: 'figures' } | { is: 'feed' } | { is: 'value'; sql: string }

async function answer(question: Question): Promise<unknown> {
  switch (question.is) {
    case 'enlist': return enlist(question.count, question.profile)
    case 'let-in': return letIn(question.count)
    case 'book': return book(question.count, question.patientId, question.providerId, question.fromMs)
    case 'watch':
      delay.reset()
      return delay.enable()
    case 'figures': return { p99Ms: delay.percentile(99) / 1e6, maxMs: delay.max / 1e6, rssMb: process.memoryUsage().rss / 1e6 }
    case 'feed': return { ...feedBounds(db), userId: account?.userId, port: core.network.server?.port }
    case 'value': return db.$client.prepare(question.sql).pluck().get()
  }
}

process.on('message', (question: Question) => void answer(question).then((value) => process.send?.({ value: value ?? null })))
process.on('disconnect', () => process.exit(0))
process.send?.({ value: 'ready' })
