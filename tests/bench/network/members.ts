import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createCore, type Core } from '#main/core/core.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { readSync } from '#main/core/sync/context.ts'
import { unsentOf } from '#main/core/sync/member-store.ts'
import { accountByUserName } from '#main/domains/session/repository.ts'
import { startSession } from '#main/domains/session/service.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import type { Profile } from '#shared/sync/messages.ts'
import { inRoot } from '#tools/lib/paths.ts'

/** A whole machine: its own database, its own connection, the same core as in the app. */
export interface RealMember {
  core: Core
  desk: CairnClient
  /** When each step of its joining came. */
  steps: Map<string, number>
  end(): Promise<void>
}

export async function joinAs(address: string, code: string, profile: Profile): Promise<RealMember> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-bench-member-'))
  const core = await createCore({ dataFolder: folder, migrationsFolder: inRoot('drizzle/migrations'), resourcesFolder: inRoot('resources'), network: { bind: '127.0.0.1', port: 0, isQuiet: true } })
  const steps = new Map<string, number>()
  for await (const step of await inProcessClient(core, core.openDoor('cli')).network.join({ address, code, name: 'Bench', profile })) if (!steps.has(step.is)) steps.set(step.is, performance.now())
  const door = core.openDoor('test')
  const account = accountByUserName(core.vault.reader, 'receptionist')
  if (account) startSession(core, door, account)
  await until(core, () => core.node.isConnected)
  return {
    core, steps, desk: inProcessClient(core, door),
    end: async () => {
      await core.close()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Looks at each change that the machine tells its windows of. */
export async function until(core: Core, is: () => boolean): Promise<void> {
  const over = new AbortController()
  const changes = core.changes.subscribe(over.signal)
  try {
    if (is()) return
    for await (const _ of changes) if (is()) return
  } finally {
    over.abort()
  }
}

export const isLevel = ({ core }: RealMember, tx: number): boolean => readSync(core.vault.reader).cursor >= tx
export const hasSentAll = ({ core }: RealMember): boolean => unsentOf(core.vault.reader).unsent === 0
