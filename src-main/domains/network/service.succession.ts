import { refuse } from '#shared/rpc/errors.ts'

/** Stands in until the succession is merged. */
export const switchHost = (..._: unknown[]): Promise<never> => Promise.reject(refuse('NOT_HOST'))
export const candidates = (..._: unknown[]): Promise<never> => Promise.reject(refuse('NOT_MEMBER'))
export const promote = (..._: unknown[]): Promise<never> => Promise.reject(refuse('NOT_MEMBER'))
