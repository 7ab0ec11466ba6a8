import { and, asc, eq, sql, type Placeholder } from 'drizzle-orm'
import { clinic, rooms, series, sessions, staffMembers, userAccounts, userRoles } from '#drizzle/schema/clinic.ts'
import { inHomeOrder, RoleSchema, type Role } from '#shared/access/roles.ts'
import type { Account } from '#shared/domains/clinic/contract.ts'
import { Clinic, RoomKind, type Room, type StaffMember } from '#shared/domains/clinic/model.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)

const accountColumns = {
  staff: staffMembers, userId: userAccounts.id, userName: userAccounts.userName, disabledAt: userAccounts.disabledAt, isPrivacyOfficer: userAccounts.isPrivacyOfficer,
  roles: sql<string>`(select group_concat(${userRoles.role}) from ${userRoles} where ${userRoles.userId} = ${userAccounts.id})`,
  lastSignInAt: sql<string | null>`(select max(${sessions.startedAt}) from ${sessions} where ${sessions.userId} = ${userAccounts.id})`,
}

const reads = prepared((db: ReadDb) => {
  const accounts = () => db.select(accountColumns).from(userAccounts).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
  return {
    clinic: db.select().from(clinic).limit(1).prepare(),
    staff: db.select().from(staffMembers).orderBy(asc(staffMembers.sortOrder), asc(staffMembers.familyName)).prepare(),
    staffById: db.select().from(staffMembers).where(eq(staffMembers.id, value('id'))).prepare(),
    rooms: db.select().from(rooms).orderBy(asc(rooms.sortOrder)).prepare(),
    accounts: accounts().orderBy(asc(staffMembers.sortOrder), asc(staffMembers.familyName)).prepare(),
    accountById: accounts().where(eq(userAccounts.id, value('id'))).prepare(),
    accountByUserName: accounts().where(eq(userAccounts.userName, value('userName'))).prepare(),
  }
})

const writes = prepared((db: WriteDb) => ({
  takeNumber: db.update(series).set({ next: sql`${series.next} + 1` }).where(eq(series.name, value('name'))).returning({ taken: sql<number>`${series.next} - 1` }).prepare(),
}))

export function currentClinic(db: ReadDb): Clinic {
  const row = reads(db).clinic.get()
  assert(row, 'set-up has written the clinic')
  return Clinic.parse(row)
}

export const updateClinic = (db: WriteDb, { id, ...rest }: Omit<Clinic, 'isDemo' | 'currency'>): void => void db.update(clinic).set(rest).where(eq(clinic.id, id)).run()

export const listStaff = (db: ReadDb): StaffMember[] => reads(db).staff.all().map(toStaff)
export const staffById = (db: ReadDb, id: Id): StaffMember | undefined => {
  const row = reads(db).staffById.get({ id })
  return row && toStaff(row)
}
export const updateStaff = (db: WriteDb, { id, ...rest }: Omit<StaffMember, 'isActive'>): void => void db.update(staffMembers).set(rest).where(eq(staffMembers.id, id)).run()
export const nextStaffOrder = (db: ReadDb): number => Math.max(0, ...listStaff(db).map((one) => one.sortOrder)) + 1

export const listRooms = (db: ReadDb): Room[] => reads(db).rooms.all().map((row) => ({ ...row, kind: RoomKind.parse(row.kind) }))
export const saveRoom = (db: WriteDb, { id, ...rest }: Room): void => void db.insert(rooms).values({ id, ...rest }).onConflictDoUpdate({ target: rooms.id, set: rest }).run()

export const listAccounts = (db: ReadDb): Account[] => reads(db).accounts.all().map(toAccount)
export const accountById = (db: ReadDb, id: Id): Account | undefined => optional(reads(db).accountById.get({ id }))
export const accountByUserName = (db: ReadDb, userName: string): Account | undefined => optional(reads(db).accountByUserName.get({ userName }))

/** The column on the day goes with the account; what the person did stays under their name. */
export function setDisabled(db: WriteDb, account: Account, at: Instant): void {
  db.update(userAccounts).set({ disabledAt: at }).where(eq(userAccounts.id, account.userId)).run()
  db.update(staffMembers).set({ isActive: false }).where(eq(staffMembers.id, account.staff.id)).run()
}

export const noteReset = (db: WriteDb, userId: Id, resetBy: Id, resetAt: Instant): void => void db.update(userAccounts).set({ resetBy, resetAt }).where(eq(userAccounts.id, userId)).run()
export const lastReset = (db: ReadDb, userId: Id): { resetBy: Id | null; resetAt: Instant | null } | undefined =>
  db.select({ resetBy: userAccounts.resetBy, resetAt: userAccounts.resetAt }).from(userAccounts).where(eq(userAccounts.id, userId)).get()

export function setLogin(db: WriteDb, account: Account, loginHash: string): void {
  db.update(userAccounts).set({ loginHash, disabledAt: null }).where(eq(userAccounts.id, account.userId)).run()
  db.update(staffMembers).set({ isActive: true }).where(eq(staffMembers.id, account.staff.id)).run()
}

/** Row by row, what is new first: a trigger watches over the last administrator. */
export function setRoles(db: WriteDb, { userId, roles }: Pick<Account, 'userId' | 'roles'>, wanted: readonly Role[]): void {
  for (const role of wanted.filter((one) => !roles.includes(one))) db.insert(userRoles).values({ userId, role }).run()
  for (const role of roles.filter((one) => !wanted.includes(one))) db.delete(userRoles).where(and(eq(userRoles.userId, userId), eq(userRoles.role, role))).run()
}

export const setPrivacyOfficer = (db: WriteDb, userId: Id, isPrivacyOfficer: boolean): void => void db.update(userAccounts).set({ isPrivacyOfficer }).where(eq(userAccounts.id, userId)).run()

/** The number series a clinic counts in. */
export const SeriesName = { mrn: 'mrn', invoice: 'invoice', receipt: 'receipt' } as const

/** The next number of a series, taken inside the caller's transaction: gap-free, because it rolls back with it. */
export function takeNumber(db: WriteDb, name: keyof typeof SeriesName): number {
  const row = writes(db).takeNumber.get({ name })
  assert(row, 'the series exists')
  return row.taken
}

/** What stands before an invoice's number: the clinic's own prefix, and the letter of the series where it has one. */
export function invoicePrefix(db: ReadDb): string {
  return [currentClinic(db).invoicePrefix, seriesLetter(db, 'invoice')].filter(Boolean).join('-')
}

/** The letter that tells the numbers of this host from those of one that is gone. */
export const seriesLetter = (db: ReadDb, name: keyof typeof SeriesName): string => db.select({ letter: series.letter }).from(series).where(eq(series.name, name)).get()?.letter ?? ''

/** The series so far is closed, with the number it would have given next; another one begins under a letter of its own. */
export function beginSeries(db: WriteDb, name: keyof typeof SeriesName, letter: string, firstOf: (next: number) => number): void {
  const before = db.select().from(series).where(eq(series.name, name)).get()
  assert(before, 'the series exists')
  db.insert(series).values({ ...before, name: `${name}:${before.letter}` }).run()
  db.update(series).set({ next: firstOf(before.next), letter }).where(eq(series.name, name)).run()
}

export function insertSeries(db: WriteDb, name: keyof typeof SeriesName, next: number): void {
  db.insert(series).values({ name, next }).run()
}
/** Only while a new database is filled: afterwards numbers are taken, never set. */
export function setSeries(db: WriteDb, name: keyof typeof SeriesName, next: number): void {
  db.update(series).set({ next }).where(eq(series.name, name)).run()
}
/** R10: a new clinic asks everyone for a second factor; a demo lets people look around first. */
export function insertClinic(db: WriteDb, row: Clinic, createdAt: string): void {
  db.insert(clinic).values({ ...row, createdAt, secondFactor: row.isDemo ? 'optional' : 'required' }).run()
}
export function insertRoom(db: WriteDb, row: Room): void {
  db.insert(rooms).values(row).run()
}
export function insertStaffMember(db: WriteDb, row: StaffMember, createdAt: string): void {
  db.insert(staffMembers).values({ ...row, createdAt }).run()
}
export function insertUserAccount(db: WriteDb, row: { id: Id; staffId: Id; userName: string; loginHash: string; roles: readonly Role[]; createdAt: string }): void {
  db.insert(userAccounts).values({ id: row.id, staffId: row.staffId, userName: row.userName, loginHash: row.loginHash, createdAt: row.createdAt }).run()
  for (const role of row.roles) db.insert(userRoles).values({ userId: row.id, role }).run()
}

interface AccountRow { staff: typeof staffMembers.$inferSelect; userId: string; userName: string; disabledAt: string | null; isPrivacyOfficer: boolean; roles: string | null; lastSignInAt: string | null }
const optional = (row: AccountRow | undefined): Account | undefined => row && toAccount(row)

function toAccount({ staff, roles, ...rest }: AccountRow): Account {
  return { ...rest, staff: toStaff(staff), roles: inHomeOrder(RoleSchema.array().parse((roles ?? '').split(',').filter(Boolean))) }
}

function toStaff({ createdAt: _at, ...row }: typeof staffMembers.$inferSelect): StaffMember {
  return row
}
