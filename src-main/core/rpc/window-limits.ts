import { limits } from '#shared/kernel/limits.ts'
import type { Door } from './context.ts'

// What a window may ask of the core (security.md section 5). The page is not trusted: one that was taken over must not
// keep the other windows waiting. The numbers are several times what the busiest honest screen needs.

export interface CallBudget {
  /** Spends one call; false when the window has to wait. */
  take(): boolean
  /** True once for each flood, so that a flood is one row of the activity log and not a second flood. */
  isFirstRefusal(): boolean
}

/** A bucket of calls that fills up again evenly. The time is a clock that only goes forward. */
export function createCallBudget(nowMs: () => number = () => performance.now()): CallBudget {
  let left: number = limits.window_calls_at_once
  let filledAt = nowMs()
  let isFlooding = false
  return {
    take: () => {
      const now = nowMs()
      left = Math.min(limits.window_calls_at_once, left + ((now - filledAt) / 1_000) * limits.window_calls_per_second)
      filledAt = now
      if (left < 1) return false
      left -= 1
      if (left > limits.window_calls_at_once / 2) isFlooding = false
      return true
    },
    isFirstRefusal: () => {
      const isFirst = !isFlooding
      isFlooding = true
      return isFirst
    },
  }
}

const budgets = new WeakMap<Door, CallBudget>()

/** A window keeps its budget when its page is loaded again and brings a new port. */
export function budgetOf(door: Door): CallBudget {
  const known = budgets.get(door) ?? createCallBudget()
  budgets.set(door, known)
  return known
}

/**
 * Whether a message is small enough to be looked at. Counts characters and values and stops at the limit, so that it costs
 * no more than the limit does, also for a value that contains itself.
 */
export function fitsInMessage(value: unknown, bytesMax: number = limits.window_message_bytes): boolean {
  const rest: unknown[] = [value]
  let bytes = 0
  while (rest.length > 0) {
    const one = rest.pop()
    bytes += 8
    if (typeof one === 'string') bytes += one.length
    else if (one instanceof ArrayBuffer || ArrayBuffer.isView(one)) bytes += one.byteLength
    else if (typeof one === 'object' && one !== null) bytes += pushMembers(one, rest, bytesMax - bytes)
    if (bytes > bytesMax) return false
  }
  return true
}

/** Adds what an object holds to what is still to be counted; gives the length of its names. No contract takes a Map or a Set. */
function pushMembers(object: object, rest: unknown[], left: number): number {
  let bytes = 0
  if (Array.isArray(object)) {
    if (object.length * 8 > left) return left + 1
    for (const member of object) rest.push(member)
    return bytes
  }
  for (const [name, member] of Object.entries(object)) {
    bytes += name.length
    if (bytes > left) break
    rest.push(member)
  }
  return bytes
}
