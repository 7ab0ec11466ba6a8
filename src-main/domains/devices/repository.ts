import { asc, desc, eq, inArray, sql, type Placeholder } from 'drizzle-orm'
import { sessions, staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { devices } from '#drizzle/schema/devices.ts'
import { deviceProfiles } from '#shared/domains/devices/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)

const sessionColumns = {
  id: sessions.id, userId: sessions.userId, door: sessions.door, startedAt: sessions.startedAt, endedAt: sessions.endedAt,
  userName: userAccounts.userName, givenName: staffMembers.givenName, familyName: staffMembers.familyName,
}

const reads = prepared((db: ReadDb) => {
  const list = () => db.select(sessionColumns).from(sessions).innerJoin(userAccounts, eq(userAccounts.id, sessions.userId)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
  return {
    devices: db.select().from(devices).orderBy(asc(devices.firstSeenAt)).prepare(),
    device: db.select().from(devices).where(eq(devices.id, value('id'))).prepare(),
    latest: list().orderBy(desc(sessions.startedAt)).limit(value('limit')).prepare(),
    latestOf: list().where(eq(sessions.userId, value('userId'))).orderBy(desc(sessions.startedAt)).limit(value('limit')).prepare(),
  }
})

type Row = typeof devices.$inferSelect
const typed = (row: Row) => ({ ...row, profile: deviceProfiles.find((one) => one === row.profile) ?? deviceProfiles[0] })

export const listDevices = (db: ReadDb) => reads(db).devices.all().map(typed)
export const deviceById = (db: ReadDb, id: Id) => {
  const row = reads(db).device.get({ id })
  return row && typed(row)
}
export const renameDevice = (db: WriteDb, id: Id, name: string): void => void db.update(devices).set({ name }).where(eq(devices.id, id)).run()

export const latestSessions = (db: ReadDb, userId: Id | null, limit: number) =>
  userId === null ? reads(db).latest.all({ limit }) : reads(db).latestOf.all({ userId, limit })

/** Live ones may have begun before everything on the page. */
export const sessionsById = (db: ReadDb, ids: readonly Id[]) =>
  ids.length === 0 ? [] : db.select(sessionColumns).from(sessions).innerJoin(userAccounts, eq(userAccounts.id, sessions.userId)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId)).where(inArray(sessions.id, [...ids])).all()
