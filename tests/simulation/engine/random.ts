/** Chance that repeats: the same seed gives the same numbers on every machine (mulberry32). */
export interface Random {
  /** Between 0 and 1, without 1. */
  next(): number
  /** A whole number below. */
  below(limit: number): number
  between(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  bytes(count: number): Uint8Array
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next, below,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
  }
}

/** A seed of its own for each part, so that taking one part away leaves the others as they were. */
export function seedFor(seed: number, part: string): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0
  for (const letter of part) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0
  return hash
}
