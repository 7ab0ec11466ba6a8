import { rowsOfA } from '../a/repository.ts'

export const forbidden = rowsOfA
