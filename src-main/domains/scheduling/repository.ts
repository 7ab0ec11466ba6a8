import { and, asc, desc, eq, getTableColumns, gt, gte, lt, ne, notInArray, or, sql, type Placeholder } from 'drizzle-orm'
import { rooms, staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { encounters } from '#drizzle/schema/encounters.ts'
import { patients } from '#drizzle/schema/patients.ts'
import { appointmentChanges, appointments, appointmentSeries, appointmentTypes } from '#drizzle/schema/scheduling.ts'
import { hiddenPatient, type PatientSummary } from '#shared/domains/patients/model.ts'
import {
  AppointmentStatus, statusesWithoutSlot, type Appointment, type AppointmentChange, type DayAppointment, type TypeColour,
} from '#shared/domains/scheduling/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addMinutes, type Instant } from '#shared/kernel/time.ts'
import { isGroupMate, type Booking, type Wanted } from '#shared/domains/scheduling/rules.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import { mayKnow, maySeeSlot } from '#main/core/access/predicates.ts'
import type { Scope } from '#main/core/access/scope.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

export const value = (name: string): Placeholder => sql.placeholder(name)

/** The patient's columns and the reason come from a join that the row rule is part of: of somebody restricted only the taken time leaves SQL. */
const dayColumns = {
  appointment: { ...getTableColumns(appointments), reason: sql<string | null>`iif(${patients.id} is null, null, ${appointments.reason})` },
  patient: { id: patients.id, mrn: patients.mrn, familyName: patients.familyName, givenName: patients.givenName, sex: patients.sex, birthDate: patients.birthDate, phone: patients.phone },
  typeName: sql<string | null>`iif(${patients.id} is null, null, ${appointmentTypes.name})`,
  typeColour: sql<TypeColour | null>`iif(${patients.id} is null, null, ${appointmentTypes.colour})`,
  roomName: rooms.name,
  encounterId: sql<string | null>`iif(${patients.id} is null, null, ${encounters.id})`,
  seriesVisits: sql<number | null>`iif(${patients.id} is null, null, ${appointmentSeries.visits})`,
}
/** What takes a time, without whom it is for. */
const bookingColumns = {
  id: appointments.id, providerId: appointments.providerId, roomId: appointments.roomId, startsAt: appointments.startsAt, endsAt: appointments.endsAt, status: appointments.status,
  bufferBeforeMin: appointments.bufferBeforeMin, bufferAfterMin: appointments.bufferAfterMin, typeId: appointments.typeId, capacity: appointments.capacity,
}

/** Exported so that a test asks the plan of each: none may scan a table that grows. */
export const reads = prepared((db: ReadDb) => {
  const withNames = () => db.select(dayColumns).from(appointments)
    .leftJoin(patients, and(eq(patients.id, appointments.patientId), mayKnow(appointments.patientId)))
    .leftJoin(appointmentTypes, eq(appointmentTypes.id, appointments.typeId))
    .leftJoin(rooms, eq(rooms.id, appointments.roomId))
    .leftJoin(encounters, eq(encounters.appointmentId, appointments.id))
    .leftJoin(appointmentSeries, eq(appointmentSeries.id, appointments.seriesId))
  const holdsTime = notInArray(appointments.status, [...statusesWithoutSlot])
  const startsInSpan = and(gte(appointments.startsAt, value('from')), lt(appointments.startsAt, value('to')))
  const ofProviderOrRoom = or(eq(appointments.providerId, value('providerId')), eq(appointments.roomId, value('roomId')))
  return {
    byId: db.select().from(appointments).where(and(eq(appointments.id, value('id')), mayKnow(appointments.patientId))).prepare(),
    exists: db.select({ id: appointments.id }).from(appointments).where(eq(appointments.id, value('id'))).prepare(),
    withNamesById: withNames().where(and(eq(appointments.id, value('id')), mayKnow(appointments.patientId))).prepare(),
    slotWithNames: withNames().where(and(eq(appointments.id, value('id')), maySeeSlot(appointments.patientId))).prepare(),
    inSpan: withNames().where(and(startsInSpan, maySeeSlot(appointments.patientId))).orderBy(asc(appointments.startsAt)).limit(limits.day_appointments_rows).prepare(),
    ofProviderInSpan: withNames().where(and(eq(appointments.providerId, value('providerId')), startsInSpan, maySeeSlot(appointments.patientId))).orderBy(asc(appointments.startsAt)).limit(limits.day_appointments_rows).prepare(),
    forPatient: withNames().where(eq(appointments.patientId, value('patientId'))).orderBy(desc(appointments.startsAt)).limit(limits.page_rows).prepare(),
    /** Live appointments of the provider or in the room that touch the time; none is longer than `appointment_minutes_max`. */
    taking: db.select(bookingColumns).from(appointments)
      .where(and(ofProviderOrRoom, gt(appointments.startsAt, value('earliest')), lt(appointments.startsAt, value('to')), gt(appointments.endsAt, value('from')), holdsTime)).prepare(),
    place: db.select(bookingColumns).from(appointments).where(eq(appointments.id, value('id'))).prepare(),
    inRoomNow: db.select({ id: appointments.id }).from(appointments).where(and(
      eq(appointments.roomId, value('roomId')), startsInSpan, ne(appointments.id, value('exceptId')),
      or(eq(appointments.status, AppointmentStatus.roomed), eq(appointments.status, AppointmentStatus.inProgress)),
    )).limit(limits.group_places_max).prepare(),
    lastChanges: db.select().from(appointmentChanges).where(eq(appointmentChanges.appointmentId, value('id'))).orderBy(desc(appointmentChanges.version)).limit(2).prepare(),
    changes: db.select({ change: appointmentChanges, givenName: staffMembers.givenName, familyName: staffMembers.familyName }).from(appointmentChanges)
      .innerJoin(userAccounts, eq(userAccounts.id, appointmentChanges.changedBy)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
      .where(eq(appointmentChanges.appointmentId, value('id'))).orderBy(desc(appointmentChanges.version)).limit(limits.page_rows).prepare(),
    signedVisit: db.select({ id: encounters.id }).from(encounters).where(and(eq(encounters.appointmentId, value('id')), eq(encounters.status, 'finished'))).prepare(),
    roomById: db.select({ id: rooms.id }).from(rooms).where(and(eq(rooms.id, value('id')), eq(rooms.isActive, true))).prepare(),
  }
})

const writes = prepared((db: WriteDb) => ({
  insert: db.insert(appointments).values({
    id: value('id'), patientId: value('patientId'), typeId: value('typeId'), reason: value('reason'),
    bookedAt: value('at'), bookedBy: value('by'), bufferBeforeMin: value('bufferBeforeMin'), bufferAfterMin: value('bufferAfterMin'), telehealthUrl: value('telehealthUrl'),
    seriesId: value('seriesId'), seriesPlace: value('seriesPlace'), capacity: value('capacity'), ...changing,
  }).prepare(),
  // Drizzle's types know placeholders in `values` only; `set` carries them as sql.
  update: db.update(appointments).set(asSql(changing)).where(eq(appointments.id, value('id'))).prepare(),
  setTelehealth: db.update(appointments).set(asSql({ telehealthUrl: value('telehealthUrl') })).where(eq(appointments.id, value('id'))).prepare(),
  insertChange: db.insert(appointmentChanges).values({
    id: value('changeId'), appointmentId: value('id'), version: value('version'), changedAt: value('at'), changedBy: value('by'),
    status: value('status'), startsAt: value('startsAt'), endsAt: value('endsAt'), providerId: value('providerId'), roomId: value('roomId'), leftAt: value('leftAt'),
  }).prepare(),
}))

/** What a step may change; patient, type, buffers and reason stay as they were booked. */
const changing = {
  providerId: value('providerId'), roomId: value('roomId'), startsAt: value('startsAt'), endsAt: value('endsAt'), status: value('status'),
  arrivedAt: value('arrivedAt'), roomedAt: value('roomedAt'), startedAt: value('startedAt'), fulfilledAt: value('fulfilledAt'), leftAt: value('leftAt'),
  cancelledAt: value('cancelledAt'), cancelReason: value('cancelReason'), missedReason: value('missedReason'), version: value('version'),
}

function asSql<T extends Record<string, Placeholder>>(columns: T): { [K in keyof T]: ReturnType<typeof sql> } {
  return Object.fromEntries(Object.entries(columns).map(([name, placeholder]) => [name, sql`${placeholder}`])) as { [K in keyof T]: ReturnType<typeof sql> } // The same keys.
}

export const appointmentById = (db: ReadDb, { values }: Scope, id: string): Appointment | undefined => toAppointment(reads(db).byId.get({ ...values, id }))
/** Whether an id is used: nothing of the appointment leaves. */
export const appointmentExists = (db: ReadDb, id: string): boolean => reads(db).exists.get({ id }) !== undefined

export function dayAppointmentById(db: ReadDb, { values }: Scope, id: string): DayAppointment | undefined {
  const row = reads(db).withNamesById.get({ ...values, id })
  return row && toDayAppointment(row)
}

/** Of somebody whom the caller may not know the time alone. */
export function daySlotById(db: ReadDb, { values }: Scope, id: string): DayAppointment | undefined {
  const row = reads(db).slotWithNames.get({ ...values, id })
  return row && toDayAppointment(row)
}

export const appointmentsBetween = (db: ReadDb, { values }: Scope, from: Instant, to: Instant): DayAppointment[] => reads(db).inSpan.all({ ...values, from, to }).map(toDayAppointment)

export const appointmentsOfProvider = (db: ReadDb, { values }: Scope, providerId: string, from: Instant, to: Instant): DayAppointment[] =>
  reads(db).ofProviderInSpan.all({ ...values, providerId, from, to }).map(toDayAppointment)

export const appointmentsOfPatient = (db: ReadDb, { patientId, scope }: OpenedFile): DayAppointment[] => reads(db).forPatient.all({ ...scope.values, patientId }).map(toDayAppointment)

/** Candidates for a conflict with a wanted time; the rule `findConflicts` decides. */
export function appointmentsTaking(db: ReadDb, wanted: Pick<Appointment, 'providerId' | 'roomId' | 'startsAt' | 'endsAt'>): Booking[] {
  // Each of the two may hold a buffer towards the other.
  const reach = 2 * limits.appointment_buffer_minutes_max
  const [from, to] = [addMinutes(wanted.startsAt, -reach), addMinutes(wanted.endsAt, reach)]
  return reads(db).taking.all({ providerId: wanted.providerId, roomId: wanted.roomId, earliest: addMinutes(from, -limits.appointment_minutes_max), from, to }).map(toBooking)
}

/** Whether others have booked the same group visit. */
export const hasGroup = (db: ReadDb, wanted: Wanted): boolean => appointmentsTaking(db, wanted).some((one) => isGroupMate(one, wanted))

/** Where an appointment stands, without whom it is for. */
export const placeOf = (db: ReadDb, id: string): Booking | undefined => {
  const row = reads(db).place.get({ id })
  return row && toBooking(row)
}

/** Who is in the room, of the appointments that begin between `from` and `to`. */
export const idsInRoom = (db: ReadDb, roomId: string, exceptId: string, from: Instant, to: Instant): string[] =>
  reads(db).inRoomNow.all({ roomId, exceptId, from, to }).map((row) => row.id)

/** The newest change and the one before it. */
export const lastTwoChanges = (db: ReadDb, id: string) => reads(db).lastChanges.all({ id })

export const changesOf = (db: ReadDb, id: string): AppointmentChange[] =>
  reads(db).changes.all({ id }).map(({ change: { appointmentId: _id, ...change }, givenName, familyName }) => ({
    ...change, status: change.status as AppointmentStatus, changedBy: `${givenName} ${familyName}`, // The status was written from an appointment's.
  }))

/** A visit is finished when its note is signed. */
export const isVisitSigned = (db: ReadDb, id: string): boolean => reads(db).signedVisit.get({ id }) !== undefined
export const roomExists = (db: ReadDb, id: string): boolean => reads(db).roomById.get({ id }) !== undefined

interface Stamp { at: Instant; by: string; changeId: string }

export function insertAppointment(db: WriteDb, row: Appointment, stamp: Stamp): void {
  writes(db).insert.run({ ...row, ...stamp })
  writes(db).insertChange.run({ ...row, ...stamp })
}

export function updateAppointment(db: WriteDb, row: Appointment, stamp: Stamp): void {
  writes(db).update.run({ ...row })
  writes(db).insertChange.run({ ...row, ...stamp })
}

/** The link of a visit by video is no step of it: its version stays. */
export const setTelehealthUrl = (db: WriteDb, id: string, telehealthUrl: string | null): void => void writes(db).setTelehealth.run({ id, telehealthUrl })

type Row = typeof appointments.$inferSelect
interface DayRow {
  appointment: Row
  patient: (Omit<PatientSummary, 'sex'> & { sex: string }) | null
  typeName: string | null
  typeColour: TypeColour | null
  roomName: string | null
  encounterId: string | null
  seriesVisits: number | null
}

export function toAppointment(row: Row): Appointment
export function toAppointment(row: Row | undefined): Appointment | undefined
export function toAppointment(row: Row | undefined): Appointment | undefined {
  if (!row) return undefined
  const { bookedAt: _at, bookedBy: _by, ...rest } = row
  return rest as Appointment // The CHECKs of the table hold the same constants as the model.
}

const toBooking = (row: Omit<Booking, 'status'> & { status: string }): Booking => row as Booking // The CHECK on status holds the model's constants.

function toDayAppointment({ appointment, patient, ...names }: DayRow): DayAppointment {
  const shown = patient === null ? { patientId: hiddenPatient.id, patient: hiddenPatient } : { patient: patient as PatientSummary } // The CHECK on sex holds the model's constants.
  return { ...toAppointment(appointment), ...names, ...shown, isRestricted: patient === null }
}
