import { CommonError, refuse } from '#shared/rpc/errors.ts'

/** Stands in while the parts are being built beside each other; gone when they are merged. */
export const notHere = (): Promise<never> => Promise.reject(refuse(CommonError.NOT_FOUND))
// eslint-disable-next-line require-yield
export async function* notHereStream(): AsyncGenerator<never> {
  await notHere()
}
