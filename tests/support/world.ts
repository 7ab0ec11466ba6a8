import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { createCore, type Core, type CoreOptions } from '#main/core/core.ts'
import { holdUserKey } from '#main/core/keys/held.ts'
import { createLogger } from '#main/core/platform/logger.ts'
import type { Door } from '#main/core/rpc/context.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { accountByUserName } from '#main/domains/session/repository.ts'
import { startSession } from '#main/domains/session/service.ts'
import { testClock, type TestClock } from './clock.ts'
import { makeSmallClinic, type SmallClinic } from './small-clinic.ts'

/** A real core on a real encrypted database in a folder of its own, with a small clinic in it. */
export interface World {
  core: Core
  clock: TestClock
  folder: string
  clinic: SmallClinic
  /** A client signed in as the clinic's person of that role. */
  as(role: Role): CairnClient
  /** A door and client with nobody signed in. */
  stranger(): { door: Door; client: CairnClient }
  /** Lets go of the data folder, as a stopped process would. */
  close(): Promise<void>
}

const open: World[] = []
afterEach(async () => {
  for (const world of open.splice(0)) await world.close()
})

export async function makeWorld({ start, network }: { start?: string; network?: CoreOptions['network'] } = {}): Promise<World> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-test-'))
  const clock = testClock(start)
  const core = await openCore(folder, clock, network ? { network } : {})
  const clinic = await makeSmallClinic(core)
  const world: World = {
    core, clock, folder, clinic,
    as: (role) => {
      const account = accountByUserName(core.vault.reader, clinic.people[role].userName)
      if (!account) throw new Error(`the small clinic has no ${role}`)
      const door = core.openDoor('test')
      startSession(core, door, account)
      // What a sign-in with the password would have brought: the person's own key.
      holdUserKey(core, account.userId, createHash('sha256').update(account.userId).digest())
      return inProcessClient(core, door)
    },
    stranger: () => {
      const door = core.openDoor('test')
      return { door, client: inProcessClient(core, door) }
    },
    close: async () => {
      await core.close()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
  open.push(world)
  return world
}

export const openCore = (folder: string, clock: TestClock = testClock(), more: Partial<CoreOptions> = {}): Promise<Core> =>
  createCore({
    // Cables are the tests' own (network.ts); who wants real sockets says so.
    network: { isOff: true }, ...more, dataFolder: folder, platform: clock, checkOutputs: true, logger: createLogger('core', 'error'),
    migrationsFolder: path.resolve(import.meta.dirname, '../../drizzle/migrations'),
    resourcesFolder: path.resolve(import.meta.dirname, '../../resources'),
  })

/** The refusal a call ends in, as {code, data}; fails the test when it succeeds. */
export async function refusalOf(call: Promise<unknown>): Promise<{ code: string; data: unknown }> {
  const outcome = await call.then(() => undefined, (error: unknown) => error)
  if (!(outcome instanceof Refusal)) throw new Error(outcome === undefined ? 'expected a refusal, but the call succeeded' : `expected a refusal, got ${String(outcome)}`)
  return { code: outcome.code, data: outcome.data }
}
