import { asc, eq, sql } from 'drizzle-orm'
import { clinic, rooms, series, staffMembers, userAccounts, userRoles } from '#drizzle/schema/clinic.ts'
import type { Role } from '#shared/access/roles.ts'
import { Clinic, type Room, type StaffMember } from '#shared/domains/clinic/model.ts'
import { RoomKind } from '#shared/domains/clinic/model.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const reads = prepared((db: ReadDb) => ({
  clinic: db.select().from(clinic).limit(1).prepare(),
  staff: db.select().from(staffMembers).orderBy(asc(staffMembers.sortOrder), asc(staffMembers.familyName)).prepare(),
  rooms: db.select().from(rooms).where(eq(rooms.isActive, true)).orderBy(asc(rooms.sortOrder)).prepare(),
}))

const writes = prepared((db: WriteDb) => ({
  takeNumber: db.update(series).set({ next: sql`${series.next} + 1` }).where(eq(series.name, sql.placeholder('name'))).returning({ taken: sql<number>`${series.next} - 1` }).prepare(),
}))

export function currentClinic(db: ReadDb): Clinic {
  const row = reads(db).clinic.get()
  assert(row, 'set-up has written the clinic')
  return Clinic.parse(row)
}

export const listStaff = (db: ReadDb): StaffMember[] => reads(db).staff.all().map(({ createdAt: _at, ...row }) => row)
export const listRooms = (db: ReadDb): Room[] => reads(db).rooms.all().map((row) => ({ ...row, kind: RoomKind.parse(row.kind) }))

/** The number series a clinic counts in. */
export const SeriesName = { mrn: 'mrn', invoice: 'invoice', receipt: 'receipt' } as const

/** The next number of a series, taken inside the caller's transaction: gap-free, because it rolls back with it. */
export function takeNumber(db: WriteDb, name: keyof typeof SeriesName): number {
  const row = writes(db).takeNumber.get({ name })
  assert(row, 'the series exists')
  return row.taken
}

export function insertSeries(db: WriteDb, name: keyof typeof SeriesName, next: number): void {
  db.insert(series).values({ name, next }).run()
}
export function insertClinic(db: WriteDb, row: Clinic, createdAt: string): void {
  db.insert(clinic).values({ ...row, createdAt }).run()
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
