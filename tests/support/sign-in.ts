import { Secret, TOTP } from 'otpauth'
import { setSecondFactorPolicy } from '#main/domains/session/repository.factors.ts'
import { accountByUserName } from '#main/domains/session/repository.ts'
import { startSession } from '#main/domains/session/service.ts'
import type { Door } from '#main/core/rpc/context.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import type { World } from './world.ts'

export const PASSWORD = 'a heron in the reeds'

/** Gives the small clinic's person of that role a password, by an invitation as an administrator gives one. */
export async function givePassword(world: World, role: Role): Promise<{ userName: string; password: string }> {
  const { userId, userName } = world.clinic.people[role]
  const { invite } = await world.as('administrator').clinic.resetAccess({ userId })
  const { client } = world.stranger()
  await client.session.redeemInvite({ userName, code: invite.code, newPassword: PASSWORD })
  await client.session.signOut({})
  return { userName, password: PASSWORD }
}

/** A window with that person freshly signed in at it. */
export function windowOf(world: World, role: Role, door: Door = world.core.openDoor('window')): { door: Door; client: CairnClient } {
  const account = accountByUserName(world.core.vault.reader, world.clinic.people[role].userName)
  if (!account) throw new Error(`the small clinic has no ${role}`)
  startSession(world.core, door, account)
  return { door, client: inProcessClient(world.core, door) }
}

export const requireTwoFactors = (world: World): void => setSecondFactorPolicy(world.core.vault.writer, 'required')

/** What the person's phone shows at that time. */
export const codeAt = (secret: string, ms: number): string => new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 }).generate({ timestamp: ms })

export const wrongCode = (right: string): string => (right === '000000' ? '000001' : '000000')

/** Enrols whoever is signed in at this client; the clock moves on, so that the next code is another one. */
export async function enrol(world: World, client: CairnClient): Promise<{ secret: string; codes: string[]; code: () => string }> {
  const { secret } = await client.session.beginSecondFactor({})
  const code = (): string => codeAt(secret, world.clock.nowMs())
  const { codes } = await client.session.confirmSecondFactor({ code: code() })
  world.clock.advanceMinutes(1)
  return { secret, codes, code }
}
