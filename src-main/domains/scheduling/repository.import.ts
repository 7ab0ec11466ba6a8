import Sqlite from 'better-sqlite3'
import { inArray } from 'drizzle-orm'
import { appointmentChanges, appointments } from '#drizzle/schema/scheduling.ts'
import type { Appointment } from '#shared/domains/scheduling/model.ts'
import type { WriteDb } from '#main/core/db/types.ts'
import { insertAppointment } from './repository.ts'

/** The trigger that keeps two out of one slot decides; what it refuses leaves nothing. */
export function insertWhereFree(db: WriteDb, row: Appointment, stamp: Parameters<typeof insertAppointment>[2]): boolean {
  try {
    db.$client.transaction(() => insertAppointment(db, row, stamp))()
    return true
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.message === 'SLOT_TAKEN') return false
    throw error
  }
}

/** With their history; refused by the database unless the import that has made them is being taken back. */
export function takeBackAppointments(db: WriteDb, ids: readonly string[]): void {
  db.delete(appointmentChanges).where(inArray(appointmentChanges.appointmentId, [...ids])).run()
  db.delete(appointments).where(inArray(appointments.id, [...ids])).run()
}
