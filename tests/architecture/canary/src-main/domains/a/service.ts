import { rowsOfA } from './repository.ts'

export const allowed = rowsOfA
