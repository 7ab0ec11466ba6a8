import { and, asc, desc, eq, gt, gte, lt, notInArray, or, sql, type Placeholder } from 'drizzle-orm'
import { rooms, staffMembers } from '#drizzle/schema/clinic.ts'
import { encounters } from '#drizzle/schema/encounters.ts'
import { patients } from '#drizzle/schema/patients.ts'
import { appointmentChanges, appointments, appointmentTypes, availabilityRules, scheduleBlocks } from '#drizzle/schema/scheduling.ts'
import {
  statusesWithoutSlot, type Appointment, type AppointmentType, type AvailabilityRule, type DayAppointment, type ScheduleBlock,
} from '#shared/domains/scheduling/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addMinutes, type Instant } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)

const dayColumns = {
  appointment: appointments,
  patient: { id: patients.id, mrn: patients.mrn, familyName: patients.familyName, givenName: patients.givenName, sex: patients.sex, birthDate: patients.birthDate, phone: patients.phone },
  typeName: appointmentTypes.name,
  roomName: rooms.name,
  encounterId: encounters.id,
}

const reads = prepared((db: ReadDb) => {
  const withNames = () => db.select(dayColumns).from(appointments)
    .innerJoin(patients, eq(patients.id, appointments.patientId))
    .leftJoin(appointmentTypes, eq(appointmentTypes.id, appointments.typeId))
    .leftJoin(rooms, eq(rooms.id, appointments.roomId))
    .leftJoin(encounters, eq(encounters.appointmentId, appointments.id))
  const inSpan = and(gte(appointments.startsAt, value('from')), lt(appointments.startsAt, value('to')))
  return {
    byId: db.select().from(appointments).where(eq(appointments.id, value('id'))).prepare(),
    inSpan: withNames().where(inSpan).orderBy(asc(appointments.startsAt)).limit(limits.day_appointments_rows).prepare(),
    forPatient: withNames().where(eq(appointments.patientId, value('patientId'))).orderBy(desc(appointments.startsAt)).limit(limits.page_rows).prepare(),
    /** Live appointments that end after `from` and begin before `to`; none is longer than `appointment_minutes_max`. */
    takenFor: db.select().from(appointments).where(and(
      or(eq(appointments.providerId, value('providerId')), eq(appointments.roomId, value('roomId'))),
      gt(appointments.startsAt, value('earliest')), lt(appointments.startsAt, value('to')), gt(appointments.endsAt, value('from')),
      notInArray(appointments.status, [...statusesWithoutSlot]),
    )).prepare(),
    liveForProvider: db.select().from(appointments).where(and(
      eq(appointments.providerId, value('providerId')), gte(appointments.startsAt, value('from')), lt(appointments.startsAt, value('to')),
      notInArray(appointments.status, [...statusesWithoutSlot]),
    )).prepare(),
    types: db.select().from(appointmentTypes).where(eq(appointmentTypes.isActive, true)).orderBy(asc(appointmentTypes.sortOrder)).prepare(),
    providers: db.select().from(staffMembers).where(and(eq(staffMembers.isProvider, true), eq(staffMembers.isActive, true))).orderBy(asc(staffMembers.sortOrder)).prepare(),
    hours: db.select().from(availabilityRules).prepare(),
    blocks: db.select().from(scheduleBlocks).where(and(lt(scheduleBlocks.startsAt, value('to')), gt(scheduleBlocks.endsAt, value('from')))).prepare(),
    changes: db.select().from(appointmentChanges).where(eq(appointmentChanges.appointmentId, value('id'))).orderBy(desc(appointmentChanges.version)).limit(2).prepare(),
  }
})

export const appointmentById = (db: ReadDb, id: string): Appointment | undefined => toAppointment(reads(db).byId.get({ id }))

export const appointmentsBetween = (db: ReadDb, from: Instant, to: Instant): DayAppointment[] => reads(db).inSpan.all({ from, to }).map(toDayAppointment)

export const appointmentsOfPatient = (db: ReadDb, patientId: string): DayAppointment[] => reads(db).forPatient.all({ patientId }).map(toDayAppointment)

/** Candidates for a conflict with a wanted time; the rule `findConflicts` decides. */
export function appointmentsTaking(db: ReadDb, wanted: Pick<Appointment, 'providerId' | 'roomId' | 'startsAt' | 'endsAt'>): Appointment[] {
  const earliest = addMinutes(wanted.startsAt, -limits.appointment_minutes_max)
  return reads(db).takenFor.all({ providerId: wanted.providerId, roomId: wanted.roomId ?? '', earliest, from: wanted.startsAt, to: wanted.endsAt }).map((row) => toAppointment(row))
}

export const liveAppointmentsOfProvider = (db: ReadDb, providerId: string, from: Instant, to: Instant): Appointment[] =>
  reads(db).liveForProvider.all({ providerId, from, to }).map((row) => toAppointment(row))

export const listTypes = (db: ReadDb): AppointmentType[] => reads(db).types.all()
export const listProviders = (db: ReadDb) => reads(db).providers.all()
export const listHours = (db: ReadDb): AvailabilityRule[] => reads(db).hours.all()
export const blocksBetween = (db: ReadDb, from: Instant, to: Instant): ScheduleBlock[] => reads(db).blocks.all({ from, to })
/** The newest change and the one before it. */
export const lastTwoChanges = (db: ReadDb, id: string) => reads(db).changes.all({ id })

export function patientExists(db: ReadDb, patientId: string): boolean {
  return db.select({ one: sql`1` }).from(patients).where(eq(patients.id, patientId)).get() !== undefined
}

interface Stamp { at: Instant; by: string; changeId: string }

export function insertAppointment(db: WriteDb, row: Appointment, stamp: Stamp): void {
  db.insert(appointments).values({ ...row, bookedAt: stamp.at, bookedBy: stamp.by }).run()
  insertChange(db, row, stamp)
}

export function updateAppointment(db: WriteDb, row: Appointment, stamp: Stamp): void {
  const { id, ...rest } = row
  db.update(appointments).set(rest).where(eq(appointments.id, id)).run()
  insertChange(db, row, stamp)
}

function insertChange(db: WriteDb, row: Appointment, { at, by, changeId }: Stamp): void {
  db.insert(appointmentChanges).values({
    id: changeId, appointmentId: row.id, version: row.version, changedAt: at, changedBy: by,
    status: row.status, startsAt: row.startsAt, endsAt: row.endsAt, providerId: row.providerId, roomId: row.roomId,
  }).run()
}

type Row = typeof appointments.$inferSelect
type DayRow = { appointment: Row; patient: { id: string; mrn: number; familyName: string; givenName: string; sex: string; birthDate: string; phone: string | null }; typeName: string | null; roomName: string | null; encounterId: string | null }

function toAppointment(row: Row): Appointment
function toAppointment(row: Row | undefined): Appointment | undefined
function toAppointment(row: Row | undefined): Appointment | undefined {
  if (!row) return undefined
  const { bookedAt: _at, bookedBy: _by, ...rest } = row
  return rest as Appointment // The CHECKs of the table hold the same constants as the model.
}

function toDayAppointment(row: DayRow): DayAppointment {
  return { ...toAppointment(row.appointment), patient: row.patient as DayAppointment['patient'], // The CHECK on sex holds the model's constants.
    typeName: row.typeName, roomName: row.roomName, encounterId: row.encounterId }
}
