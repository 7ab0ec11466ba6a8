import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { sessions, staffMembers, userAccounts, userRoles } from '#drizzle/schema/clinic.ts'
import { inHomeOrder, RoleSchema } from '#shared/access/roles.ts'
import type { Person } from '#shared/domains/session/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const person = {
  userId: userAccounts.id, userName: userAccounts.userName, staffId: staffMembers.id, loginHash: userAccounts.loginHash,
  familyName: staffMembers.familyName, givenName: staffMembers.givenName, title: staffMembers.title, credentials: staffMembers.credentials, isPrivacyOfficer: userAccounts.isPrivacyOfficer,
  roles: sql<string>`(select group_concat(${userRoles.role}) from ${userRoles} where ${userRoles.userId} = ${userAccounts.id})`,
}

const reads = prepared((db: ReadDb) => {
  const people = () => db.select(person).from(userAccounts).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
  return {
    byUserName: people().where(and(eq(userAccounts.userName, sql.placeholder('userName')), isNull(userAccounts.disabledAt))).prepare(),
    byUserId: people().where(and(eq(userAccounts.id, sql.placeholder('userId')), isNull(userAccounts.disabledAt))).prepare(),
    all: people().where(isNull(userAccounts.disabledAt)).orderBy(asc(staffMembers.sortOrder), asc(staffMembers.familyName)).prepare(),
    session: db.select().from(sessions).where(and(eq(sessions.tokenHash, sql.placeholder('tokenHash')), isNull(sessions.endedAt))).prepare(),
    openOf: db.select().from(sessions).where(and(eq(sessions.userId, sql.placeholder('userId')), isNull(sessions.endedAt))).orderBy(asc(sessions.startedAt)).prepare(),
  }
})

const set = (name: string) => sql`${sql.placeholder(name)}`
const writes = prepared((db: WriteDb) => ({
  setLocked: db.update(sessions).set({ lockedAt: set('at') }).where(eq(sessions.id, sql.placeholder('id'))).prepare(),
  setSeen: db.update(sessions).set({ lastSeenAt: set('at') }).where(eq(sessions.id, sql.placeholder('id'))).prepare(),
  loginHash: db.update(userAccounts).set({ loginHash: set('loginHash') }).where(eq(userAccounts.id, sql.placeholder('userId'))).prepare(),
  end: db.update(sessions).set({ endedAt: set('at') }).where(eq(sessions.id, sql.placeholder('id'))).prepare(),
}))

export interface Account extends Person {
  loginHash: string
}
export type SessionRow = typeof sessions.$inferSelect

export const accountByUserName = (db: ReadDb, userName: string): Account | undefined => toAccount(reads(db).byUserName.get({ userName: userName.trim().toLowerCase() }))
export const accountByUserId = (db: ReadDb, userId: Id): Account | undefined => toAccount(reads(db).byUserId.get({ userId }))
export const listPeople = (db: ReadDb): Person[] => reads(db).all.all().map((row) => withoutHash(toAccount(row)))
export const openSession = (db: ReadDb, tokenHash: string): SessionRow | undefined => reads(db).session.get({ tokenHash })
export const openSessionsOf = (db: ReadDb, userId: Id): SessionRow[] => reads(db).openOf.all({ userId })

export const insertSession = (db: WriteDb, row: typeof sessions.$inferInsert) => void db.insert(sessions).values(row).run()
export const updateSession = (db: WriteDb, id: Id, row: Partial<typeof sessions.$inferInsert>) => void db.update(sessions).set(row).where(eq(sessions.id, id)).run()
export const setSessionLocked = (db: WriteDb, id: Id, at: Instant | null) => void writes(db).setLocked.run({ id, at })
export const setSessionSeen = (db: WriteDb, id: Id, at: Instant) => void writes(db).setSeen.run({ id, at })
export const endSession = (db: WriteDb, id: Id, at: Instant) => void writes(db).end.run({ id, at })

export const setLoginHash = (db: WriteDb, userId: Id, loginHash: string) => void writes(db).loginHash.run({ userId, loginHash })

export function withoutHash(account: Account): Person {
  const { loginHash: _hidden, ...rest } = account
  return rest
}

function toAccount(row: Omit<Account, 'roles'> & { roles: string }): Account
function toAccount(row: (Omit<Account, 'roles'> & { roles: string }) | undefined): Account | undefined
function toAccount(row: (Omit<Account, 'roles'> & { roles: string }) | undefined): Account | undefined {
  return row && { ...row, roles: inHomeOrder(RoleSchema.array().parse((row.roles ?? '').split(',').filter(Boolean))) }
}
