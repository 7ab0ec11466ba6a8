import type { Id } from '#shared/kernel/ids.ts'
import type { Core } from '../core.ts'

/**
 * The private keys of the people who are signed in, by account: in memory only, from the sign-in to the end of their last
 * session. What is sealed to a person (a psychotherapy note, 45 CFR 164.501) is read with it and with nothing else.
 */
export type HeldKeys = Map<Id, Uint8Array>

export const holdUserKey = (core: Core, userId: Id, userKey: Uint8Array | undefined): void => {
  if (userKey) core.userKeys.set(userId, userKey)
}

/** Undefined for whoever came in without a password of their own (the printed key at the command line). */
export const userKeyOf = (core: Core, userId: Id): Uint8Array | undefined => core.userKeys.get(userId)

/** Called when a session has ended: the key leaves memory with the person's last one. */
export function dropUserKey(core: Core, userId: Id): void {
  const isHere = [...core.doors.values()].some((door) => door.session?.userId === userId || door.waiting.has(userId))
  if (isHere) return
  core.userKeys.get(userId)?.fill(0)
  core.userKeys.delete(userId)
}
