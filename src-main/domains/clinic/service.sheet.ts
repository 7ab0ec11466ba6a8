import type { RecoverySheet } from '#shared/domains/clinic/contract.ts'
import { formatRecoveryKey, RECOVERY_GROUPS } from '#shared/kernel/recovery-key.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { Core } from '#main/core/core.ts'
import type { Door } from '#main/core/rpc/context.ts'

// A recovery key between the moment it is drawn and the moment it counts. It is in memory only and belongs to one window;
// three of its groups have to come back from paper first, because a sheet that nobody printed opens nothing.

interface Drawn { secret: Uint8Array; asked: readonly number[] }
const drawn = new WeakMap<Door, Drawn>()
const ASKED = 3

export type Typed = readonly { number: number; text: string }[]

/** The same key again for a window that asks twice: what was printed stays true. */
export function drawSheet(core: Core, door: Door): RecoverySheet {
  const known = drawn.get(door) ?? { secret: core.platform.random(32), asked: threeOf(core) }
  drawn.set(door, known)
  return { groups: formatRecoveryKey(known.secret), asked: [...known.asked] }
}

export const forgetSheet = (door: Door): void => void drawn.delete(door)

export function wrongGroups(door: Door, typed: Typed): number[] {
  const groups = formatRecoveryKey(secretOf(door))
  const asked = drawn.get(door)?.asked ?? []
  const isRight = (number: number): boolean => typed.some((one) => one.number === number && one.text.toUpperCase().replace(/[\s-]/g, '') === groups[number - 1])
  return asked.filter((number) => !isRight(number))
}

export function secretOf(door: Door): Uint8Array {
  const known = drawn.get(door)
  if (!known) throw refuse('NO_RECOVERY_KEY')
  return known.secret
}

function threeOf(core: Core): number[] {
  const chosen = new Set<number>()
  while (chosen.size < ASKED) chosen.add(1 + ((core.platform.random(1)[0] ?? 0) % RECOVERY_GROUPS))
  return [...chosen].toSorted((a, b) => a - b)
}
