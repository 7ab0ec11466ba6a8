import { and, asc, desc, eq, gte, inArray, isNull, lt, lte, notInArray, sql, type Placeholder, type SQL } from 'drizzle-orm'
import { rooms } from '#drizzle/schema/clinic.ts'
import { coverages, patients } from '#drizzle/schema/patients.ts'
import { appointments } from '#drizzle/schema/scheduling.ts'
import type { ListCursor } from '#shared/domains/patients/contract.ts'
import type { PatientRow } from '#shared/domains/patients/model.ts'
import type { Instant, PlainDate } from '#shared/kernel/time.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import { mayKnow, maySeeSlot, numbersKeptFromMe } from '#main/core/access/predicates.ts'
import type { Scope } from '#main/core/access/scope.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)

const rowColumns = {
  id: patients.id, mrn: patients.mrn, familyName: patients.familyName, givenName: patients.givenName, sex: patients.sex,
  birthDate: patients.birthDate, phone: patients.phone, deceasedOn: patients.deceasedOn, inactiveReason: patients.inactiveReason,
}
const knownColumns = { ...rowColumns, middleName: patients.middleName, suffix: patients.suffix }

/** The page of the sorted list after a row, by the index; also for its plan assertion. */
export const listPage = (db: ReadDb) =>
  db.select({ ...rowColumns, sortName: patients.sortName }).from(patients)
    .where(and(sql`(${patients.sortName}, ${patients.id}) > (${value('sortName')}, ${value('id')})`, isNull(patients.mergedIntoId), mayKnow(patients.id)))
    .orderBy(asc(patients.sortName), asc(patients.id)).limit(value('limit'))

/** The newest numbers first and never sorted otherwise: the index hands its rows out in this order, so a page costs the same at any size. */
export const hitsOf = (db: ReadDb) =>
  db.select(rowColumns).from(patients)
    // Who is kept from the caller is left out before the limit: a page that is one short would say that somebody is there.
    // A chart that was merged is found by its names and leads to the one that goes on, which has to be asked for itself.
    .where(and(
      inArray(patients.id, sql`(select coalesce(f.merged_into_id, f.id) from patients f where f.mrn in (
        select rowid from patient_search where patient_search match ${value('match')} and rowid not in ${numbersKeptFromMe} order by rowid desc limit ${value('limit')}))`),
      maySeeSlot(patients.id), mayKnow(patients.id),
    ))

const known = (db: ReadDb, ...conditions: (SQL | undefined)[]) => db.select(knownColumns).from(patients).where(and(...conditions, isNull(patients.mergedIntoId), mayKnow(patients.id))).limit(value('limit'))

/** Where somebody who may be the same person stands, each by an index of its own. */
export const candidateQueries = {
  bySound: (db: ReadDb) => known(db, eq(patients.familySound, value('family')), gte(patients.givenSound, value('given')), lt(patients.givenSound, value('givenEnd'))),
  bySoundAndBirth: (db: ReadDb) => known(db,
    eq(patients.familySound, value('family')), eq(patients.givenSound, value('given')), inArray(patients.birthDate, sql`(select value from json_each(${value('dates')}))`)),
  byBirth: (db: ReadDb) => known(db, eq(patients.birthDate, value('birthDate'))),
  byPhone: (db: ReadDb) => known(db, gte(patients.phoneDigits, value('from')), lt(patients.phoneDigits, value('to'))),
  byFamilySound: (db: ReadDb) => known(db, eq(patients.familySound, value('family'))),
}

const reads = prepared((db: ReadDb) => ({
  page: listPage(db).prepare(),
  hits: hitsOf(db).prepare(),
  byMrn: db.select(rowColumns).from(patients).where(and(eq(patients.id, sql`(select coalesce(f.merged_into_id, f.id) from patients f where f.mrn = ${value('mrn')})`), mayKnow(patients.id))).prepare(),
  bySound: candidateQueries.bySound(db).prepare(),
  bySoundAndBirth: candidateQueries.bySoundAndBirth(db).prepare(),
  byBirth: candidateQueries.byBirth(db).prepare(),
  byPhone: candidateQueries.byPhone(db).prepare(),
  byFamilySound: candidateQueries.byFamilySound(db).prepare(),
  firstPayer: db.select({ payerName: coverages.payerName }).from(coverages)
    .where(and(eq(coverages.patientId, value('patientId')), sql`${coverages.endedAt} is null`)).orderBy(asc(coverages.rank)).limit(1).prepare(),
  /** The clinic's own knowledge of a face: when somebody last came in. Cancelled and missed visits are none. */
  lastSeen: db.select({ startsAt: appointments.startsAt }).from(appointments).where(and(
    eq(appointments.patientId, value('patientId')), lte(appointments.startsAt, value('now')), notInArray(appointments.status, ['proposed', 'booked', 'cancelled', 'no-show']),
  )).orderBy(desc(appointments.startsAt)).limit(1).prepare(),
  /** Of a day: the visit that is not over yet, else none. */
  openVisit: db.select({ startsAt: appointments.startsAt, roomName: rooms.name }).from(appointments).leftJoin(rooms, eq(rooms.id, appointments.roomId)).where(and(
    eq(appointments.patientId, value('patientId')), gte(appointments.startsAt, value('from')), lt(appointments.startsAt, value('to')),
    notInArray(appointments.status, ['fulfilled', 'cancelled', 'no-show']),
  )).orderBy(asc(appointments.startsAt)).limit(1).prepare(),
}))

type Row = Omit<PatientRow, 'sex' | 'inactiveReason'> & { sex: string; inactiveReason: string | null }
/** A row with what tells namesakes apart. */
export interface KnownPerson extends PatientRow {
  middleName: string | null
  suffix: string | null
}
const toRow = <R extends Row>(row: R): R & PatientRow => row as R & PatientRow // The CHECKs on both hold the model's constants.

export function pageAfter(db: ReadDb, { values }: Scope, after: ListCursor | null, limit: number): { rows: PatientRow[]; next: ListCursor | null } {
  const found = reads(db).page.all({ ...values, sortName: after?.sortName ?? '', id: after?.id ?? '', limit })
  const last = found.at(-1)
  return {
    rows: found.map(({ sortName: _order, ...row }) => toRow(row)),
    next: last && found.length === limit ? { sortName: last.sortName, id: last.id } : null,
  }
}

export const hits = (db: ReadDb, { values }: Scope, match: string, limit: number): PatientRow[] => reads(db).hits.all({ ...values, match, limit }).map(toRow)

export function rowByMrn(db: ReadDb, { values }: Scope, mrn: number): PatientRow | undefined {
  const row = reads(db).byMrn.get({ ...values, mrn })
  return row && toRow(row)
}

/** Behind every text that begins with the given one. */
const LAST_LETTER = '\u{10FFFF}'

export const bySound = (db: ReadDb, { values }: Scope, family: string, given: string, limit: number): KnownPerson[] =>
  reads(db).bySound.all({ ...values, family, given, givenEnd: given + LAST_LETTER, limit }).map(toRow)
export const bySoundAndBirth = (db: ReadDb, { values }: Scope, family: string, given: string, dates: readonly PlainDate[], limit: number): KnownPerson[] =>
  reads(db).bySoundAndBirth.all({ ...values, family, given, dates: JSON.stringify(dates), limit }).map(toRow)
export const byBirth = (db: ReadDb, { values }: Scope, birthDate: PlainDate, limit: number): KnownPerson[] => reads(db).byBirth.all({ ...values, birthDate, limit }).map(toRow)
export const byPhone = (db: ReadDb, { values }: Scope, digits: string, limit: number): KnownPerson[] => reads(db).byPhone.all({ ...values, from: digits, to: digits + LAST_LETTER, limit }).map(toRow)
export const byFamilySound = (db: ReadDb, { values }: Scope, family: string, limit: number): KnownPerson[] => reads(db).byFamilySound.all({ ...values, family, limit }).map(toRow)

export const firstPayer = (db: ReadDb, { patientId }: OpenedFile): string | null => reads(db).firstPayer.get({ patientId })?.payerName ?? null
export const lastSeenAt = (db: ReadDb, { patientId }: OpenedFile, now: Instant): Instant | null => reads(db).lastSeen.get({ patientId, now })?.startsAt ?? null
export const openVisitBetween = (db: ReadDb, { patientId }: OpenedFile, { from, to }: { from: Instant; to: Instant }): { startsAt: Instant; roomName: string | null } | undefined =>
  reads(db).openVisit.get({ patientId, from, to })
