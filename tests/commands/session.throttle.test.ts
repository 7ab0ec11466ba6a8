import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import type { Core } from '#main/core/core.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { enrol, givePassword } from '#tests/support/sign-in.ts'
import { makeWorld, openCore, refusalOf, type World } from '#tests/support/world.ts'

// The goal: guessing at a door takes longer than a life, whatever is restarted, deleted or set back.
const admin = { userName: 'administrator', password: ADMIN_PASSWORD }
const wrong = { userName: 'administrator', password: 'not this one' }
const clientOf = (core: Core) => inProcessClient(core, core.openDoor('window'))
const attemptsFile = (world: World): string => path.join(world.folder, 'attempts.json')

/** Guesses until this many were looked at, waiting out what it is told to wait. */
async function guess(world: World, core: Core, userName: string, times: number): Promise<{ looked: number; last: string }> {
  let looked = 0
  let last = ''
  for (let i = 0; i < times; i += 1) {
    const { code, data } = await refusalOf(clientOf(core).session.signIn({ userName, password: `guess number ${i}` }))
    last = code
    if (code === 'SIGN_IN_REFUSED') looked += 1
    if (code === 'SIGN_IN_STOPPED') break
    if (code === 'SIGN_IN_WAIT') world.clock.advanceMinutes((data as { seconds: number }).seconds / 60) // The declared shape.
  }
  return { looked, last }
}

describe('failed attempts', () => {
  it('R19: of 200 guesses at most 50 are looked at, and other people are not held up', async () => {
    const world = await makeWorld()
    const nurse = await givePassword(world, 'nurse')
    expect(await guess(world, world.core, 'administrator', 200)).toEqual({ looked: 50, last: 'SIGN_IN_STOPPED' })
    expect(await refusalOf(clientOf(world.core).session.signIn(admin)), 'not even the right one').toMatchObject({ code: 'SIGN_IN_STOPPED' })
    world.clock.advanceMinutes(24 * 60)
    expect(await refusalOf(clientOf(world.core).session.signIn(admin)), 'nor tomorrow').toMatchObject({ code: 'SIGN_IN_STOPPED' })
    expect(await clientOf(world.core).session.signIn(nurse)).toMatchObject({ phase: 'active' })
    await world.as('administrator').session.allowAgain({ userId: world.clinic.people.administrator.userId })
    expect(await clientOf(world.core).session.signIn(admin)).toMatchObject({ phase: 'active' })
  }, 120_000)

  it('R19, R21: a reset of access lets in whoever was guessed at too often', async () => {
    const world = await makeWorld()
    const nurse = await givePassword(world, 'nurse')
    expect((await guess(world, world.core, nurse.userName, 200)).last).toBe('SIGN_IN_STOPPED')
    const { invite } = await world.as('administrator').clinic.resetAccess({ userId: world.clinic.people.nurse.userId })
    expect(await clientOf(world.core).session.redeemInvite({ userName: nurse.userName, code: invite.code, newPassword: 'nine geese over the marsh' })).toMatchObject({ phase: 'active' })
  }, 120_000)

  it('R19: the old password in a change of password is a guess like any other', async () => {
    const world = await makeWorld()
    const client = clientOf(world.core)
    await client.session.signIn(admin)
    for (let i = 0; i < 5; i += 1) expect(await refusalOf(client.session.changePassword({ oldPassword: `guess number ${i}`, newPassword: 'nine geese over the marsh' }))).toMatchObject({ code: 'OLD_PASSWORD_WRONG' })
    expect(await refusalOf(client.session.changePassword({ oldPassword: ADMIN_PASSWORD, newPassword: 'nine geese over the marsh' }))).toMatchObject({ code: 'SIGN_IN_WAIT' })
    world.clock.advanceMinutes(1)
    expect(await client.session.changePassword({ oldPassword: ADMIN_PASSWORD, newPassword: 'nine geese over the marsh' })).toMatchObject({ phase: 'active' })
  })

  it('R19: waits one minute after five, doubling to fifteen, for unknown names alike', async () => {
    const world = await makeWorld()
    for (const userName of ['administrator', 'nobody.here']) {
      const seen: number[] = []
      while (seen.length < 6) {
        const { code, data } = await refusalOf(clientOf(world.core).session.signIn({ userName, password: 'not this one' }))
        if (code === 'SIGN_IN_REFUSED') continue
        const { seconds } = data as { seconds: number } // The declared shape.
        seen.push(seconds)
        world.clock.advanceMinutes(seconds / 60)
      }
      expect(seen).toEqual([60, 120, 240, 480, 900, 900])
    }
    const text = fs.readFileSync(attemptsFile(world), 'utf8')
    expect(text).not.toMatch(/administrator|nobody/)
  }, 60_000)

  it('R19: guesses side by side count as well', async () => {
    const world = await makeWorld()
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => refusalOf(clientOf(world.core).session.signIn(wrong))))
    expect(outcomes.filter(({ code }) => code === 'SIGN_IN_REFUSED')).toHaveLength(5)
  }, 30_000)

  it('R19: a restart forgives nothing, a clock set back neither, and the right password begins anew', async () => {
    const world = await makeWorld()
    for (let i = 0; i < 5; i += 1) await refusalOf(clientOf(world.core).session.signIn(wrong))
    await world.core.close()
    const core = await openCore(world.folder, world.clock)
    expect(await refusalOf(clientOf(core).session.signIn(admin))).toEqual({ code: 'SIGN_IN_WAIT', data: { seconds: 60 } })
    world.clock.advanceMinutes(-600)
    expect(await refusalOf(clientOf(core).session.signIn(admin))).toEqual({ code: 'SIGN_IN_WAIT', data: { seconds: 60 } })
    world.clock.advanceMinutes(601)
    expect(await clientOf(core).session.signIn(admin)).toMatchObject({ phase: 'active' })
    expect(await refusalOf(clientOf(core).session.signIn(wrong))).toMatchObject({ code: 'SIGN_IN_REFUSED' })
    await core.close()
  })

  it('R19: deleting or tearing the file gains nothing once the records are open, nor with the right password', async () => {
    const world = await makeWorld()
    for (let i = 0; i < 5; i += 1) await refusalOf(clientOf(world.core).session.signIn(wrong))
    fs.rmSync(attemptsFile(world))
    expect(await refusalOf(clientOf(world.core).session.signIn(admin))).toMatchObject({ code: 'SIGN_IN_WAIT' })
    await world.core.close()
    for (const spoil of [() => fs.rmSync(attemptsFile(world), { force: true }), () => fs.writeFileSync(attemptsFile(world), '{"v":1,"accounts":')]) {
      spoil()
      const core = await openCore(world.folder, world.clock)
      expect(await refusalOf(clientOf(core).session.signIn(admin))).toMatchObject({ code: 'SIGN_IN_WAIT' })
      expect(core.vault.state).toBe('closed')
      await core.close()
    }
  })

  it('R19: one machine looks at twenty failures a minute, whoever is meant', async () => {
    const world = await makeWorld()
    const codes: string[] = []
    for (let i = 0; i < 22; i += 1) codes.push((await refusalOf(clientOf(world.core).session.signIn({ userName: `person${i}`, password: 'not this one' }))).code)
    expect(codes.filter((code) => code === 'SIGN_IN_REFUSED')).toHaveLength(20)
    world.clock.advanceMinutes(1.01)
    expect(await clientOf(world.core).session.signIn(admin)).toMatchObject({ phase: 'active' })
  }, 30_000)

  it('R19: codes count with the passwords, and a right password between them forgives nothing', async () => {
    const world = await makeWorld()
    const { client } = world.stranger()
    await client.session.signIn(admin)
    const { code } = await enrol(world, client)
    const thief = world.stranger().client
    const codes: string[] = []
    for (let i = 0; i < 7; i += 1) {
      codes.push(await thief.session.signIn(admin).then(({ phase }) => phase, (error: { code: string }) => error.code))
      codes.push((await refusalOf(thief.session.giveCode({ code: code() === '000000' ? '000001' : '000000' }))).code)
    }
    expect(codes.filter((one) => one === 'CODE_REFUSED')).toHaveLength(5)
    expect(codes.slice(-2)).toEqual(['SIGN_IN_WAIT', 'SIGN_IN_WAIT'])
  }, 30_000)
})
