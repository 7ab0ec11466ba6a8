import { mayHavePin, isWeakPin } from '#shared/domains/session/rules.ts'
import type { OwnSignIn } from '#shared/domains/session/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { derivePin } from '#main/core/keys/pins.ts'
import { setDesk } from '#main/core/desk.ts'
import type { ActionContext, ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { codesLeft, deletePin, factorOf, pinOf, savePin, secondFactorPolicy } from './repository.factors.ts'
import { accountByUserId, openSessionsOf } from './repository.ts'
import { end, sessionOf } from './service.ts'
import { forgiveAttempts } from './service.throttle.ts'

// What people see and change of their own sign-in, and administrators of this machine's.

export function mine({ db, actor }: ReadContext): OwnSignIn {
  const account = accountByUserId(db, actor.userId)
  if (!account) throw refuse(CommonError.NOT_FOUND)
  return {
    userName: account.userName, policy: secondFactorPolicy(db), secondFactorSince: factorOf(db, actor.userId)?.confirmedAt ?? null,
    codesLeft: codesLeft(db, actor.userId), pinSince: pinOf(db, actor.userId)?.setAt ?? null, mayHavePin: mayHavePin(account.roles),
    sessions: openSessionsOf(db, actor.userId).map((row) => ({
      id: row.id, door: row.door, startedAt: row.startedAt, lastSeenAt: row.lastSeenAt, isLocked: row.lockedAt !== null, isThis: row.id === actor.sessionId,
    })),
  }
}

const SALT_BYTES = 16

export async function setPin({ core, actor, transact }: ActionContext, { pin }: { pin: string }): Promise<Record<string, never>> {
  if (!actor) throw refuse(CommonError.SIGNED_OUT)
  if (!mayHavePin(actor.roles)) throw refuse('PIN_NOT_FOR_ADMINISTRATORS')
  if (isWeakPin(pin)) throw refuse('PIN_WEAK')
  const salt = core.platform.random(SALT_BYTES)
  const hash = await derivePin(pin, salt)
  transact('session.pin-set', (context) => {
    context.audit({ entityId: actor.userId })
    savePin(context.db, { userId: actor.userId, hash: hash.toString('base64'), salt: Buffer.from(salt).toString('base64'), fails: 0, setAt: context.now })
  })
  return {}
}

export function removePin({ db, actor, audit }: WriteContext): Record<string, never> {
  audit({ entityId: actor.userId })
  deletePin(db, actor.userId)
  return {}
}

/** A window left open somewhere else; only one's own. */
export async function endOwn({ core, actor }: ActionContext, { sessionId }: { sessionId: Id }): Promise<Record<string, never>> {
  if (!actor) throw refuse(CommonError.SIGNED_OUT)
  for (const door of core.doors.values()) {
    const session = sessionOf(door, actor.userId)
    if (session?.sessionId !== sessionId) continue
    end(core, door, session)
    return {}
  }
  throw refuse(CommonError.NOT_FOUND)
}

export async function setIdle({ core, transact }: ActionContext, { seconds }: { seconds: number }): Promise<Record<string, never>> {
  transact('session.idle-set', () => setDesk(core, { idleSeconds: seconds }))
  return {}
}

export async function allowAgain({ core, transact }: ActionContext, { userId }: { userId: Id }): Promise<Record<string, never>> {
  const account = accountByUserId(core.vault.reader, userId)
  if (!account) throw refuse(CommonError.NOT_FOUND)
  transact('session.allowed-again', (context) => context.audit({ entityId: userId }))
  forgiveAttempts(core, account.userName)
  return {}
}
