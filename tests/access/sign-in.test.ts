import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { enrol, PASSWORD } from '#tests/support/sign-in.ts'
import { makeWorld, refusalOf } from '#tests/support/world.ts'
import { limits } from '#shared/kernel/limits.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { factorOf, setCounter } from '#main/domains/session/repository.factors.ts'
import { checkCode } from '#main/domains/session/service.factor.ts'

const admin = { userName: 'administrator', password: ADMIN_PASSWORD }

it('R22: an old keyring put back beside the records does not bring an old password back', async () => {
  const world = await makeWorld()
  const { client } = world.stranger()
  const keyrings = fs.readdirSync(world.folder).filter((name) => name.startsWith('keyring')).map((name) => ({ file: path.join(world.folder, name), text: fs.readFileSync(path.join(world.folder, name), 'utf8') }))
  await client.session.signIn({ userName: 'administrator', password: ADMIN_PASSWORD })
  await client.session.changePassword({ oldPassword: ADMIN_PASSWORD, newPassword: 'a heron in the reeds' })
  await client.session.signOut({})
  for (const { file, text } of keyrings) fs.writeFileSync(file, text)
  expect((await refusalOf(client.session.signIn({ userName: 'administrator', password: ADMIN_PASSWORD }))).code).toBe('SIGN_IN_REFUSED')
})

it('R20: a replay of a code is refused by the rule, and by the tables when the rule is forgotten', async () => {
  const world = await makeWorld()
  const { client } = world.stranger()
  await client.session.signIn(admin)
  const { code } = await enrol(world, client)
  const used = code()
  const { userId } = world.clinic.people.administrator
  checkCode(world.core, userId, used)
  expect(() => checkCode(world.core, userId, used)).toThrow(new Refusal('CODE_REFUSED', undefined))
  const { lastCounter = 0 } = factorOf(world.core.vault.reader, userId) ?? {}
  for (const before of [lastCounter, lastCounter - 1]) expect(() => setCounter(world.core.vault.writer, userId, before)).toThrow('CODE_REFUSED')
})

it('R19: a change of the password is no way to guess the old one', async () => {
  const world = await makeWorld()
  const { client } = world.stranger()
  await client.session.signIn(admin)
  const guess = async (oldPassword: string): Promise<string> => (await refusalOf(client.session.changePassword({ oldPassword, newPassword: PASSWORD }))).code
  for (let i = 0; i < limits.sign_in_fails_free; i += 1) expect(await guess(`guess number ${i}`)).toBe('OLD_PASSWORD_WRONG')
  expect(await guess(ADMIN_PASSWORD)).toBe('SIGN_IN_WAIT')
  world.clock.advanceMinutes(2)
  expect(await client.session.changePassword({ oldPassword: ADMIN_PASSWORD, newPassword: PASSWORD })).toMatchObject({ phase: 'active' })
})

it('R18: an invitation takes no weak password, and is still good after one', async () => {
  const world = await makeWorld()
  const { client } = world.stranger()
  const { userId, userName } = world.clinic.people.nurse
  const { invite: { code } } = await world.as('administrator').clinic.resetAccess({ userId })
  expect((await refusalOf(client.session.redeemInvite({ userName, code, newPassword: 'password1234' }))).code).toBe('PASSWORD_WEAK')
  expect(await client.session.redeemInvite({ userName, code, newPassword: PASSWORD })).toMatchObject({ phase: 'active' })
})
