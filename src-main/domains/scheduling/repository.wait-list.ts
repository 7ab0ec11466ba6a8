import { and, asc, desc, eq, getTableColumns, inArray, isNull } from 'drizzle-orm'
import { patients } from '#drizzle/schema/patients.ts'
import { appointments, appointmentTypes, waitListEntries } from '#drizzle/schema/scheduling.ts'
import type { PatientSummary } from '#shared/domains/patients/model.ts'
import { AppointmentStatus } from '#shared/domains/scheduling/model.ts'
import type { WaitListEntry, WaitListRow } from '#shared/domains/scheduling/model.wait-list.ts'
import { limits } from '#shared/kernel/limits.ts'
import { mayKnow } from '#main/core/access/predicates.ts'
import type { Scope } from '#main/core/access/scope.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'
import { value } from './repository.ts'

/** Exported so that a test asks the plan of each. */
export const waitListReads = prepared((db: ReadDb) => ({
  /** Urgent first, then those who have waited longest; what they have counts while it still stands. */
  waiting: db.select({
    entry: getTableColumns(waitListEntries), typeName: appointmentTypes.name, hasStartsAt: appointments.startsAt, hasEndsAt: appointments.endsAt,
    patient: { id: patients.id, mrn: patients.mrn, familyName: patients.familyName, givenName: patients.givenName, sex: patients.sex, birthDate: patients.birthDate, phone: patients.phone },
  }).from(waitListEntries)
    .innerJoin(patients, eq(patients.id, waitListEntries.patientId))
    .leftJoin(appointmentTypes, eq(appointmentTypes.id, waitListEntries.typeId))
    .leftJoin(appointments, and(eq(appointments.id, waitListEntries.appointmentId), inArray(appointments.status, [AppointmentStatus.booked, AppointmentStatus.proposed])))
    .where(and(eq(waitListEntries.status, 'waiting'), isNull(patients.deceasedOn), mayKnow(waitListEntries.patientId)))
    .orderBy(desc(waitListEntries.isUrgent), asc(waitListEntries.createdAt)).limit(limits.page_rows).prepare(),
  byId: db.select().from(waitListEntries).where(and(eq(waitListEntries.id, value('id')), mayKnow(waitListEntries.patientId))).prepare(),
  exists: db.select({ id: waitListEntries.id }).from(waitListEntries).where(eq(waitListEntries.id, value('id'))).prepare(),
}))

export const waitingEntries = (db: ReadDb, { values }: Scope): WaitListRow[] =>
  waitListReads(db).waiting.all({ ...values }).map(({ entry, patient, ...names }) => ({ ...toEntry(entry), ...names, patient: patient as PatientSummary })) // The CHECK on sex holds the model's constants.

export function entryById(db: ReadDb, { values }: Scope, id: string): WaitListEntry | undefined {
  const row = waitListReads(db).byId.get({ ...values, id })
  return row && toEntry(row)
}
export const entryExists = (db: ReadDb, id: string): boolean => waitListReads(db).exists.get({ id }) !== undefined

export const insertEntry = (db: WriteDb, row: WaitListEntry, by: string): void => void db.insert(waitListEntries).values({ ...row, createdBy: by }).run()

export const updateEntry = (db: WriteDb, { id, ...row }: WaitListEntry, filledVersion: number | null): void =>
  void db.update(waitListEntries).set({ ...row, filledVersion }).where(eq(waitListEntries.id, id)).run()

/** The step that gave them the time is taken back. */
export function letWaitAgain(db: WriteDb, appointment: { id: string; version: number }): void {
  const filledByIt = and(eq(waitListEntries.filledId, appointment.id), eq(waitListEntries.filledVersion, appointment.version))
  db.update(waitListEntries).set({ status: 'waiting', filledId: null, filledVersion: null }).where(filledByIt).run()
}

type Row = typeof waitListEntries.$inferSelect
const toEntry = ({ filledVersion: _version, createdBy: _by, ...row }: Row): WaitListEntry => row as WaitListEntry // The CHECKs of the table hold the same constants as the model.
