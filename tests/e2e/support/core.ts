import { createCore } from '#main/core/core.ts'
import { createLogger } from '#main/core/platform/logger.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { inRoot } from '#tools/lib/paths.ts'
import { PASSWORD } from './clinic.ts'

/** The clinic's core in this process, while no app has the folder: what a screen hides, the core has to refuse as well. */
export async function withCore<T>(data: string, work: (as: (userName: string) => Promise<CairnClient>) => Promise<T>): Promise<T> {
  const core = await createCore({ dataFolder: data, migrationsFolder: inRoot('drizzle/migrations'), resourcesFolder: inRoot('resources'), logger: createLogger('core', 'error'), network: { isOff: true } })
  try {
    return await work(async (userName) => {
      const client = inProcessClient(core, core.openDoor('test'))
      await client.session.signIn({ userName, password: PASSWORD })
      return client
    })
  } finally {
    await core.close()
  }
}

/** The code of the refusal that a call ends in; undefined when it succeeds. */
export async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  const outcome = await call.then(() => undefined, (error: unknown) => error)
  if (outcome !== undefined && !(outcome instanceof Refusal)) throw outcome
  return outcome?.code
}
