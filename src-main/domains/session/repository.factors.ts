import { and, count, eq, isNull, sql } from 'drizzle-orm'
import { clinic, userAccounts } from '#drizzle/schema/clinic.ts'
import { oneTimeCodes, secondFactors, seenClock, signInAttempts, userPins } from '#drizzle/schema/session.ts'
import { SecondFactorPolicy } from '#shared/domains/session/model.ts'
import type { Attempts } from '#shared/domains/session/rules.throttle.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

// What a person proves themselves with beside the password, and what was tried in vain.

export const pinOf = (db: ReadDb, userId: Id) => db.select().from(userPins).where(eq(userPins.userId, userId)).get()
export const pins = (db: ReadDb) => db.select({ userId: userPins.userId, fails: userPins.fails }).from(userPins).all()
export const savePin = (db: WriteDb, row: typeof userPins.$inferInsert): void => void db.insert(userPins).values(row).onConflictDoUpdate({ target: userPins.userId, set: row }).run()
export const deletePin = (db: WriteDb, userId: Id): void => void db.delete(userPins).where(eq(userPins.userId, userId)).run()
export const setPinFails = (db: WriteDb, userId: Id, fails: number): void => void db.update(userPins).set({ fails }).where(eq(userPins.userId, userId)).run()

export const factorOf = (db: ReadDb, userId: Id) => db.select().from(secondFactors).where(eq(secondFactors.userId, userId)).get()
export const saveFactor = (db: WriteDb, row: typeof secondFactors.$inferInsert): void => void db.insert(secondFactors).values(row).onConflictDoUpdate({ target: secondFactors.userId, set: row }).run()
export const deleteFactor = (db: WriteDb, userId: Id): void => void db.delete(secondFactors).where(eq(secondFactors.userId, userId)).run()

/** The trigger refuses a counter that is not later than the last one. */
export const setCounter = (db: WriteDb, userId: Id, lastCounter: number): void => void db.update(secondFactors).set({ lastCounter }).where(eq(secondFactors.userId, userId)).run()

export function replaceCodes(db: WriteDb, userId: Id, hashes: readonly string[]): void {
  db.delete(oneTimeCodes).where(eq(oneTimeCodes.userId, userId)).run()
  for (const codeHash of hashes) db.insert(oneTimeCodes).values({ userId, codeHash, usedAt: null }).run()
}
export const codesLeft = (db: ReadDb, userId: Id): number => db.select({ n: count() }).from(oneTimeCodes).where(and(eq(oneTimeCodes.userId, userId), isNull(oneTimeCodes.usedAt))).get()?.n ?? 0

/** True when this code was there and unused; it is used from now on. */
export const takeCode = (db: WriteDb, userId: Id, codeHash: string, at: Instant): boolean =>
  db.update(oneTimeCodes).set({ usedAt: at }).where(and(eq(oneTimeCodes.userId, userId), eq(oneTimeCodes.codeHash, codeHash), isNull(oneTimeCodes.usedAt))).run().changes === 1

export const secondFactorPolicy = (db: ReadDb): SecondFactorPolicy => SecondFactorPolicy.catch('required').parse(db.select({ policy: clinic.secondFactor }).from(clinic).limit(1).get()?.policy)
export const setSecondFactorPolicy = (db: WriteDb, policy: SecondFactorPolicy): void => void db.update(clinic).set({ secondFactor: policy }).run()
export function countEnrolled(db: ReadDb): { people: number; enrolled: number } {
  const row = db.select({ people: count(), enrolled: count(secondFactors.userId) }).from(userAccounts).leftJoin(secondFactors, eq(secondFactors.userId, userAccounts.id)).where(isNull(userAccounts.disabledAt)).get()
  return row ?? { people: 0, enrolled: 0 }
}

export function attemptsOf(db: ReadDb, lookup: string): Attempts | undefined {
  const row = db.select().from(signInAttempts).where(eq(signInAttempts.lookup, lookup)).get()
  return row && { fails: row.fails, lastAtMs: row.lastAtMs, untilMs: row.untilMs }
}
export function saveAttempts(db: WriteDb, lookup: string, attempts: Attempts | undefined): void {
  if (attempts) db.insert(signInAttempts).values({ lookup, ...attempts }).onConflictDoUpdate({ target: signInAttempts.lookup, set: attempts }).run()
  else db.delete(signInAttempts).where(eq(signInAttempts.lookup, lookup)).run()
}
export const dropOldAttempts = (db: WriteDb, beforeMs: number): void => void db.delete(signInAttempts).where(and(sql`${signInAttempts.lastAtMs} < ${beforeMs}`, sql`${signInAttempts.fails} < 5`)).run()

export const seenAt = (db: ReadDb): Instant | undefined => db.select().from(seenClock).get()?.seenAt
export const setSeenAt = (db: WriteDb, at: Instant): void => void db.insert(seenClock).values({ id: 1, seenAt: at }).onConflictDoUpdate({ target: seenClock.id, set: { seenAt: at } }).run()
