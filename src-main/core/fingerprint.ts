import { createHash } from 'node:crypto'

/** Names exactly these words, on whatever machine they stand. */
export const fingerprintOf = (words: readonly string[]): string => createHash('sha256').update(JSON.stringify(words)).digest('hex')
