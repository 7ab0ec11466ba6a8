import { and, asc, desc, eq, gt, gte, lt, sql, type Placeholder } from 'drizzle-orm'
import { rooms } from '#drizzle/schema/clinic.ts'
import { equipment, equipmentBookings, resourceOutages, roomTurnovers } from '#drizzle/schema/rooms.ts'
import type { Equipment, EquipmentBooking, Outage, Turnover } from '#shared/domains/rooms/model.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)

/** Exported so that a test asks the plan of each. Equipment is a few dozen rows and read whole. */
export const reads = prepared((db: ReadDb) => ({
  equipment: db.select().from(equipment).orderBy(asc(equipment.sortOrder)).prepare(),
  equipmentById: db.select({ id: equipment.id }).from(equipment).where(eq(equipment.id, value('id'))).prepare(),
  roomById: db.select({ id: rooms.id }).from(rooms).where(eq(rooms.id, value('id'))).prepare(),
  outages: db.select().from(resourceOutages).where(gt(resourceOutages.endsAt, value('from'))).orderBy(asc(resourceOutages.endsAt)).prepare(),
  outageById: db.select().from(resourceOutages).where(eq(resourceOutages.id, value('id'))).prepare(),
  bookings: db.select().from(equipmentBookings).where(and(gte(equipmentBookings.holdsFrom, value('from')), lt(equipmentBookings.holdsFrom, value('to')))).orderBy(asc(equipmentBookings.holdsFrom)).prepare(),
  turnover: db.select({ id: roomTurnovers.id, roomId: roomTurnovers.roomId, state: roomTurnovers.state, markedAt: roomTurnovers.markedAt }).from(roomTurnovers)
    .where(and(eq(roomTurnovers.roomId, value('roomId')), gte(roomTurnovers.markedAt, value('from')))).orderBy(desc(roomTurnovers.markedAt)).limit(1).prepare(),
}))

export const listEquipment = (db: ReadDb): Equipment[] => reads(db).equipment.all()
export const equipmentExists = (db: ReadDb, id: string): boolean => reads(db).equipmentById.get({ id }) !== undefined
export const roomExists = (db: ReadDb, id: string): boolean => reads(db).roomById.get({ id }) !== undefined
export const outagesFrom = (db: ReadDb, from: Instant): Outage[] => reads(db).outages.all({ from })
export const outageById = (db: ReadDb, id: string): Outage | undefined => reads(db).outageById.get({ id })
export const bookingsBetween = (db: ReadDb, from: Instant, to: Instant): EquipmentBooking[] => reads(db).bookings.all({ from, to })
export const lastTurnover = (db: ReadDb, roomId: string, from: Instant): Turnover | undefined => reads(db).turnover.get({ roomId, from })

export const saveEquipment = (db: WriteDb, { id, ...rest }: Equipment): void =>
  void db.insert(equipment).values({ id, ...rest }).onConflictDoUpdate({ target: equipment.id, set: rest }).run()
export const saveOutage = (db: WriteDb, { id, ...rest }: Outage): void =>
  void db.insert(resourceOutages).values({ id, ...rest }).onConflictDoUpdate({ target: resourceOutages.id, set: rest }).run()
export const deleteOutage = (db: WriteDb, id: string): void => void db.delete(resourceOutages).where(eq(resourceOutages.id, id)).run()
export const insertTurnover = (db: WriteDb, row: Turnover & { markedBy: string }): void => void db.insert(roomTurnovers).values(row).onConflictDoNothing().run()
