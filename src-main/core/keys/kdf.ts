import { hkdfSync } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import bcrypt from 'bcryptjs'

/** Cost of one guess. Stored with each slot, so that it can be raised later. */
export interface KdfParams {
  memoryKiB: number
  passes: number
}
/** 64 MiB and three passes: above OWASP's minimum for argon2id, about 90 ms on an office PC. */
export const KDF_NOW: KdfParams = { memoryKiB: 65_536, passes: 3 }

/** The library's enum is ambient and cannot be read under isolated modules: 2 is argon2id. */
const ARGON2ID = 2

/** A low cost is enough: argon2id has done the slow part, and the input has 256 bits already. */
const BCRYPT_COST = 6

/** What a slow derivation gives: the proof of the person, and the key of their slot, with this machine's secret in it or without. */
export interface Derived {
  login: string
  /** For what goes on to the next host: no machine's secret is in it. */
  carry: Uint8Array
  wrap(deviceSecret: Uint8Array | undefined): Uint8Array
}

/**
 * One slow derivation, independent parts: what proves the person (`login`), what opens their key slot (`wrap`), and what
 * opens their own key on another host (`carry`).
 * A leaked login hash gives no key. The password is normalised (NFC) and never cut: bcrypt alone would stop at 72 bytes.
 */
export async function deriveFromPassword(password: string, salt: Uint8Array, params: KdfParams): Promise<Derived> {
  const master = await inTurn(() => hashRaw(password.normalize('NFC'), {
    algorithm: ARGON2ID, salt, memoryCost: params.memoryKiB, timeCost: params.passes, parallelism: 1, outputLen: 32,
  }))
  return {
    login: Buffer.from(expand(master, 'login-v1')).toString('base64'),
    carry: expand(master, 'carry-v1'),
    wrap: (deviceSecret) => (deviceSecret ? expand(Buffer.concat([master, deviceSecret]), 'kek-v2') : expand(master, 'kek-v1')),
  }
}

export const hashLogin = (login: string): Promise<string> => bcrypt.hash(login, BCRYPT_COST)
export const loginMatches = (login: string, hash: string): Promise<boolean> => bcrypt.compare(login, hash)

/** HKDF-SHA-256 to 32 bytes, one purpose each. */
export function expand(secret: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), `cairn:${purpose}`, 32))
}

/** Each derivation takes 64 MiB: more than two at once would let a row of wrong passwords fill the memory. */
const AT_ONCE = 2
const waiting: (() => void)[] = []
let running = 0
let started = 0
let mostAtOnce = 0

/** How many slow derivations this process has begun, and the most that ran together: a start needs one, whatever it opens. */
export const derivations = (): { started: number; mostAtOnce: number } => ({ started, mostAtOnce })

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
  started += 1
  mostAtOnce = Math.max(mostAtOnce, running)
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next() // The place goes on to whoever has waited longest.
    else running -= 1
  }
}
