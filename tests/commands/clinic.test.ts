import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { roles } from '#shared/access/roles.ts'
import { readKeyring } from '#main/core/keys/keyring.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { redeem } from '#tests/support/invite.ts'
import { makeWorld, openCore, refusalOf, type World } from '#tests/support/world.ts'

const PASSWORD = 'a heron in the reeds'
const clinic = { name: 'Riverside Clinic', timeZone: 'Europe/Stockholm', currency: 'SEK', paper: 'a4' as const, rooms: 2 }
const person = { givenName: 'Eleanor', familyName: 'Voss', title: null, userName: 'voss', isProvider: true }

/** A core on an empty folder, as on a new computer. */
async function newComputer() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-test-'))
  const core = await openCore(folder)
  return {
    folder, core, client: inProcessClient(core, core.openDoor('test')),
    end: async () => {
      await core.close()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Computer = Awaited<ReturnType<typeof newComputer>>

async function setUp({ client }: Computer, more: { password?: string; wrong?: boolean } = {}): Promise<number[]> {
  const sheet = await client.clinic.drawRecoveryKey({})
  const typed = sheet.asked.map((number) => ({ number, text: more.wrong ? 'AAAA' : ` ${(sheet.groups[number - 1] ?? '').toLowerCase()}` }))
  const seen: number[] = []
  for await (const { done } of await client.clinic.setUp({ clinic, person, password: more.password ?? PASSWORD, typed })) seen.push(done)
  return seen
}

describe('first run: clinic.drawRecoveryKey, clinic.checkRecoveryGroups and clinic.setUp', () => {
  it('makes a clinic whose printed key opens it, with its first person signed in', async () => {
    const computer = await newComputer()
    const { client, folder } = computer
    expect(await client.session.state({})).toMatchObject({ phase: 'first-run' })
    const sheet = await client.clinic.drawRecoveryKey({})
    expect(sheet.groups).toHaveLength(14)
    expect(new Set(sheet.asked).size).toBe(3)
    expect(await client.clinic.drawRecoveryKey({})).toEqual(sheet)
    expect((await setUp(computer)).at(-1)).toBe(1)
    expect(await client.session.state({})).toMatchObject({ phase: 'active', person: { userName: 'voss', roles: ['doctor', 'administrator'] }, clinic: { name: 'Riverside Clinic', currency: 'SEK', isDemo: false } })
    expect((await client.clinic.listRooms({})).map((room) => room.name)).toEqual(['Room 1', 'Room 2'])
    expect(readKeyring(folder).slots.map((slot) => slot.kind)).toEqual(['recovery', 'user'])
    await client.session.signOut({})
    expect(await client.session.recover({ recoveryKey: sheet.groups.join(''), userName: 'voss', newPassword: 'seven boats at anchor' })).toMatchObject({ phase: 'active' })
    await computer.end()
  })

  it('makes nothing before the sheet was read and the password is strong', async () => {
    const computer = await newComputer()
    const { client, folder } = computer
    const typed = [1, 2, 3].map((number) => ({ number, text: 'AAAA' }))
    expect(await refusalOf(client.clinic.checkRecoveryGroups({ typed }))).toMatchObject({ code: 'NO_RECOVERY_KEY' })
    expect(await refusalOf(setUp(computer, { wrong: true }))).toMatchObject({ code: 'RECOVERY_GROUPS_WRONG', data: { wrong: expect.any(Array) } })
    const { asked, groups } = await client.clinic.drawRecoveryKey({})
    const right = asked.map((number) => ({ number, text: groups[number - 1] ?? '' }))
    expect(await client.clinic.checkRecoveryGroups({ typed: right })).toEqual({ wrong: [] })
    expect(await client.clinic.checkRecoveryGroups({ typed: [...right.slice(0, 2), { number: asked[2] ?? 0, text: 'AAAA' }] })).toEqual({ wrong: [asked[2]] })
    for (const password of ['Eleanor Voss 1', 'password2026!']) expect(await refusalOf(setUp(computer, { password }))).toMatchObject({ code: 'PASSWORD_WEAK' })
    expect(await client.session.state({})).toMatchObject({ phase: 'first-run' })
    expect(fs.readdirSync(folder)).toEqual([])
    await computer.end()
  })

  it('goes on where it was stopped (clinic.saveSetupDraft, clinic.setupDraft), without password and key', async () => {
    const computer = await newComputer()
    const { client, folder } = computer
    expect(await client.clinic.setupDraft({})).toBeNull()
    const { rooms: _rooms, ...fields } = clinic
    const draft = { step: 'you', clinic: fields, person: { ...person, title: '' }, hours: { from: 480, to: 1020, lunchFrom: 720, lunchTo: 780, rooms: 3 } }
    await client.clinic.saveSetupDraft(draft)
    expect(await client.clinic.setupDraft({})).toEqual(draft)
    fs.writeFileSync(path.join(folder, 'setup-draft.json'), '{"step":')
    expect(await client.clinic.setupDraft({})).toBeNull()
    await client.clinic.saveSetupDraft(draft)
    await setUp(computer)
    expect(fs.readdirSync(folder)).not.toContain('setup-draft.json')
    await computer.end()
  })

  it('begins again after a power cut in the middle, and is refused once a clinic exists', async () => {
    const computer = await newComputer()
    fs.writeFileSync(path.join(computer.folder, 'cairn.db'), 'half a database without a keyring')
    await setUp(computer)
    expect(await refusalOf(setUp(computer))).toMatchObject({ code: 'ALREADY_SET_UP' })
    expect(await refusalOf(drain(computer.client.clinic.exploreDemo({ password: PASSWORD, startAs: 'doctor', timeZone: 'UTC' })))).toMatchObject({ code: 'ALREADY_SET_UP' })
    await computer.end()
  })
})

describe('people: clinic.addPerson, clinic.resetAccess, clinic.disablePerson, clinic.saveStaff and clinic.listAccounts', () => {
  it('R21, R22: invites somebody who then signs in with a password of their own, and takes the account away at once', async () => {
    const world = await makeWorld()
    const administrator = world.as('administrator')
    const invited = await administrator.clinic.addPerson(nurse(world))
    const { account, invite } = invited
    expect(account).toMatchObject({ userName: 'moreno', roles: ['nurse'], disabledAt: null, lastSignInAt: null, isPrivacyOfficer: false, staff: { familyName: 'Moreno', isActive: true } })
    expect(invite).toEqual({ code: expect.stringMatching(/^([A-HJ-NP-Z2-9]{4}-){3}[A-HJ-NP-Z2-9]{4}$/), expiresAt: '2026-11-18T15:00:00.000Z' })
    const { client, door } = world.stranger()
    await redeem(invited, client, PASSWORD)
    expect((await administrator.clinic.listAccounts({})).find((one) => one.userName === 'moreno')?.lastSignInAt).not.toBeNull()
    const slots = readKeyring(world.folder).slots.length
    expect(await administrator.clinic.disablePerson({ userId: account.userId })).toMatchObject({ disabledAt: expect.any(String), staff: { isActive: false } })
    expect(door.session).toBeNull()
    expect(await refusalOf(client.clinic.get({}))).toMatchObject({ code: 'SIGNED_OUT' })
    expect(await refusalOf(client.session.signIn({ userName: 'moreno', password: PASSWORD }))).toMatchObject({ code: 'SIGN_IN_REFUSED' })
    expect(readKeyring(world.folder).slots).toHaveLength(slots - 1)
    const again = await administrator.clinic.resetAccess({ userId: account.userId })
    expect(again.invite.code).not.toBe(invite.code)
    await redeem(again, world.stranger().client, 'seven boats at anchor')
    expect(await client.session.signIn({ userName: 'moreno', password: 'seven boats at anchor' })).toMatchObject({ phase: 'active' })
    expect(await refusalOf(administrator.clinic.resetAccess({ userId: world.clinic.people.administrator.userId }))).toMatchObject({ code: 'OWN_ACCOUNT' })
  })

  it('R01: gives a user name to one person, once and for ever, and never to a desk', async () => {
    const world = await makeWorld()
    const administrator = world.as('administrator')
    const { account } = await administrator.clinic.addPerson(nurse(world))
    await administrator.clinic.disablePerson({ userId: account.userId })
    expect(await refusalOf(administrator.clinic.addPerson(nurse(world)))).toMatchObject({ code: 'USER_NAME_TAKEN' })
    expect(await refusalOf(administrator.clinic.addPerson({ ...nurse(world), userName: 'frontdesk' }))).toMatchObject({ code: 'USER_NAME_GENERIC' })
    const before = (await administrator.clinic.listAccounts({})).length
    for (const change of ["delete from user_accounts where user_name = 'moreno'", "update user_accounts set user_name = 'frontdesk' where user_name = 'moreno'"]) {
      expect(() => world.core.vault.writer.$client.exec(change)).toThrow('ACCOUNTS_ARE_KEPT')
    }
    expect(await administrator.clinic.listAccounts({})).toHaveLength(before)
  })

  it('keeps the last administrator and lets nobody switch themselves off', async () => {
    const world = await makeWorld()
    const administrator = world.as('administrator')
    expect(await refusalOf(administrator.clinic.disablePerson({ userId: world.clinic.people.administrator.userId }))).toMatchObject({ code: 'OWN_ACCOUNT' })
    const second = await administrator.clinic.addPerson({ ...nurse(world), roles: ['administrator'] })
    expect(await refusalOf(administrator.clinic.addPerson({ ...nurse(world), userName: 'marsh', roles: ['administrator'] }))).toMatchObject({ code: 'ADMINISTRATOR_TAKES_TWO' })
    const { client } = world.stranger()
    await redeem(second, client, PASSWORD)
    expect(await client.clinic.disablePerson({ userId: world.clinic.people.administrator.userId })).toMatchObject({ disabledAt: expect.any(String) })
    expect(await refusalOf(administrator.clinic.listAccounts({}))).toMatchObject({ code: 'SIGNED_OUT' })
    expect(await refusalOf(client.clinic.disablePerson({ userId: second.account.userId }))).toMatchObject({ code: 'OWN_ACCOUNT' })
  })

  it('changes how somebody is named', async () => {
    const world = await makeWorld()
    const [first] = await world.as('nurse').clinic.listStaff({})
    if (!first) throw new Error('the small clinic has staff')
    const { isActive: _isActive, ...fields } = first
    expect(await world.as('administrator').clinic.saveStaff({ ...fields, credentials: 'FNP' })).toMatchObject({ credentials: 'FNP', isActive: true })
    expect((await world.as('nurse').clinic.listStaff({}))[0]).toMatchObject({ credentials: 'FNP' })
    expect(await refusalOf(world.as('administrator').clinic.saveStaff({ ...fields, id: world.core.platform.newId() }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('the clinic: clinic.get, clinic.update, clinic.saveRoom, clinic.listRooms, clinic.listAllRooms and clinic.health', () => {
  it('changes what is printed, and never the currency', async () => {
    const world = await makeWorld()
    const administrator = world.as('administrator')
    const { isDemo: _isDemo, currency: _currency, ...fields } = await administrator.clinic.get({})
    expect(await administrator.clinic.update({ ...fields, name: 'Quay Clinic', paper: 'a4', timeZone: 'Europe/Stockholm' })).toMatchObject({ name: 'Quay Clinic', currency: 'USD' })
    expect(world.core.vault.zone).toBe('Europe/Stockholm')
    const { session } = world.stranger().client
    expect(await session.state({})).toMatchObject({ clinic: { name: 'Quay Clinic', paper: 'a4' } })
    // A field that no contract names is refused as a whole.
    const more = { ...fields, currency: 'EUR' }
    expect(await refusalOf(administrator.clinic.update(more))).toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('switches a room off without losing it', async () => {
    const world = await makeWorld()
    const administrator = world.as('administrator')
    const [first] = await administrator.clinic.listAllRooms({})
    if (!first) throw new Error('the small clinic has rooms')
    await administrator.clinic.saveRoom({ ...first, isActive: false })
    expect((await world.as('nurse').clinic.listRooms({})).map((room) => room.id)).not.toContain(first.id)
    expect((await administrator.clinic.listAllRooms({})).map((room) => room.id)).toContain(first.id)
  })

  it('tells only what is so', async () => {
    const world = await makeWorld()
    const health = await world.as('administrator').clinic.health({})
    expect(health).toMatchObject({ people: 6, signedIn: 1, hasRecoveryKey: true, checkedAt: null, checkedWhole: null })
    expect(health.databaseBytes).toBeGreaterThan(100_000)
    expect(health.diskFreeBytes).toBeLessThan(health.diskTotalBytes)
    await world.stranger().client.session.signIn({ userName: 'nobody', password: PASSWORD }).catch(() => undefined)
  })
})

describe('who may what', () => {
  it.each(roles.filter((role) => role !== 'administrator'))('%s runs no part of the clinic', async (role) => {
    const world = await makeWorld()
    const client = world.as(role)
    const id = world.core.platform.newId()
    const attempts = [
      client.clinic.listAccounts({}), client.clinic.health({}), client.clinic.addPerson(nurse(world)), client.clinic.disablePerson({ userId: id }),
      client.clinic.resetAccess({ userId: id }), client.clinic.changeRoles({ userId: id, roles: ['nurse'] }), client.clinic.setPrivacyOfficer({ userId: id, isPrivacyOfficer: true }), client.clinic.listAllRooms({}), client.clinic.saveRoom({ id, name: 'x', kind: 'exam', sortOrder: 1, isActive: true }),
    ]
    for (const attempt of attempts) expect(await refusalOf(attempt)).toMatchObject({ code: 'FORBIDDEN' })
    expect(await client.clinic.get({})).toMatchObject({ name: 'Harbor Family Clinic' })
  })
})

const nurse = (world: World) => ({
  userId: world.core.platform.newId(), staffId: world.core.platform.newId(), givenName: 'Beth', familyName: 'Moreno', title: null, credentials: 'RN', isProvider: false,
  roles: ['nurse' as const] as ('nurse' | 'administrator')[], userName: 'moreno',
})

async function drain(stream: Promise<AsyncIterable<unknown>>): Promise<void> {
  for await (const _piece of await stream);
}
