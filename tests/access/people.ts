import { createHash } from 'node:crypto'
import { holdUserKey } from '#main/core/keys/held.ts'
import type { Core } from '#main/core/core.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { accountByUserName, type Account } from '#main/domains/session/repository.ts'
import { startSession } from '#main/domains/session/service.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import type { World } from '#tests/support/world.ts'

/** The clinic's second doctor and second administrator: whose patients the others are. */
export const COLLEAGUE = 'lindqvist'

export function accountOf(core: Core, userName: string): Account {
  const account = accountByUserName(core.vault.reader, userName)
  if (!account) throw new Error(`the scene has no ${userName}`)
  return account
}

/** What a sign-in with the password would have brought: the person's own key. */
export const holdKey = (core: Core, userId: string): void => holdUserKey(core, userId, createHash('sha256').update(userId).digest())

export function clientOf({ core }: World, userName: string): CairnClient {
  const account = accountOf(core, userName)
  const door = core.openDoor('test')
  startSession(core, door, account)
  holdKey(core, account.userId)
  return inProcessClient(core, door)
}
