import { randomBytes } from 'node:crypto'
import { uuidv7At, type Id } from '#shared/kernel/ids.ts'
import { toInstant, type Instant } from '#shared/kernel/time.ts'

/** Time and chance reach the core only through here, so that tests and the sync simulation can hold them. */
export interface Platform {
  nowMs(): number
  now(): Instant
  random(bytes: number): Uint8Array
  newId(): Id
}

export function realPlatform(): Platform {
  return platformWith(() => Date.now(), (bytes) => new Uint8Array(randomBytes(bytes)))
}

export function platformWith(nowMs: () => number, random: (bytes: number) => Uint8Array): Platform {
  return {
    nowMs,
    now: () => toInstant(nowMs()),
    random,
    newId: () => uuidv7At(nowMs(), random(10)),
  }
}
