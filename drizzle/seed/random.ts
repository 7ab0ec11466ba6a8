import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'

/** Seeded chance: the same seed gives the same clinic, on any machine. Not for keys or ids of real rows. */
export interface Chance {
  /** 0 ≤ x < 1. */
  next(): number
  /** Whole number, both ends included. */
  int(from: number, to: number): number
  /** True in `share` of the cases (0 to 1). */
  happens(share: number): boolean
  pick<T>(list: readonly T[]): T
  /** Picks the front of the list more often than its end, as names and reasons are spread in life. */
  pickCommon<T>(list: readonly T[]): T
  /** Around zero, standard deviation one. */
  normal(): number
  /** A version 7 UUID for that moment. */
  id(atMs: number): Id
}

/** sfc32: small, fast and good enough to pass the usual batteries; the seed is spread by splitmix32. */
export function makeChance(seed: number): Chance {
  let [a, b, c, counter] = spread(seed)
  const next32 = (): number => {
    const t = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t | 0
    return t >>> 0
  }
  for (let i = 0; i < 12; i += 1) next32()
  const next = (): number => next32() / 4_294_967_296
  const at = <T>(list: readonly T[], index: number): T => {
    assert(list.length > 0, 'a list to pick from is not empty')
    return list[index] as T // The index is below the length.
  }
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    happens: (share) => next() < share,
    pick: (list) => at(list, Math.floor(next() * list.length)),
    pickCommon: (list) => at(list, Math.floor(next() ** 1.7 * list.length)),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    id: (atMs) => uuid7(atMs, next32(), next32(), next32()),
  }
}

function spread(seed: number): [number, number, number, number] {
  let state = seed | 0
  const step = (): number => {
    state = (state + 0x9e3779b9) | 0
    let z = state ^ (state >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z ^= z >>> 15
    z = Math.imul(z, 0x735a2d97)
    return (z ^ (z >>> 15)) | 0
  }
  return [step(), step(), step(), 1]
}

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0')

function uuid7(atMs: number, r1: number, r2: number, r3: number): Id {
  const time = hex(Math.floor(atMs), 12)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(r1 & 0xfff, 3)}-${hex(0x8000 | ((r1 >>> 12) & 0x3fff), 4)}-${hex(r2, 8)}${hex(r3 & 0xffff, 4)}`
}
