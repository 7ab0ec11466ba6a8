import { createHmac } from 'node:crypto'
import path from 'node:path'
import * as z from 'zod'
import { counted, deviceStanding, forClock, pardoned, recent, standingOf, worse, type Attempts, type Standing } from '#shared/domains/session/rules.throttle.ts'
import { limits } from '#shared/kernel/limits.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { Core } from '#main/core/core.ts'
import { readJson, writeWhole } from '#main/core/files/whole-file.ts'
import { readKeyring } from '#main/core/keys/keyring.ts'
import { attemptsOf, dropOldAttempts, saveAttempts } from './repository.factors.ts'

/**
 * R19: failed attempts are counted before they are looked at, so that guesses side by side count as well, and on the disk,
 * so that a restart forgives nothing. Before the database is open there is nothing encrypted to write to: the count lies
 * beside the keyring, by keyed hashes, without a name. While it is open the same is kept inside. A deleted file is made
 * good from there; the limit is a file deleted while the records are closed, and then only until one right password opens
 * them: that sign-in meets the mirror, and is refused. Whoever can delete files can copy the keyring too, and guess
 * elsewhere; against that stands the slow derivation and nothing here.
 */
const Count = z.strictObject({ fails: z.int().min(1), lastAtMs: z.number(), untilMs: z.number() })
const Book = z.strictObject({ v: z.literal(1), accounts: z.record(z.string(), Count), device: z.array(z.number()) })
type Book = z.infer<typeof Book>

const ACCOUNTS_KEPT = 2_000
const FORGET_MS = 24 * 3_600_000
const books = new WeakMap<Core, Book>()

/** The printed key is nobody's account. */
export const PRINTED_KEY = '\u0000printed key'

/** One attempt that counts as failed unless it says otherwise. */
export interface Attempt {
  /** The count before this one. */
  readonly before: Attempts | undefined
  readonly lookup: string
  /** It was right: the account begins at nothing again. */
  succeed(): void
  /** It was right as far as it went: it does not count, and what failed before still does. */
  pardon(): void
}

/** Refuses with SIGN_IN_WAIT or SIGN_IN_STOPPED; unknown names are counted like known ones. */
export function beginAttempt(core: Core, who: string): Attempt {
  const lookup = lookupOf(core, who)
  const book = bookOf(core)
  const now = core.platform.nowMs()
  refuseUnless(deviceStanding(book.device, now))
  const before = worse(book.accounts[lookup], mirrorOf(core, lookup))
  refuseUnless(standingOf(before, now))
  put(core, lookup, counted(before && forClock(before, now), now))
  const stamp = now
  book.device = [...recent(book.device, now), stamp]
  write(core)
  const release = (next: Attempts | undefined): void => {
    const at = book.device.indexOf(stamp)
    if (at >= 0) book.device.splice(at, 1)
    put(core, lookup, next)
    write(core)
  }
  return {
    before, lookup,
    succeed: () => release(undefined),
    pardon: () => release(book.accounts[lookup] && pardoned(book.accounts[lookup])),
  }
}

/** For guesses that have a count of their own (a PIN): the machine's limit alone. The answer takes the guess back. */
export function beginDeviceAttempt(core: Core): () => void {
  const book = bookOf(core)
  const now = core.platform.nowMs()
  refuseUnless(deviceStanding(book.device, now))
  book.device = [...recent(book.device, now), now]
  write(core)
  return () => {
    const at = book.device.indexOf(now)
    if (at >= 0) book.device.splice(at, 1)
    write(core)
  }
}

/** The records have just been opened by this attempt: what was known inside counts, also when the file had been deleted. */
export function meetMirror(core: Core, attempt: Attempt): void {
  const inside = attemptsOf(core.vault.reader, attempt.lookup)
  if (!inside || worse(inside, attempt.before) !== inside) return
  const now = core.platform.nowMs()
  const standing = standingOf(inside, now)
  if (standing.kind === 'free') return
  bookOf(core).accounts[attempt.lookup] = inside
  write(core)
  core.vault.close()
  refuseUnless(standing)
}

/** An administrator's reset, or the printed key. */
export function forgiveAttempts(core: Core, who: string): void {
  put(core, lookupOf(core, who), undefined)
  write(core)
}

function refuseUnless(standing: Standing): void {
  if (standing.kind === 'wait') throw refuse('SIGN_IN_WAIT', { seconds: standing.seconds })
  if (standing.kind === 'stopped') throw refuse('SIGN_IN_STOPPED')
}

function put(core: Core, lookup: string, next: Attempts | undefined): void {
  const { accounts } = bookOf(core)
  if (next) accounts[lookup] = next
  else delete accounts[lookup]
  if (core.vault.state !== 'open') return
  saveAttempts(core.vault.writer, lookup, next)
  dropOldAttempts(core.vault.writer, core.platform.nowMs() - FORGET_MS)
}

const mirrorOf = (core: Core, lookup: string): Attempts | undefined => (core.vault.state === 'open' ? attemptsOf(core.vault.reader, lookup) : undefined)

function lookupOf(core: Core, who: string): string {
  const salt = Buffer.from(readKeyring(core.vault.folder).lookupSalt, 'base64')
  return createHmac('sha256', salt).update(`attempts:${who.trim().toLowerCase()}`).digest('base64')
}

const fileOf = (core: Core): string => path.join(core.vault.folder, 'attempts.json')

function bookOf(core: Core): Book {
  let book = books.get(core)
  if (!book) books.set(core, (book = readBook(fileOf(core))))
  return book
}

/** A torn or missing file is empty; the mirror knows better once the records are open. */
function readBook(file: string): Book {
  return Book.safeParse(readJson(file)).data ?? { v: 1, accounts: {}, device: [] }
}

function write(core: Core): void {
  const book = bookOf(core)
  shrink(book)
  writeWhole(fileOf(core), JSON.stringify(book))
}

/** Made-up names must not fill the disk; counts that make somebody wait are the last to go. */
function shrink(book: Book): void {
  const entries = Object.entries(book.accounts)
  if (entries.length <= ACCOUNTS_KEPT) return
  const weight = ({ fails, lastAtMs }: Attempts): number => (fails >= limits.sign_in_fails_free ? 1e15 : 0) + lastAtMs
  book.accounts = Object.fromEntries(entries.toSorted(([, a], [, b]) => weight(b) - weight(a)).slice(0, ACCOUNTS_KEPT))
}
