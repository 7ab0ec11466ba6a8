import { and, asc, eq, gte, isNull, lt, sql, type Placeholder } from 'drizzle-orm'
import { staffMembers } from '#drizzle/schema/clinic.ts'
import { diagnoses, encounters, immunizations, medicationStatements, observations, problems } from '#drizzle/schema/encounters.ts'
import { patientContacts, patients } from '#drizzle/schema/patients.ts'
import { appointments, appointmentTypes } from '#drizzle/schema/scheduling.ts'
import type { BilledPatient, Visit } from '#shared/domains/billing/model.views.ts'
import type { Guarantor } from '#shared/domains/patients/model.family.ts'
import type { VisitContent } from '#shared/domains/billing/rules.proposal.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { addDays, ageInYears, type Instant, type PlainDate } from '#shared/kernel/time.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)
const count = sql<number>`count(*)`
const endOfVisit = sql`coalesce(${encounters.finishedAt}, '9999')`

/** What billing reads of a visit and its patient: for the page that is printed and for the charges that are proposed. */
const reads = prepared((db: ReadDb) => ({
  patient: db.select().from(patients).where(eq(patients.id, value('id'))).prepare(),
  guardian: db.select({ name: patientContacts.name }).from(patientContacts)
    .where(and(eq(patientContacts.patientId, value('id')), eq(patientContacts.isGuardian, true), isNull(patientContacts.removedAt))).limit(1).prepare(),
  visitOwner: db.select({ patientId: encounters.patientId }).from(encounters).where(eq(encounters.id, value('id'))).prepare(),
  visit: db.select({ encounter: encounters, provider: staffMembers }).from(encounters).leftJoin(staffMembers, eq(staffMembers.id, encounters.providerId))
    .where(and(eq(encounters.id, value('id')), eq(encounters.patientId, value('patientId')))).prepare(),
  diagnoses: db.select({ code: diagnoses.code, label: diagnoses.label, recordedAt: diagnoses.recordedAt }).from(diagnoses)
    .where(and(eq(diagnoses.encounterId, value('id')), eq(diagnoses.patientId, value('patientId')), isNull(diagnoses.enteredInErrorAt))).orderBy(asc(diagnoses.rank)).limit(24).prepare(),
  /** Diagnoses that no problem recorded before the visit carries. */
  newDiagnoses: db.select({ count }).from(diagnoses).innerJoin(encounters, eq(encounters.id, diagnoses.encounterId)).where(and(
    eq(diagnoses.encounterId, value('id')), isNull(diagnoses.enteredInErrorAt),
    sql`not exists (select 1 from ${problems} p where p.patient_id = ${diagnoses.patientId} and p.entered_in_error_at is null
      and p.recorded_at < ${encounters.startedAt} and (p.code = ${diagnoses.code} or p.label = ${diagnoses.label}))`,
  )).prepare(),
  earlierVisits: db.select({ one: sql`1` }).from(encounters).where(and(
    eq(encounters.patientId, value('patientId')), gte(encounters.startedAt, value('from')), lt(encounters.startedAt, value('to')),
  )).limit(1).prepare(),
  tests: db.select({ code: observations.code, category: observations.category }).from(observations)
    .where(and(eq(observations.encounterId, value('id')), isNull(observations.enteredInErrorAt))).limit(500).prepare(),
  medications: db.select({ count }).from(encounters).innerJoin(medicationStatements, eq(medicationStatements.patientId, encounters.patientId)).where(and(
    eq(encounters.id, value('id')), isNull(medicationStatements.enteredInErrorAt),
    gte(medicationStatements.recordedAt, encounters.startedAt), sql`${medicationStatements.recordedAt} <= ${endOfVisit}`,
  )).prepare(),
  typeFee: db.select({ feeItemId: appointmentTypes.feeItemId }).from(encounters).innerJoin(appointments, eq(appointments.id, encounters.appointmentId))
    .innerJoin(appointmentTypes, eq(appointmentTypes.id, appointments.typeId)).where(eq(encounters.id, value('id'))).prepare(),
  immunizations: db.select({ count }).from(encounters).innerJoin(immunizations, eq(immunizations.patientId, encounters.patientId)).where(and(
    eq(encounters.id, value('id')), isNull(immunizations.enteredInErrorAt),
    gte(immunizations.givenAt, encounters.startedAt), sql`${immunizations.givenAt} <= ${endOfVisit}`,
  )).prepare(),
}))

/** Minors do not answer for their bill: the guardian named in the contacts does. */
export function billedPatient(db: ReadDb, { patientId: id }: OpenedFile, today: PlainDate): (BilledPatient & { confidentialAddress: string | null }) | undefined {
  const row = reads(db).patient.get({ id })
  if (!row) return undefined
  const guardian = ageInYears(row.birthDate, today) < 18 ? reads(db).guardian.get({ id }) : undefined
  return {
    id: row.id, mrn: row.mrn, familyName: row.familyName, givenName: row.givenName, sex: row.sex as BilledPatient['sex'], // The CHECK on sex holds the model's constants.
    birthDate: row.birthDate, phone: row.phone,
    addressLines: linesOf(row), confidentialAddress: row.confidentialAddress,
    responsible: guardian ? { name: guardian.name, isPatient: false } : { name: `${row.givenName} ${row.familyName}`, isPatient: true },
  }
}

interface Address { addressLine1: string | null; addressLine2: string | null; city: string | null; state: string | null; postalCode: string | null }
function linesOf({ addressLine1, addressLine2, city, state, postalCode }: Address): string[] {
  const town = [city, [state, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  return [addressLine1, addressLine2, town].filter((line): line is string => Boolean(line))
}

/** Name and address of whoever was named to answer for the bills. That the caller may know a patient among them has been asked. */
export function billedGuarantor(db: ReadDb, { patient, person }: Pick<Guarantor, 'patient' | 'person'>): { name: string; addressLines: string[] } | null {
  if (person) return { name: person.name, addressLines: linesOf(person) }
  const row = patient && reads(db).patient.get({ id: patient.id })
  return row ? { name: `${row.givenName} ${row.familyName}`, addressLines: row.confidentialAddress === null ? linesOf(row) : [row.confidentialAddress] } : null
}

export interface VisitRow extends Visit { patientId: Id; startedAt: Instant }

export const patientOfVisit = (db: ReadDb, id: Id): Id | undefined => reads(db).visitOwner.get({ id })?.patientId

export function visitById(db: ReadDb, { patientId }: OpenedFile, id: Id): VisitRow | undefined {
  const row = reads(db).visit.get({ id, patientId })
  if (!row) return undefined
  const { encounter, provider } = row
  return {
    encounterId: encounter.id, appointmentId: encounter.appointmentId, patientId: encounter.patientId, visitedAt: encounter.startedAt, startedAt: encounter.startedAt,
    provider: provider && { name: [provider.title, provider.givenName, provider.familyName].filter(Boolean).join(' '), npi: provider.npi },
  }
}

export const diagnosesOfVisit = (db: ReadDb, { patientId }: OpenedFile, id: Id): string[] => reads(db).diagnoses.all({ id, patientId }).map((one) => [one.code, one.label].filter(Boolean).join(' '))

const DAYS_UNTIL_NEW_AGAIN = 3 * 365

export function visitContent(db: ReadDb, { patientId }: OpenedFile, visit: VisitRow, visitedOn: PlainDate): VisitContent {
  const id = visit.encounterId
  const tests = reads(db).tests.all({ id })
  const from = `${addDays(visitedOn, -DAYS_UNTIL_NEW_AGAIN)}T00:00:00.000Z`
  return {
    isNewPatient: reads(db).earlierVisits.get({ patientId, from, to: visit.startedAt }) === undefined,
    diagnoses: reads(db).diagnoses.all({ id, patientId }).length,
    newDiagnoses: reads(db).newDiagnoses.get({ id })?.count ?? 0,
    medications: reads(db).medications.get({ id })?.count ?? 0,
    tests: tests.map((one) => one.code),
    labTests: new Set(tests.filter((one) => one.category === 'laboratory').map((one) => one.code)).size,
    immunizations: reads(db).immunizations.get({ id })?.count ?? 0,
    typeFeeItemId: reads(db).typeFee.get({ id })?.feeItemId ?? null,
  }
}
