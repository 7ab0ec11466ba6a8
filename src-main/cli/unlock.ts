import fs from 'node:fs'
import { parseRecoveryKey } from '#shared/kernel/recovery-key.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { readKeyring } from '#main/core/keys/keyring.ts'
import { unlockWithRecoveryKey } from '#main/core/keys/unlock.ts'
import type { Door } from '#main/core/rpc/context.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { accountByUserName } from '#main/domains/session/repository.ts'
import { startSession } from '#main/domains/session/service.ts'
import { beginAttempt, PRINTED_KEY } from '#main/domains/session/service.throttle.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import type { Core } from '#main/core/core.ts'
import type { CliContext } from './command.ts'

/** Opens the database and signs `--as USER` in at a door of the command line. */
export async function unlockAs({ core, values: { unlock, as } }: CliContext): Promise<Door> {
  if (core.vault.state === 'empty') throw refuse('NO_CLINIC')
  if (typeof unlock !== 'string' || typeof as !== 'string') throw refuse('UNLOCK_NEEDED')
  return signedIn(core, readSecret(unlock), as)
}

async function signedIn(core: Core, secret: string, as: string): Promise<Door> {
  if (core.vault.state === 'empty') throw refuse('NO_CLINIC')
  const door = core.openDoor('cli')
  const recoveryKey = parseRecoveryKey(secret)
  if (!recoveryKey) {
    await signInWith(core, door, as, secret)
    return door
  }
  openWithRecoveryKey(core, recoveryKey)
  const account = accountByUserName(core.vault.reader, as)
  if (!account) throw refuse('SIGN_IN_REFUSED')
  startSession(core, door, account)
  return door
}

/** The same over a running node's socket. The printed key opens records, and is no person: it signs nobody in there. */
export async function signInOver({ session }: CairnClient, { unlock, as }: CliContext['values']): Promise<void> {
  if (typeof unlock !== 'string' || typeof as !== 'string') throw refuse('UNLOCK_NEEDED')
  await giveWord(session, as, readSecret(unlock))
}

/** The first line is the password, the second, where one is asked for, a code of the app or a printed one. */
async function signInWith(core: Core, door: Door, userName: string, secret: string): Promise<void> {
  await giveWord(inProcessClient(core, door).session, userName, secret)
}

async function giveWord(session: CairnClient['session'], userName: string, secret: string): Promise<void> {
  const [password = '', code] = secret.split(/\r?\n/)
  let { phase } = await session.signIn({ userName, password })
  if (phase === 'second-factor' && code) ({ phase } = await session.giveCode({ code }))
  if (phase !== 'active') throw refuse(phase === 'enrol' ? CommonError.ENROL_FIRST : 'CODE_NEEDED')
}

/** Opens the database for a check-up: the recovery key alone, or the password of `--as USER`. */
export function unlockDatabase({ core, values: { unlock, as } }: CliContext): Promise<Door> {
  if (typeof unlock !== 'string') throw refuse('UNLOCK_NEEDED')
  return unlockWith(core, { secret: readSecret(unlock), as: typeof as === 'string' ? as : undefined })
}

/** The same with the secret itself, which a running node gets over its own socket. */
export async function unlockWith(core: Core, { secret, as }: { secret: string; as: string | undefined }): Promise<Door> {
  const recoveryKey = parseRecoveryKey(secret)
  if (recoveryKey && as === undefined) {
    openWithRecoveryKey(core, recoveryKey)
    return core.openDoor('cli')
  }
  if (as === undefined) throw refuse('UNLOCK_NEEDED')
  return signedIn(core, secret, as)
}

function openWithRecoveryKey(core: Core, recoveryKey: Uint8Array): void {
  const attempt = beginAttempt(core, PRINTED_KEY)
  const opened = unlockWithRecoveryKey(readKeyring(core.vault.folder), recoveryKey)
  if (!opened) throw refuse('SIGN_IN_REFUSED')
  attempt.succeed()
  core.vault.open(opened.dataKey)
}

/** The file's text without the line end that editors add. */
export function readSecret(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch {
    throw refuse('UNLOCK_NEEDED')
  }
}
