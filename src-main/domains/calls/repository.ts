import { and, asc, eq, gte, isNull, lt, sql, type Placeholder, type SQL } from 'drizzle-orm'
import { appointmentConfirmations, recallContacts, recallRules, recalls } from '#drizzle/schema/calls.ts'
import { patients } from '#drizzle/schema/patients.ts'
import { appointments, appointmentTypes } from '#drizzle/schema/scheduling.ts'
import type { RecallCursor } from '#shared/domains/calls/contract.ts'
import type { Confirmation, ListedRecall, Recall, RecallRule } from '#shared/domains/calls/model.ts'
import type { PatientSummary } from '#shared/domains/patients/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant, PlainDate } from '#shared/kernel/time.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import { mayKnow } from '#main/core/access/predicates.ts'
import type { Scope } from '#main/core/access/scope.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)
const patientColumns = { id: patients.id, mrn: patients.mrn, familyName: patients.familyName, givenName: patients.givenName, sex: patients.sex, birthDate: patients.birthDate, phone: patients.phone }
/** The literals of the partial indexes, which SQLite compares to the letter. */
const isOpen = sql`${recalls.status} = 'open'`
const isKept = sql`${appointments.status} = 'fulfilled'`

/** Nobody asks the dead, those who have left, or those who do not want to be asked, to come again. */
const isToBeCalled = and(isNull(patients.deceasedOn), isNull(patients.inactiveReason), isNull(patients.contactBan))

/** No later visit of the type stands or was kept, and nobody has a recall of this one yet. */
const isLastOfItsType: SQL = sql`not exists (select 1 from appointments later where later.patient_id = ${appointments.patientId} and later.type_id = ${appointments.typeId}
  and later.starts_at > ${appointments.startsAt} and later.status not in ('cancelled', 'no-show'))`
const hasNoRecall: SQL = sql`not exists (select 1 from recalls r where r.rule_id = ${value('ruleId')} and r.source_id = ${appointments.id})`
/** A patient who is on the list for this type already, or for any, is called once. */
const isNotCalledAnyway: SQL = sql`not exists (select 1 from recalls r where r.patient_id = ${appointments.patientId} and r.status = 'open' and (r.type_id is null or r.type_id = ${appointments.typeId}))`

/** Exported so that a test asks the plan of each. */
export const reads = prepared((db: ReadDb) => ({
  written: db.select({ recall: recalls, patient: patientColumns, typeName: appointmentTypes.name }).from(recalls)
    .innerJoin(patients, and(eq(patients.id, recalls.patientId), mayKnow(recalls.patientId))).leftJoin(appointmentTypes, eq(appointmentTypes.id, recalls.typeId))
    .where(and(isOpen, sql`(${recalls.workOn}, ${recalls.id}) > (${value('afterOn')}, ${value('afterId')})`, lt(recalls.workOn, value('until')), isToBeCalled))
    .orderBy(asc(recalls.workOn), asc(recalls.id)).limit(limits.recall_page_rows + 1).prepare(),
  byRule: db.select({ id: appointments.id, startsAt: appointments.startsAt, providerId: appointments.providerId, typeId: appointments.typeId, typeName: appointmentTypes.name, patient: patientColumns }).from(appointments)
    .innerJoin(patients, and(eq(patients.id, appointments.patientId), mayKnow(appointments.patientId))).innerJoin(appointmentTypes, eq(appointmentTypes.id, appointments.typeId))
    .where(and(isKept, eq(appointments.typeId, value('typeId')), gte(appointments.startsAt, value('from')), lt(appointments.startsAt, value('to')), isToBeCalled, isLastOfItsType, hasNoRecall, isNotCalledAnyway))
    .orderBy(asc(appointments.startsAt), asc(appointments.id)).limit(limits.recall_page_rows + RULE_MARGIN).prepare(),
  recallById: db.select().from(recalls).where(and(eq(recalls.id, value('id')), mayKnow(recalls.patientId))).prepare(),
  openOfPatient: db.select().from(recalls).where(and(eq(recalls.patientId, value('patientId')), isOpen)).orderBy(asc(recalls.dueOn)).limit(limits.recall_page_rows).prepare(),
  recallExists: db.select({ id: recalls.id }).from(recalls).where(eq(recalls.id, value('id'))).prepare(),
  recallOfRule: db.select().from(recalls).where(and(sql`${recalls.ruleId} is not null`, eq(recalls.ruleId, value('ruleId')), eq(recalls.sourceId, value('sourceId')), mayKnow(recalls.patientId))).prepare(),
  contactExists: db.select({ id: recallContacts.id }).from(recallContacts).where(eq(recallContacts.id, value('id'))).prepare(),
  rules: db.select().from(recallRules).orderBy(asc(recallRules.id)).prepare(),
  typeById: db.select({ id: appointmentTypes.id }).from(appointmentTypes).where(eq(appointmentTypes.id, value('id'))).prepare(),
  sourceById: db.select({ patientId: appointments.patientId, typeId: appointments.typeId, providerId: appointments.providerId, startsAt: appointments.startsAt }).from(appointments)
    .where(and(eq(appointments.id, value('id')), isKept, mayKnow(appointments.patientId))).prepare(),
  appointmentById: db.select({ patientId: appointments.patientId, startsAt: appointments.startsAt }).from(appointments).where(and(eq(appointments.id, value('id')), mayKnow(appointments.patientId))).prepare(),
  nextLive: db.select({ id: appointments.id }).from(appointments).where(and(
    eq(appointments.patientId, value('patientId')), gte(appointments.endsAt, value('now')), sql`(${value('typeId')} is null or ${appointments.typeId} = ${value('typeId')})`,
    sql`${appointments.status} not in ('cancelled', 'no-show', 'fulfilled')`,
  )).orderBy(asc(appointments.startsAt)).limit(1).prepare(),
  confirmationExists: db.select({ id: appointmentConfirmations.id }).from(appointmentConfirmations).where(eq(appointmentConfirmations.id, value('id'))).prepare(),
  toConfirm: db.select({
    id: appointments.id, startsAt: appointments.startsAt, endsAt: appointments.endsAt, providerId: appointments.providerId, typeName: appointmentTypes.name, patient: patientColumns,
    instructions: appointmentTypes.instructions, telehealthUrl: appointments.telehealthUrl, outcome: newest('outcome'), askedAt: newest('at'),
  }).from(appointments).innerJoin(patients, and(eq(patients.id, appointments.patientId), mayKnow(appointments.patientId))).leftJoin(appointmentTypes, eq(appointmentTypes.id, appointments.typeId))
    .where(and(gte(appointments.startsAt, value('from')), lt(appointments.startsAt, value('to')), sql`${appointments.status} in ('booked', 'proposed')`, isNull(patients.deceasedOn)))
    .orderBy(asc(appointments.startsAt), asc(appointments.id)).limit(limits.day_appointments_rows).prepare(),
}))

/** Several months end on the same day, so visits of neighbouring days may be due in another order than they were. */
const RULE_MARGIN = 8

/** What was said last of the appointment as it stands now; a moved one has not been asked about. */
function newest(column: 'outcome' | 'at'): SQL<string | null> {
  return sql<string | null>`(select ${sql.raw(`c.${column}`)} from appointment_confirmations c where c.appointment_id = ${appointments.id} and c.starts_at = ${appointments.startsAt} order by c.at desc, c.id desc limit 1)`
}

export const writtenRecalls = (db: ReadDb, { values }: Scope, after: RecallCursor, until: PlainDate): ListedRecall[] =>
  reads(db).written.all({ ...values, afterOn: after.workOn, afterId: after.id, until }).map(({ recall, patient, typeName }) => ({ ...toRecall(recall), patient: patient as PatientSummary, typeName })) // The CHECK on sex holds the model's constants.

export interface LastVisit { id: Id; startsAt: Instant; providerId: Id; typeId: Id | null; typeName: string; patient: PatientSummary }
export const lastVisits = (db: ReadDb, { values }: Scope, rule: RecallRule, from: Instant, to: Instant): LastVisit[] =>
  reads(db).byRule.all({ ...values, ruleId: rule.id, typeId: rule.typeId, from, to }).map((row) => ({ ...row, patient: row.patient as PatientSummary })) // As above.

export function recallById(db: ReadDb, { values }: Scope, id: Id): Recall | undefined {
  const row = reads(db).recallById.get({ ...values, id })
  return row && toRecall(row)
}
export function recallOfRule(db: ReadDb, { values }: Scope, origin: { ruleId: Id; sourceId: Id }): Recall | undefined {
  const row = reads(db).recallOfRule.get({ ...values, ...origin })
  return row && toRecall(row)
}
export const openRecallsOf = (db: ReadDb, { patientId }: OpenedFile): Recall[] => reads(db).openOfPatient.all({ patientId }).map(toRecall)
/** Whether ids are used: nothing of the rows leaves. */
export const recallExists = (db: ReadDb, id: Id): boolean => reads(db).recallExists.get({ id }) !== undefined
export const contactExists = (db: ReadDb, id: Id): boolean => reads(db).contactExists.get({ id }) !== undefined
export const confirmationExists = (db: ReadDb, id: Id): boolean => reads(db).confirmationExists.get({ id }) !== undefined
export const typeExists = (db: ReadDb, id: Id): boolean => reads(db).typeById.get({ id }) !== undefined

export const listRules = (db: ReadDb): RecallRule[] => reads(db).rules.all()
export const saveRule = (db: WriteDb, { id, ...rest }: RecallRule): void => void db.insert(recallRules).values({ id, ...rest }).onConflictDoUpdate({ target: recallRules.id, set: rest }).run()

export const keptVisit = (db: ReadDb, { values }: Scope, id: Id) => reads(db).sourceById.get({ ...values, id })
export const appointmentOf = (db: ReadDb, { values }: Scope, id: Id) => reads(db).appointmentById.get({ ...values, id })
/** An appointment that a recall made now would be closed by. */
export const fittingAhead = (db: ReadDb, { patientId, typeId }: Pick<Recall, 'patientId' | 'typeId'>, now: Instant): Id | undefined => reads(db).nextLive.get({ patientId, typeId, now })?.id

export const confirmationsBetween = (db: ReadDb, { values }: Scope, from: Instant, to: Instant): Confirmation[] => reads(db).toConfirm.all({ ...values, from, to }) as Confirmation[] // The CHECKs hold the model's constants.

interface Made { at: Instant; by: Id; appointmentId: Id | null }
export function insertRecall(db: WriteDb, { origin, ...recall }: Recall, { at, by, appointmentId }: Made): void {
  db.insert(recalls).values({ ...recall, ruleId: origin?.ruleId ?? null, sourceId: origin?.sourceId ?? null, appointmentId, createdAt: at, createdBy: by }).run()
}
export function updateRecall(db: WriteDb, { id, status, workOn, lastOutcome, lastContactAt, contacts }: Recall): void {
  db.update(recalls).set({ status, workOn, lastOutcome, lastContactAt, contacts }).where(eq(recalls.id, id)).run()
}
export const insertContact = (db: WriteDb, row: typeof recallContacts.$inferInsert): void => void db.insert(recallContacts).values(row).run()
export const insertConfirmation = (db: WriteDb, row: typeof appointmentConfirmations.$inferInsert): void => void db.insert(appointmentConfirmations).values(row).run()

function toRecall({ sourceId, ruleId, appointmentId: _appointment, createdAt: _at, createdBy: _by, ...row }: typeof recalls.$inferSelect): Recall {
  return { ...row, origin: ruleId && sourceId ? { ruleId, sourceId } : null } as Recall // The CHECKs hold the model's constants.
}
