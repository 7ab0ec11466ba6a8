import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { limits } from '#shared/kernel/limits.ts'
import type { SentCommand } from '#shared/sync/messages.ts'
import { closeCodeOf, makeClinic, outcomeOf, ping, rawSocket, rawTls } from '#tests/support/wire.ts'
import type { Machine } from './support/machine.ts'
import { commandOf, helloOf, identityOf, prove, rawMember, welcomeMember, type RawMember } from './support/raw-member.ts'
import { column, hashesOf, one, reading } from './support/records.ts'
import { startClinic, type Clinic } from './support/start.ts'

// Everybody who comes to the door of a real host with something that is not theirs, or says what no machine of the clinic
// says: refused, nothing of the clinic's records changed, and in the activity log.

let clinic: Clinic
let address: string
let desk: Machine
let stolen: Machine
let before: Record<string, string>

beforeAll(async () => {
  clinic = await startClinic()
  address = `127.0.0.1:${clinic.host.port}`
  desk = await clinic.machine('desk')
  stolen = await clinic.machine('stolen')
  await clinic.host.letIn(desk, 'front-desk', address)
  await clinic.host.letIn(stolen, 'clinical', address)
  const administrator = await clinic.host.as('voss')
  await administrator.network.revoke({ deviceId: identityOf(stolen).deviceId, reason: 'stolen' })
  before = recordsNow()
})
afterAll(() => clinic.end())

/** All that machines share, but for what the host notes of commands and of who has signed in where. */
const recordsNow = (): Record<string, string> => {
  const { sync_applied: _applied, member_people: _people, ...rest } = reading(clinic.host, (db) => hashesOf(db, 'standby'))
  return rest
}
const isLogged = (action: string, code: string): Promise<void> =>
  vi.waitFor(() => expect(reading(clinic.host, (db) => one<number>(db, 'select count(*) from audit_events where action = ? and code = ?', action, code))).toBeGreaterThan(0))
const changesNothing = (): void => expect(recordsNow()).toEqual(before)

describe('at the door', () => {
  it('lets in nobody without a certificate, and nobody with another clinic\'s', async () => {
    expect(await outcomeOf(rawSocket({ address }, undefined))).toBe('cut')
    await isLogged('network.attempt', 'no-certificate')
    const other = await (await makeClinic()).machine()
    expect(await outcomeOf(rawSocket({ address }, { ...other, clinicId: identityOf(desk).clinicId }))).toBe('cut')
    await isLogged('network.attempt', 'foreign-certificate')
    changesNothing()
  })

  it('tells a machine that was taken off the list so, and hears nothing else of it', async () => {
    expect(await outcomeOf(rawSocket({ address }, identityOf(stolen)))).toBe(403)
    await isLogged('network.attempt', 'revoked-certificate')
    changesNothing()
  })

  it('speaks no TLS before 1.3', async () => {
    const { certificate, privateKey, authority } = identityOf(desk)
    const socket = rawTls({ address }, { cert: certificate, key: privateKey, ca: authority, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' })
    await new Promise((resolve) => socket.once('close', resolve))
    expect(socket.authorized).toBe(false)
    await isLogged('network.attempt', 'old-tls')
    changesNothing()
  })

  it('ends a connection at a frame that is too large, and never hears half of one', async () => {
    const large = await welcomeMember(address, desk)
    const closed = closeCodeOf(large.socket)
    large.socket.send(`{"t":"ping","sentAt":1,"more":"${'x'.repeat(limits.sync_frame_bytes)}"}`)
    expect(await closed).toBe(1009)
    await isLogged('network.attempt', 'large-frame')
    const half = await welcomeMember(address, desk)
    const command = JSON.stringify({ t: 'push', commands: [commandOf(1, crypto.randomUUID())] })
    half.socket.send(command.slice(0, 80), { fin: false })
    await new Promise((resolve) => half.socket.send('', { fin: false }, resolve))
    half.socket.terminate()
    // The host has noticed the end of it, and goes on with the next.
    const next = await welcomeMember(address, desk)
    next.say(ping)
    await next.next('pong')
    expect(applied()).toEqual([])
    changesNothing()
  })

  it('answers nothing before a hello, and no hello for another clinic, another time or another program', async () => {
    const member = await rawMember(address, identityOf(desk))
    member.say({ t: 'push', commands: [commandOf(1, crypto.randomUUID())] })
    member.say({ t: 'pull', after: 0, ackedSeq: 0, rows: 500 })
    const hello = helloOf(desk)
    const answers: unknown[] = []
    for (const wrong of [{ clinicId: crypto.randomUUID() }, { epochSeen: 7 }, { proto: 99 }, { schema: 10_000 }, { schema: 1 }]) {
      member.say({ ...hello, ...wrong })
      answers.push(await member.heard.next())
      // A refused hello opens nothing.
      member.say({ t: 'pull', after: 0, ackedSeq: 0, rows: 500 })
    }
    expect(answers).toEqual(['OTHER_CLINIC', 'EPOCH_TOO_HIGH', 'PROTOCOL_TOO_NEW', 'SCHEMA_TOO_NEW', 'SCHEMA_TOO_OLD'].map((code) => expect.objectContaining({ t: 'refuse', code }) as unknown))
    // Whoever it says it is, it is whom its certificate names.
    member.say({ ...hello, deviceId: identityOf(clinic.host).deviceId })
    expect(await member.next('welcome')).toMatchObject({ profile: 'front-desk', lastSeq: 0 })
    expect(applied()).toEqual([])
    changesNothing()
  })
})

describe('with the certificate of a machine', () => {
  let member: RawMember
  let delgado: string
  let first: SentCommand
  // Two were used before the first of these.
  let seq = 2
  const nextSeq = (): number => (seq += 1)

  const push = async (...commands: SentCommand[]) => {
    member.say({ t: 'push', commands })
    for (;;) {
      const answer = await member.heard.next()
      if (answer.t !== 'changes' && answer.t !== 'pong') return answer
    }
  }
  const outcome = async (command: SentCommand): Promise<unknown> => {
    const answer = await push(command)
    return answer.t === 'results' ? answer.receipts[0]?.outcome : answer
  }

  beforeAll(async () => {
    member = await welcomeMember(address, desk)
    delgado = await prove(member, 'delgado')
    const [patientId, providerId] = reading(clinic.host, (db) => [one<string>(db, 'select min(id) from patients'), one<string>(db, `select staff_id from user_accounts where user_name = 'haddad'`)])
    first = commandOf(1, delgado, { input: { id: crypto.randomUUID(), patientId, providerId, roomId: null, typeId: null, startsAt: '2031-02-03T09:00:00.000Z', durationMin: 15, reason: null } })
    // One honest booking, so that there is something to play again.
    expect(await outcome(first)).toMatchObject({ is: 'done' })
    before = recordsNow()
  })
  beforeEach(async () => {
    member = await welcomeMember(address, desk)
  })

  it('does nothing twice: not the same number, and not the same command under another one', async () => {
    const { cid } = first
    expect(await outcome(first)).toMatchObject({ is: 'done' })
    expect(await outcome({ ...first, seq: 2 })).toMatchObject({ is: 'done' })
    expect(await push(first, { ...first, seq: 2, cid })).toMatchObject({ t: 'results' })
    changesNothing()
  })

  it('takes nothing after a gap, and says from where', async () => {
    expect(await push(commandOf(9, delgado, { input: first.input }))).toEqual({ t: 'resend', expect: 3 })
    expect(await push(commandOf(4, delgado, { input: first.input }), commandOf(3, delgado, { input: first.input }))).toEqual({ t: 'resend', expect: 3 })
    changesNothing()
  })

  it('believes no machine that says who is at it', async () => {
    const administrator = reading(clinic.host, (db) => one<string>(db, `select id from user_accounts where user_name = 'voss'`))
    expect(await outcome(commandOf(nextSeq(), administrator, { input: { ...first.input as object, id: crypto.randomUUID(), startsAt: '2031-02-03T11:00:00.000Z' } }))).toMatchObject({ is: 'refused', code: 'FORBIDDEN' })
    expect(await outcome(commandOf(nextSeq(), administrator, { name: 'clinic.saveStaffMember', input: {} }))).toMatchObject({ is: 'refused', code: 'FORBIDDEN' })
    expect(await outcome(commandOf(nextSeq(), crypto.randomUUID()))).toMatchObject({ is: 'refused', code: 'FORBIDDEN' })
    await isLogged('scheduling.book', 'FORBIDDEN')
    changesNothing()
  })

  it('carries out nothing that is no command, and nothing the person may not do', async () => {
    expect(await outcome(commandOf(nextSeq(), delgado, { name: 'scheduling.erase' }))).toMatchObject({ is: 'refused', code: 'UNKNOWN_PROCEDURE' })
    expect(await outcome(commandOf(nextSeq(), delgado, { name: 'patients.get', input: { id: crypto.randomUUID() } }))).toMatchObject({ is: 'refused', code: 'UNKNOWN_PROCEDURE' })
    expect(await outcome(commandOf(nextSeq(), delgado, { name: 'network.revoke', input: {} }))).toMatchObject({ is: 'refused', code: 'NOT_ON_THIS_MACHINE' })
    expect(await outcome(commandOf(nextSeq(), delgado, { name: 'scheduling.saveType', input: {} }))).toMatchObject({ is: 'refused' })
    expect(await outcome(commandOf(nextSeq(), delgado, { input: { ...first.input as object, extra: true } }))).toMatchObject({ is: 'refused' })
    await isLogged('scheduling.erase', 'UNKNOWN_PROCEDURE')
    changesNothing()
  })

  it('takes no clinical word from a machine that holds no charts, nor what is the host\'s alone, whoever has signed in there', async () => {
    const [doctor, administrator] = [await prove(member, 'haddad'), await prove(member, 'voss')]
    // What judges a password is kept for standbys from its first use on: that much has rightly changed.
    before = recordsNow()
    const [patientId, problemId] = [reading(clinic.host, (db) => one<string>(db, 'select min(id) from patients')), crypto.randomUUID()]
    const problem = { name: 'encounters.addProblem', input: { id: problemId, patientId, concept: { system: 'local', code: null, label: 'Gout' }, onsetOn: null } }
    expect(await outcome(commandOf(nextSeq(), doctor, problem))).toMatchObject({ is: 'refused', code: 'NOT_ON_THIS_MACHINE' })
    expect(await outcome(commandOf(nextSeq(), administrator, { name: 'devices.rename', input: { id: identityOf(desk).deviceId, name: 'Mine' } }))).toMatchObject({ is: 'refused', code: 'NOT_ON_THIS_MACHINE' })
    await isLogged('encounters.addProblem', 'NOT_ON_THIS_MACHINE')
    changesNothing()
  })

  it('ends with another command under a number that was used', async () => {
    expect(await push({ ...first, cid: crypto.randomUUID() })).toMatchObject({ t: 'refuse', code: 'CHAIN_BROKEN' })
    member.say({ t: 'push', commands: [commandOf(nextSeq(), delgado, { input: { ...first.input as object, id: crypto.randomUUID(), startsAt: '2031-02-03T13:00:00.000Z' } })] })
    member.say(helloOf(desk))
    await member.next('welcome')
    expect(applied().includes(seq)).toBe(false)
    changesNothing()
  })

  it('hands out nothing that its profile has no place for', async () => {
    member.say({ t: 'pull', after: helloOf(desk).cursor, ackedSeq: 0, rows: 20_000 })
    const { txs } = await member.next('changes')
    expect(txs.flatMap(({ rows }) => rows.map(({ scope }) => scope)).filter((scope) => scope !== 'admin')).toEqual([])
  })
})

const applied = (): number[] => reading(clinic.host, (db) => column<number>(db, 'select seq from sync_applied where device_id = ? order by seq', identityOf(desk).deviceId))
