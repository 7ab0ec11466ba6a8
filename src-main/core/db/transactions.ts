import type { WriteDb } from './types.ts'

/**
 * Whether one of our transactions runs on a connection now. Only those that are functions count: what a test has begun around
 * whole calls, to take them back, is none of them.
 */
export interface Transactions {
  readonly isRunning: boolean
}

export function watchTransactions({ $client }: WriteDb): Transactions {
  let depth = 0
  const begin = $client.transaction.bind($client) as (work: (...given: unknown[]) => unknown) => unknown // One signature of the library's overloads.
  const counted = (work: (...given: unknown[]) => unknown): unknown =>
    begin((...given) => {
      depth += 1
      try {
        return work(...given)
      } finally {
        depth -= 1
      }
    })
  $client.transaction = counted as typeof $client.transaction // The same function around the work, whatever its shape.
  return {
    get isRunning() {
      return depth > 0
    },
  }
}
