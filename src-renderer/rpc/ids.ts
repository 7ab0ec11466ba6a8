import { uuidv7At, type Id } from '#shared/kernel/ids.ts'

/** Ids are made where a thing begins, so that sending it twice makes it once. */
export function newId(): Id {
  return uuidv7At(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
}
