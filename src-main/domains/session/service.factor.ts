import { createHmac } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { SecondFactorPolicy } from '#shared/domains/session/model.ts'
import { isClockBehind } from '#shared/domains/session/rules.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { Core } from '#main/core/core.ts'
import { expand } from '#main/core/keys/kdf.ts'
import type { ActionContext, Actor, Door, ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { countEnrolled, deleteFactor, factorOf, replaceCodes, saveFactor, secondFactorPolicy, seenAt, setCounter, setSecondFactorPolicy, takeCode } from './repository.factors.ts'
import { accountByUserId, updateSession } from './repository.ts'
import { noteClock, resetClock } from './service.life.ts'
import { endSessionsOf } from './service.ts'
import { beginAttempt } from './service.throttle.ts'

// The second factor: an authenticator app by RFC 6238 (SHA-1, six digits, thirty seconds, what every app can do) and ten printed codes.

const SECRET_BYTES = 20
const PERIOD_SECONDS = 30
const WINDOW = 1

/** A secret that was drawn and not confirmed; it leaves memory with the door. */
const drawn = new WeakMap<Door, { userId: Id; secret: string }>()

const totpOf = (secret: string, label = ''): TOTP => new TOTP({ issuer: 'Cairn', label, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS })

/** The counter a code was made with, one step of either side allowed; undefined when it fits none. */
function counterOf(secret: string, code: string, nowMs: number): number | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: nowMs, window: WINDOW })
  return delta === null ? undefined : Math.floor(nowMs / 1000 / PERIOD_SECONDS) + delta
}

/** R20: takes a code once, for ever and for every door; refuses with CODE_REFUSED or CLOCK_BEHIND. */
export function checkCode(core: Core, userId: Id, typed: string): void {
  const code = typed.toUpperCase().replace(/[\s-]/g, '')
  const db = core.vault.writer
  const factor = factorOf(db, userId)
  if (!factor) throw refuse('CODE_REFUSED')
  if (!/^\d{6}$/.test(code)) {
    if (!takeCode(db, userId, hashCode(core, userId, code), core.platform.now())) throw refuse('CODE_REFUSED')
    resetClock(core) // A printed code needs no clock: from here on this one counts.
    return
  }
  if (isClockBehind(core.platform.now(), seenAt(db))) throw refuse('CLOCK_BEHIND')
  const counter = counterOf(factor.secret, code, core.platform.nowMs())
  if (counter === undefined || counter <= factor.lastCounter) throw refuse('CODE_REFUSED')
  setCounter(db, userId, counter)
  noteClock(core)
}

export async function beginSecondFactor({ core, door, actor }: ActionContext): Promise<{ uri: string; secret: string }> {
  const account = accountByUserId(core.vault.reader, need(actor).userId)
  assert(account, 'who is signed in has an account')
  const known = drawn.get(door)
  // The same again for a page that asks twice: what was scanned stays true.
  const secret = known?.userId === account.userId ? known.secret : new Secret({ buffer: core.platform.random(SECRET_BYTES).slice().buffer }).base32
  drawn.set(door, { userId: account.userId, secret })
  return { uri: totpOf(secret, `${account.userName} · ${core.vault.clinic?.name ?? ''}`).toString(), secret }
}

export async function confirmSecondFactor({ core, door, actor, transact }: ActionContext, { code }: { code: string }): Promise<{ codes: string[] }> {
  const { userId, sessionId } = need(actor)
  const known = drawn.get(door)
  if (known?.userId !== userId) throw refuse('NO_SECOND_FACTOR_BEGUN')
  const account = accountByUserId(core.vault.reader, userId)
  assert(account, 'who is signed in has an account')
  const attempt = beginAttempt(core, account.userName)
  const lastCounter = counterOf(known.secret, code.replace(/\s/g, ''), core.platform.nowMs())
  if (lastCounter === undefined) throw refuse('CODE_REFUSED')
  attempt.succeed()
  const codes = drawCodes(core)
  transact('session.second-factor-set', (context) => {
    context.audit({ entityId: userId })
    saveFactor(context.db, { userId, secret: known.secret, lastCounter, confirmedAt: context.now })
    replaceCodes(context.db, userId, codes.map((one) => hashCode(core, userId, plain(one))))
    updateSession(context.db, sessionId, { mustEnrol: false })
  })
  drawn.delete(door)
  if (door.session?.sessionId === sessionId) door.session = { ...door.session, mustEnrol: false }
  // A session of the same person elsewhere was opened with the password alone.
  endSessionsOf(core, userId, { except: sessionId })
  return { codes }
}

/** The old ones are void at once. */
export async function newOneTimeCodes({ core, actor, transact }: ActionContext): Promise<{ codes: string[] }> {
  const { userId } = need(actor)
  if (!factorOf(core.vault.reader, userId)) throw refuse('NO_SECOND_FACTOR')
  const codes = drawCodes(core)
  transact('session.codes-drawn', (context) => {
    context.audit({ entityId: userId })
    replaceCodes(context.db, userId, codes.map((one) => hashCode(core, userId, plain(one))))
  })
  return { codes }
}

/** The phone is lost. Sessions that were opened with it end; the administrator's own goes on. */
export async function removeSecondFactor({ core, actor, transact }: ActionContext, { userId }: { userId: Id }): Promise<Record<string, never>> {
  if (!factorOf(core.vault.reader, userId)) throw refuse('NO_SECOND_FACTOR')
  transact('session.second-factor-removed', (context) => {
    context.audit({ entityId: userId })
    deleteFactor(context.db, userId)
    replaceCodes(context.db, userId, [])
  })
  endSessionsOf(core, userId, actor?.userId === userId ? { except: actor.sessionId } : {})
  return {}
}

export function readPolicy({ db }: ReadContext): { policy: SecondFactorPolicy; people: number; enrolled: number } {
  return { policy: secondFactorPolicy(db), ...countEnrolled(db) }
}

/** Who has none meets it at the next sign-in or unlock; nobody is thrown out of their work. */
export function setPolicy(context: WriteContext, { policy }: { policy: SecondFactorPolicy }): { policy: SecondFactorPolicy } {
  setSecondFactorPolicy(context.db, policy)
  return { policy }
}

const CODE_SYMBOLS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const CODE_LENGTH = 10

/** 50 random bits each, in letters and digits that nobody mistakes on paper; always with a letter, so that none looks like an app's code. */
function drawCodes(core: Core): string[] {
  return Array.from({ length: limits.one_time_codes }, () => {
    const text = Array.from(core.platform.random(CODE_LENGTH), (byte) => CODE_SYMBOLS[byte % CODE_SYMBOLS.length]).join('')
    return `${text.slice(0, 5)}-${text.slice(5)}`
  })
}

const plain = (code: string): string => code.replace('-', '')

/** Keyed by the data key: the rows alone, if they ever left the file, give no code away. */
function hashCode(core: Core, userId: Id, code: string): string {
  const { dataKey } = core.vault
  assert(dataKey, 'the database is open')
  return createHmac('sha256', expand(dataKey, 'one-time-v1')).update(`${userId}:${code}`).digest('base64')
}

function need(actor: Actor | null): Actor {
  if (!actor) throw refuse(CommonError.SIGNED_OUT)
  return actor
}
