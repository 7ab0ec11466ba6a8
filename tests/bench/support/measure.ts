/** Milliseconds of each call, sorted. */
export interface Sample {
  medianMs: number
  p95Ms: number
}

export function sampleOf(times: readonly number[]): Sample {
  const sorted = times.toSorted((a, b) => a - b)
  return { medianMs: at(sorted, 0.5), p95Ms: at(sorted, 0.95) }
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

/** The same numbers at every run, so that runs can be compared (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function timesOf(calls: number, run: (i: number) => unknown): number[] {
  const times: number[] = []
  for (let i = 0; i < calls; i += 1) {
    const before = performance.now()
    run(i)
    times.push(performance.now() - before)
  }
  return times
}

export async function timesOfAsync(calls: number, run: (i: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < calls; i += 1) {
    const before = performance.now()
    await run(i)
    times.push(performance.now() - before)
  }
  return times
}

export interface Row {
  what: string
  limit: Sample
  product: Sample
  /** The ratio of medians that the design asks for. */
  ratioMax: number
}

/** Prints; never fails: noise is not a bug, and a miss is reported where somebody reads it. */
export function printRatios(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}`)
  console.log(['what'.padEnd(34), 'limit med', 'p95', 'product med', 'p95', 'ratio', 'asked', ''].join('  '))
  for (const { what, limit, product, ratioMax } of rows) {
    const ratio = product.medianMs / limit.medianMs
    console.log([
      what.padEnd(34), ms(limit.medianMs).padStart(9), ms(limit.p95Ms), ms(product.medianMs).padStart(11), ms(product.p95Ms),
      ratio.toFixed(2).padStart(5), `≤ ${ratioMax}`, ratio <= ratioMax ? '' : 'MISSED',
    ].join('  '))
  }
}

export const ms = (value: number): string => (value < 10 ? value.toFixed(3) : value.toFixed(0))
