import { createHash } from 'node:crypto'
import type { NoteSections } from '#shared/domains/encounters/model.ts'

/** Names exactly these words: a save says by it what it was written on, a signature what was signed. */
export const textHashOf = ({ subjective, objective, assessment, plan }: NoteSections): string =>
  createHash('sha256').update(JSON.stringify([subjective, objective, assessment, plan])).digest('hex')
