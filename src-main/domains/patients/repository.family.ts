import { and, asc, desc, eq, isNull, sql, type Placeholder } from 'drizzle-orm'
import { guarantors, patientGuarantors, patientRelations } from '#drizzle/schema/families.ts'
import { patients } from '#drizzle/schema/patients.ts'
import { appointments } from '#drizzle/schema/scheduling.ts'
import type { ContactFacts } from '#shared/domains/patients/model.contact.ts'
import type { GuarantorPerson, RelationKind } from '#shared/domains/patients/model.family.ts'
import type { PatientRow } from '#shared/domains/patients/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)
const rowColumns = {
  id: patients.id, mrn: patients.mrn, familyName: patients.familyName, givenName: patients.givenName, sex: patients.sex, birthDate: patients.birthDate, phone: patients.phone,
  deceasedOn: patients.deceasedOn, inactiveReason: patients.inactiveReason,
}

/** Links from both sides; a chart that was merged since stands for the one that goes on. */
const relationsSql = `select r.id, r.kind, coalesce(p.merged_into_id, p.id) as otherId, 0 as isTurned from patient_relations r join patients p on p.id = r.relative_id
    where r.patient_id = :patientId and r.removed_at is null
  union all select r.id, r.kind, r.patient_id, 1 from patient_relations r
    where r.relative_id in (select id from patients where id = :patientId union all select id from patients where merged_into_id = :patientId) and r.removed_at is null
  limit ${limits.family_members}`
/** Those for whom one patient, or one person who is none, answers. */
const paidBy = (of: string): string => `select distinct pg.patient_id from guarantors g join patient_guarantors pg on pg.guarantor_id = g.id where ${of} and pg.ended_at is null limit ${limits.family_members}`

/** Exported so that a test asks the plan of each. */
export const familySql = { relations: relationsSql, byPatient: paidBy('g.patient_id = ?'), byPerson: paidBy('g.id = ?') }
export const familyQueries = (db: ReadDb) => ({
  guarantor: db.select({ guarantor: guarantors, since: patientGuarantors.since }).from(patientGuarantors).innerJoin(guarantors, eq(guarantors.id, patientGuarantors.guarantorId))
    .where(and(eq(patientGuarantors.patientId, value('patientId')), isNull(patientGuarantors.endedAt))).orderBy(desc(patientGuarantors.since)).limit(2),
  nextVisit: db.select({ startsAt: appointments.startsAt }).from(appointments)
    .where(and(eq(appointments.patientId, value('patientId')), sql`${appointments.startsAt} >= ${value('now')}`, sql`${appointments.status} in ('booked', 'proposed')`)).orderBy(asc(appointments.startsAt)).limit(1),
})

const reads = prepared((db: ReadDb) => ({
  guarantor: familyQueries(db).guarantor.prepare(),
  nextVisit: familyQueries(db).nextVisit.prepare(),
  row: db.select(rowColumns).from(patients).where(eq(patients.id, value('patientId'))).prepare(),
  contact: db.select({
    id: patients.id, language: patients.language, interpreter: patients.interpreter, preferredChannel: patients.preferredChannel, bestTimes: patients.bestTimes, messages: patients.messages,
    workCalls: patients.workCalls, contactBan: patients.contactBan, confidentialAddress: patients.confidentialAddress, deceasedOn: patients.deceasedOn, inactiveReason: patients.inactiveReason,
  }).from(patients).where(eq(patients.id, value('patientId'))).prepare(),
  guarantorExists: db.select({ id: guarantors.id }).from(guarantors).where(eq(guarantors.id, value('id'))).prepare(),
  relation: db.select({ patientId: patientRelations.patientId, relativeId: patientRelations.relativeId, kind: patientRelations.kind, removedAt: patientRelations.removedAt }).from(patientRelations).where(eq(patientRelations.id, value('id'))).prepare(),
  relations: db.$client.prepare(familySql.relations),
  byPatient: db.$client.prepare(familySql.byPatient).pluck(),
  byPerson: db.$client.prepare(familySql.byPerson).pluck(),
}))

/** Who answers for the bills, as it stands: of two the newer. */
export interface StandingGuarantor { id: Id; patientId: Id | null; person: GuarantorPerson | null; since: Instant }
export function guarantorsOf(db: ReadDb, { patientId }: OpenedFile): StandingGuarantor[] {
  return reads(db).guarantor.all({ patientId }).map(({ guarantor: { id, patientId: of, name, phone, addressLine1, addressLine2, city, state, postalCode }, since }) => ({
    id, since, patientId: of, person: name === null ? null : { name, phone, addressLine1, addressLine2, city, state, postalCode },
  }))
}

/** Ids only: who of them may be known is asked of each. */
export const idsPaidByPatient = (db: ReadDb, { patientId }: OpenedFile): Id[] => reads(db).byPatient.all(patientId) as Id[] // One column.
export const idsPaidByPerson = (db: ReadDb, guarantorId: Id): Id[] => reads(db).byPerson.all(guarantorId) as Id[] // As above.

export interface StandingRelation { id: Id; kind: RelationKind; otherId: Id; isTurned: number }
export const relationsOf = (db: ReadDb, { patientId }: OpenedFile): StandingRelation[] => reads(db).relations.all({ patientId }) as StandingRelation[] // The columns of the select.

export const familyRow = (db: ReadDb, { patientId }: OpenedFile): PatientRow | undefined => reads(db).row.get({ patientId }) as PatientRow | undefined // The CHECKs hold the model's constants.
export const nextVisitAt = (db: ReadDb, { patientId }: OpenedFile, now: Instant): Instant | null => reads(db).nextVisit.get({ patientId, now })?.startsAt ?? null

export function contactFactsOf(db: ReadDb, { patientId }: OpenedFile): ContactFacts | undefined {
  const row = reads(db).contact.get({ patientId })
  if (!row) return undefined
  const { confidentialAddress, ...rest } = row
  return { ...rest, isConfidential: confidentialAddress !== null } as ContactFacts // The CHECKs hold the model's constants.
}

/** Whether ids are used, and whose a link is: nothing else of the rows leaves. */
export const guarantorExists = (db: ReadDb, id: Id): boolean => reads(db).guarantorExists.get({ id }) !== undefined
export const relationById = (db: ReadDb, id: Id): { patientId: Id; relativeId: Id; kind: string; removedAt: Instant | null } | undefined => reads(db).relation.get({ id })

interface By { at: Instant; by: Id }
export function insertRelation(db: WriteDb, row: { id: Id; patientId: Id; relativeId: Id; kind: RelationKind }, { at, by }: By): void {
  db.insert(patientRelations).values({ ...row, createdAt: at, createdBy: by }).run()
}
export function removeRelation(db: WriteDb, id: Id, { at, by }: By): void {
  db.update(patientRelations).set({ removedAt: at, removedBy: by }).where(eq(patientRelations.id, id)).run()
}
export function insertGuarantor(db: WriteDb, id: Id, patientId: Id | null, person: GuarantorPerson | null, { at, by }: By): void {
  db.insert(guarantors).values({ id, patientId, ...person, createdAt: at, createdBy: by }).run()
}
export function endGuarantors(db: WriteDb, patientId: Id, { at, by }: By): void {
  db.update(patientGuarantors).set({ endedAt: at, endedBy: by }).where(and(eq(patientGuarantors.patientId, patientId), isNull(patientGuarantors.endedAt))).run()
}
export function insertPatientGuarantor(db: WriteDb, id: Id, patientId: Id, guarantorId: Id, { at, by }: By): void {
  db.insert(patientGuarantors).values({ id, patientId, guarantorId, since: at, setBy: by }).run()
}
