import { and, desc, eq, gt, gte, isNull, lt, lte, or, sql, type Placeholder } from 'drizzle-orm'
import { staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { medicationStatements } from '#drizzle/schema/encounters.ts'
import { medicationRequests, prescriptionAlerts, prescriptionCancellations, prescriptionPrints } from '#drizzle/schema/medications.ts'
import { patients } from '#drizzle/schema/patients.ts'
import type { Cancellation, KeptAlert, MedicationRequest, PrescriptionRow, printMediums } from '#shared/domains/medications/model.ts'
import type { OverrideRow, PrintedPrescription } from '#shared/domains/medications/model.views.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant, PlainDate } from '#shared/kernel/time.ts'
import type { OpenedFile, OpenedMinimum } from '#main/core/access/opened.ts'
import { mayKnow, mayReadChart } from '#main/core/access/predicates.ts'
import type { Scope } from '#main/core/access/scope.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'
import { columnsOf, orderOf } from './repository.orders.ts'

const value = (name: string): Placeholder => sql.placeholder(name)
const prescriber = { title: staffMembers.title, givenName: staffMembers.givenName, familyName: staffMembers.familyName, credentials: staffMembers.credentials, npi: staffMembers.npi }
const summary = { id: patients.id, mrn: patients.mrn, familyName: patients.familyName, givenName: patients.givenName, sex: patients.sex, birthDate: patients.birthDate, phone: patients.phone }
const printCount = sql<number>`(select count(*) from prescription_prints p where p.request_id = ${medicationRequests.id})`
/** A later prescription goes on with it, and that one stands. */
const isRenewed = sql<number>`exists (select 1 from medication_requests r where r.renews_id = ${medicationRequests.id}
  and not exists (select 1 from prescription_cancellations c where c.request_id = r.id))`
/** `isChronic` of rules.order.ts, so that nobody reads a year of antibiotics to find three tablets. */
const goesOn = and(or(isNull(medicationRequests.days), gte(medicationRequests.days, 28)), eq(medicationRequests.isAsNeeded, false), sql`${medicationRequests.frequency} <> 'once'`)

/** Exported so that a test asks the plan of each. */
export const queries = (db: ReadDb) => {
  const rows = () => db.select({ request: medicationRequests, prescriber, cancellation: prescriptionCancellations, prints: printCount, isRenewed }).from(medicationRequests)
    .innerJoin(userAccounts, eq(userAccounts.id, medicationRequests.signedBy))
    .innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
    .leftJoin(prescriptionCancellations, eq(prescriptionCancellations.requestId, medicationRequests.id))
  const ofPatient = eq(medicationRequests.patientId, value('patientId'))
  const newest = [desc(medicationRequests.signedAt), desc(medicationRequests.id)] as const
  return {
    page: rows().where(and(ofPatient, lte(medicationRequests.signedAt, value('at')), or(lt(medicationRequests.signedAt, value('at')), lt(medicationRequests.id, value('lastId'))))).orderBy(...newest).limit(value('limit')),
    byId: rows().where(and(eq(medicationRequests.id, value('id')), ofPatient)),
    renewable: rows().innerJoin(medicationStatements, eq(medicationStatements.id, medicationRequests.statementId))
      .where(and(
        ofPatient, goesOn, isNull(prescriptionCancellations.requestId), sql`not ${isRenewed}`, isNull(medicationStatements.enteredInErrorAt),
        or(isNull(medicationStatements.endedOn), gt(medicationStatements.endedOn, value('today'))),
      )).orderBy(...newest).limit(limits.page_rows),
    unprinted: rows().where(and(ofPatient, isNull(prescriptionCancellations.requestId), sql`${printCount} = 0`)).orderBy(...newest).limit(30),
    liveOfStatement: db.select({ id: medicationRequests.id }).from(medicationRequests).leftJoin(prescriptionCancellations, eq(prescriptionCancellations.requestId, medicationRequests.id))
      .where(and(eq(medicationRequests.statementId, value('statementId')), ofPatient, isNull(prescriptionCancellations.requestId))).limit(2),
    alerts: db.select().from(prescriptionAlerts).where(and(eq(prescriptionAlerts.requestId, value('requestId')), eq(prescriptionAlerts.patientId, value('patientId')))).orderBy(prescriptionAlerts.id).limit(80),
    overrides: db.select({ alert: prescriptionAlerts, patient: summary, prescriber, sentence: medicationRequests.sentence, cancelled: prescriptionCancellations.requestId }).from(prescriptionAlerts)
      .innerJoin(medicationRequests, eq(medicationRequests.id, prescriptionAlerts.requestId))
      .innerJoin(patients, eq(patients.id, prescriptionAlerts.patientId))
      .innerJoin(userAccounts, eq(userAccounts.id, medicationRequests.signedBy))
      .innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
      .leftJoin(prescriptionCancellations, eq(prescriptionCancellations.requestId, medicationRequests.id))
      .where(and(
        sql`${prescriptionAlerts.severity} = 'severe'`, lte(prescriptionAlerts.notedAt, value('at')), or(lt(prescriptionAlerts.notedAt, value('at')), lt(prescriptionAlerts.id, value('lastId'))),
        mayKnow(prescriptionAlerts.patientId), mayReadChart(prescriptionAlerts.patientId),
      )).orderBy(desc(prescriptionAlerts.notedAt), desc(prescriptionAlerts.id)).limit(value('limit')),
    owner: db.select({ patientId: medicationRequests.patientId }).from(medicationRequests).where(eq(medicationRequests.id, value('id'))),
    patient: db.select().from(patients).where(eq(patients.id, value('patientId'))),
    print: db.select({ id: prescriptionPrints.id }).from(prescriptionPrints).where(eq(prescriptionPrints.id, value('id'))),
  }
}

const reads = prepared((db: ReadDb) => {
  const made = queries(db)
  return {
    page: made.page.prepare(), byId: made.byId.prepare(), renewable: made.renewable.prepare(), unprinted: made.unprinted.prepare(), liveOfStatement: made.liveOfStatement.prepare(), alerts: made.alerts.prepare(),
    overrides: made.overrides.prepare(), owner: made.owner.prepare(), patient: made.patient.prepare(), print: made.print.prepare(),
  }
})

export interface PageFrom { at: Instant; id: Id }
/** The first page begins after every moment there can be. */
const from = (before: PageFrom | null) => ({ at: before?.at ?? '9999-12-31T23:59:59.999Z', lastId: before?.id ?? 'g' })

export const patientOfRequest = (db: ReadDb, id: Id): Id | undefined => reads(db).owner.get({ id })?.patientId
export const requestById = (db: ReadDb, file: OpenedMinimum, id: Id): PrescriptionRow | undefined => reads(db).byId.all({ id, patientId: file.patientId }).map((row) => toRow(db, file, row))[0]
export const requestsPage = (db: ReadDb, file: OpenedMinimum, before: PageFrom | null, limit: number): PrescriptionRow[] =>
  reads(db).page.all({ patientId: file.patientId, limit, ...from(before) }).map((row) => toRow(db, file, row))
export const renewable = (db: ReadDb, file: OpenedMinimum, today: PlainDate): PrescriptionRow[] => reads(db).renewable.all({ patientId: file.patientId, today }).map((row) => toRow(db, file, row))
export const unprinted = (db: ReadDb, file: OpenedMinimum): PrescriptionRow[] => reads(db).unprinted.all({ patientId: file.patientId }).map((row) => toRow(db, file, row))
/** Prescriptions that stand behind an entry among the current medications; one more than one is as good as many. */
export const liveOfStatement = (db: ReadDb, { patientId }: OpenedFile, statementId: Id): Id[] => reads(db).liveOfStatement.all({ patientId, statementId }).map((row) => row.id)
export const printExists = (db: ReadDb, id: Id): boolean => reads(db).print.get({ id }) !== undefined

export function overridesPage(db: ReadDb, scope: Scope, before: PageFrom | null, limit: number): OverrideRow[] {
  return reads(db).overrides.all({ ...scope.values, limit, ...from(before) }).map(({ alert, patient, cancelled, ...row }) => ({
    ...row, id: alert.id, requestId: alert.requestId, at: alert.notedAt, isCancelled: cancelled !== null, alert: toAlert(alert),
    patient: { ...patient, sex: patient.sex as OverrideRow['patient']['sex'] }, // The CHECK on sex.
  }))
}

export function printedPatient(db: ReadDb, { patientId }: OpenedFile): PrintedPrescription['patient'] | undefined {
  const row = reads(db).patient.get({ patientId })
  if (!row) return undefined
  const { id, mrn, familyName, givenName, birthDate, phone, sex } = row
  const town = [row.city, [row.state, row.postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  return {
    id, mrn, familyName, givenName, birthDate, phone, sex: sex as PrintedPrescription['patient']['sex'], // The CHECK on sex.
    addressLines: [row.addressLine1, row.addressLine2, town].filter((line): line is string => Boolean(line)),
  }
}

export function insertRequest(db: WriteDb, { order, ...row }: MedicationRequest): void {
  db.insert(medicationRequests).values({ ...row, ...columnsOf(order) }).run()
}
export function insertAlert(db: WriteDb, id: Id, { id: requestId, patientId, signedAt: notedAt }: MedicationRequest, alert: KeptAlert): void {
  db.insert(prescriptionAlerts).values({ id, requestId, patientId, notedAt, ...alert }).run()
}
export function insertCancellation(db: WriteDb, requestId: Id, cancellation: Cancellation, cancelledBy: Id): void {
  db.insert(prescriptionCancellations).values({ requestId, cancelledBy, ...cancellation }).run()
}
export function insertPrint(db: WriteDb, print: { id: Id; requestId: Id; medium: (typeof printMediums)[number]; printedAt: Instant; printedBy: Id }): void {
  db.insert(prescriptionPrints).values(print).run()
}

interface Found {
  request: typeof medicationRequests.$inferSelect
  prescriber: PrescriptionRow['prescriber']
  cancellation: typeof prescriptionCancellations.$inferSelect | null
  prints: number
  isRenewed: number
}

function toRow(db: ReadDb, { patientId }: OpenedFile, { request, prescriber: by, cancellation, prints, isRenewed: renewed }: Found): PrescriptionRow {
  const { id, encounterId, sentence, renewsId, statementId, signedAt, signedBy } = request
  return {
    id, patientId, encounterId, order: orderOf(request), sentence, renewsId, statementId, signedAt, signedBy, prescriber: by, prints, isRenewed: renewed === 1,
    cancellation: cancellation && { reason: cancellation.reason as Cancellation['reason'], note: cancellation.note, cancelledAt: cancellation.cancelledAt }, // The CHECK on reason.
    alerts: reads(db).alerts.all({ requestId: id, patientId }).map(toAlert),
  }
}

function toAlert({ kind, severity, subjectId, subjectLabel, drugClass, overrideReason }: typeof prescriptionAlerts.$inferSelect): KeptAlert {
  return { kind, severity, subjectId, subjectLabel, drugClass, overrideReason } as KeptAlert // The CHECKs on kind, severity and reason.
}
