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
import type { CliContext } from './command.ts'

/** Opens the database and signs `--as USER` in at a door of the command line. */
export async function unlockAs({ core, values }: CliContext): Promise<Door> {
  if (core.vault.state === 'empty') throw refuse('NO_CLINIC')
  const { unlock, as } = values
  if (typeof unlock !== 'string' || typeof as !== 'string') throw refuse('UNLOCK_NEEDED')
  const secret = readSecret(unlock)
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

/** The first line is the password, the second, where one is asked for, a code of the app or a printed one. */
async function signInWith(core: CliContext['core'], door: Door, userName: string, secret: string): Promise<void> {
  const [password = '', code] = secret.split(/\r?\n/)
  const { session } = inProcessClient(core, door)
  let { phase } = await session.signIn({ userName, password })
  if (phase === 'second-factor' && code) ({ phase } = await session.giveCode({ code }))
  if (phase !== 'active') throw refuse(phase === 'enrol' ? CommonError.ENROL_FIRST : 'CODE_NEEDED')
}

/** Opens the database for a check-up: the recovery key alone, or the password of `--as USER`. */
export async function unlockDatabase(context: CliContext): Promise<Door> {
  const { unlock, as } = context.values
  const recoveryKey = typeof unlock === 'string' ? parseRecoveryKey(readSecret(unlock)) : undefined
  if (!recoveryKey || typeof as === 'string') return unlockAs(context)
  openWithRecoveryKey(context.core, recoveryKey)
  return context.core.openDoor('cli')
}

function openWithRecoveryKey(core: CliContext['core'], recoveryKey: Uint8Array): void {
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
