import { and, asc, eq, gt, lt, ne, notInArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { patients } from '#drizzle/schema/patients.ts'
import { appointments, appointmentSeries } from '#drizzle/schema/scheduling.ts'
import type { PatientSummary } from '#shared/domains/patients/model.ts'
import { statusesWithoutSlot, type Appointment, type Slot } from '#shared/domains/scheduling/model.ts'
import type { SeriesPattern } from '#shared/domains/scheduling/model.series.ts'
import { limits } from '#shared/kernel/limits.ts'
import { addMinutes, type Instant } from '#shared/kernel/time.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import { mayKnow } from '#main/core/access/predicates.ts'
import type { Scope } from '#main/core/access/scope.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'
import { toAppointment, value } from './repository.ts'

const asked = alias(patients, 'asked')

/** Exported so that a test asks the plan of each. */
export const seriesReads = prepared((db: ReadDb) => ({
  series: db.select().from(appointmentSeries).where(eq(appointmentSeries.id, value('id'))).prepare(),
  visits: db.select().from(appointments).where(and(sql`${appointments.seriesId} is not null`, eq(appointments.seriesId, value('seriesId')), mayKnow(appointments.patientId)))
    .orderBy(asc(appointments.seriesPlace)).limit(limits.series_visits_max).prepare(),
  /** Group visits of one provider that somebody is booked for, with how many. */
  groups: db.select({ startsAt: appointments.startsAt, endsAt: appointments.endsAt, booked: sql<number>`count(*)` }).from(appointments)
    .where(and(
      eq(appointments.providerId, value('providerId')), gt(appointments.startsAt, value('from')), lt(appointments.startsAt, value('to')),
      eq(appointments.typeId, value('typeId')), notInArray(appointments.status, [...statusesWithoutSlot]),
    )).groupBy(appointments.startsAt, appointments.endsAt).prepare(),
  samePhone: db.select({ id: patients.id, mrn: patients.mrn, familyName: patients.familyName, givenName: patients.givenName, sex: patients.sex, birthDate: patients.birthDate, phone: patients.phone })
    .from(asked).innerJoin(patients, eq(patients.phoneDigits, asked.phoneDigits))
    .where(and(eq(asked.id, value('patientId')), ne(patients.id, asked.id), sql`${patients.mergedIntoId} is null and ${patients.deceasedOn} is null`, mayKnow(patients.id)))
    .limit(limits.together_patients_max).prepare(),
}))

export const seriesById = (db: ReadDb, id: string) => seriesReads(db).series.get({ id })
export const visitsOfSeries = (db: ReadDb, { values }: Scope, seriesId: string): Appointment[] => seriesReads(db).visits.all({ ...values, seriesId }).map((row) => toAppointment(row))

interface NewSeries { id: string; patientId: string; pattern: SeriesPattern; visits: number; createdAt: Instant; createdBy: string }
export const insertSeries = (db: WriteDb, row: NewSeries): void => void db.insert(appointmentSeries).values(row).run()

/** Group visits that begin from `from` on and have so many places left. */
export function openGroups(db: ReadDb, wanted: { providerId: string; typeId: string; capacity: number; patients: number; from: Instant; to: Instant; durationMin: number }): Slot[] {
  const { providerId, typeId, capacity, patients: many, durationMin } = wanted
  return seriesReads(db).groups.all({ providerId, typeId, from: addMinutes(wanted.from, -1), to: wanted.to })
    .filter((one) => one.startsAt >= wanted.from && one.booked + many <= capacity && one.endsAt === addMinutes(one.startsAt, durationMin))
    .map((one) => ({ providerId, startsAt: one.startsAt, endsAt: one.endsAt, places: capacity - one.booked }))
}

/** The eldest first. */
export const samePhoneAs = (db: ReadDb, { patientId, scope }: OpenedFile): PatientSummary[] =>
  (seriesReads(db).samePhone.all({ ...scope.values, patientId }) as PatientSummary[]).toSorted((a, b) => (a.birthDate < b.birthDate ? -1 : 1)) // The CHECK on sex holds the model's constants.
