import { hashRaw } from '@node-rs/argon2'

/** The library's enum is ambient and cannot be read under isolated modules: 2 is argon2id. */
const ARGON2ID = 2

/** A switch of people is felt, so this is light (about 15 ms): five tries and the encrypted database guard six digits, not the derivation. */
const MEMORY_KIB = 8_192
const PASSES = 3

/** Off the event loop, in the library's own threads. */
export async function derivePin(pin: string, salt: Uint8Array): Promise<Buffer> {
  return hashRaw(pin, { algorithm: ARGON2ID, salt, memoryCost: MEMORY_KIB, timeCost: PASSES, parallelism: 1, outputLen: 32 })
}
