import { and, asc, desc, eq, gte, isNull, lt, ne, sql, type Placeholder, type SQL } from 'drizzle-orm'
import { charges, invoices, ledgerEntries, unchargedVisits } from '#drizzle/schema/billing.ts'
import { staffMembers } from '#drizzle/schema/clinic.ts'
import { encounters } from '#drizzle/schema/encounters.ts'
import { patients } from '#drizzle/schema/patients.ts'
import { appointments } from '#drizzle/schema/scheduling.ts'
import type { Invoice } from '#shared/domains/billing/model.ts'
import type { VisitFacts } from '#shared/domains/billing/rules.ts'
import type { PatientSummary } from '#shared/domains/patients/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Cents } from '#shared/kernel/money.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import { mayKnow } from '#main/core/access/predicates.ts'
import type { Scope } from '#main/core/access/scope.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import { toInvoice } from './repository.ts'

const value = (name: string): Placeholder => sql.placeholder(name)
/** A literal and no parameter, or SQLite cannot see that the partial index fits. */
const isIssued = sql`${invoices.status} = 'issued'`
const isOpen = and(isIssued, isNull(invoices.settledAt))

const patientColumns = {
  id: patients.id, mrn: patients.mrn, familyName: patients.familyName, givenName: patients.givenName, sex: patients.sex, birthDate: patients.birthDate, phone: patients.phone,
}
/** "Dr. Haddad", or "G. Adeyemi" where there is no title. */
const providerName = sql<string | null>`coalesce(${staffMembers.title} || ' ' || ${staffMembers.familyName}, substr(${staffMembers.givenName}, 1, 1) || '. ' || ${staffMembers.familyName})`

// Counted by subquery, each through an index that begins with the visit (patient for insurance).
const countOf = (from: string, where: SQL) => sql<number>`(select count(*) from ${sql.raw(from)} where ${where})`
const factColumns = {
  signed: countOf('clinical_notes n', sql`n.encounter_id = ${encounters.id} and n.status = 'signed'`),
  diagnosisCount: countOf('diagnoses d', sql`d.encounter_id = ${encounters.id} and d.entered_in_error_at is null`),
  withoutMember: countOf('coverages c', sql`c.patient_id = ${encounters.patientId} and c.ended_at is null and coalesce(c.member_number, '') = ''`),
  chargeCount: countOf('charges c', sql`c.encounter_id = ${encounters.id} and c.invoice_id is null and c.removed_at is null`),
  liveInvoices: countOf('invoices i', sql`i.encounter_id = ${encounters.id} and i.status = 'issued'`),
  unbilledCents: sql<number>`(select coalesce(sum(c.amount_cents), 0) from charges c where c.encounter_id = ${encounters.id} and c.invoice_id is null and c.removed_at is null)`,
}
const visitColumns = { encounterId: encounters.id, visitedAt: encounters.startedAt, providerName, patient: patientColumns, ...factColumns }

const invoiceSums = {
  chargesCents: sql<number>`(select coalesce(sum(l.amount_cents), 0) from ledger_entries l where l.invoice_id = ${invoices.id} and l.kind = 'charge')`,
  paidCents: sql<number>`(select coalesce(sum(l.amount_cents), 0) from ledger_entries l where l.invoice_id = ${invoices.id} and l.kind in ('payment', 'credit', 'refund'))`,
  dueCents: sql<number>`(select coalesce(sum(l.amount_cents), 0) from ledger_entries l where l.invoice_id = ${invoices.id})`,
}
const billColumns = { invoice: invoices, ...invoiceSums, visitedAt: encounters.startedAt, providerName, patient: patientColumns }

/** The list queries by name, not yet prepared: the tests ask the planner about each of them. */
export const listQueries = (db: ReadDb) => {
  const bills = () => db.select(billColumns).from(invoices)
    .innerJoin(patients, eq(patients.id, invoices.patientId)).innerJoin(encounters, eq(encounters.id, invoices.encounterId))
    .leftJoin(staffMembers, eq(staffMembers.id, encounters.providerId))
  const visits = () => db.select(visitColumns).from(encounters)
    .innerJoin(patients, eq(patients.id, encounters.patientId)).leftJoin(staffMembers, eq(staffMembers.id, encounters.providerId))
  return {
    /** Visits with charges that wait, however old: the partial index holds nothing else. */
    waiting: db.selectDistinct({ id: charges.encounterId }).from(charges).where(and(isNull(charges.invoiceId), isNull(charges.removedAt), mayKnow(charges.patientId))).limit(limits.work_list_rows),
    /** Visits without any charge, once they are over. Cross joins keep the order: from the few that wait to their rows. */
    uncharged: db.select({ id: encounters.id }).from(unchargedVisits)
      .crossJoin(encounters).crossJoin(appointments).where(and(
        eq(encounters.id, unchargedVisits.encounterId), eq(appointments.id, encounters.appointmentId), ne(encounters.status, 'cancelled'), mayKnow(encounters.patientId),
        sql`(${appointments.status} = 'fulfilled' or (${appointments.startsAt} < ${value('today')} and ${appointments.status} in ('arrived', 'roomed', 'in-progress')))`,
      )).limit(limits.work_list_rows),
    visitsByIds: visits().where(and(sql`${encounters.id} in (select value from json_each(${value('ids')}))`, mayKnow(encounters.patientId))).orderBy(desc(encounters.startedAt), desc(encounters.id)),
    visit: visits().where(and(eq(encounters.id, value('id')), eq(encounters.patientId, value('patientId')))),
    /** Oldest first: the longer a bill waits, the sooner somebody should ask. */
    openBills: bills().where(and(isOpen, mayKnow(invoices.patientId), sql`(${invoices.issuedAt}, ${invoices.id}) > (${value('afterAt')}, ${value('afterId')})`))
      .orderBy(asc(invoices.issuedAt), asc(invoices.id)).limit(value('limit')),
    /** Bills of today stay in sight until midnight, paid or not. */
    issuedSince: bills().where(and(isIssued, mayKnow(invoices.patientId), gte(invoices.issuedAt, value('from')))).orderBy(desc(invoices.issuedAt), desc(invoices.id)).limit(limits.work_list_rows),
    openOfPatient: bills().where(and(eq(invoices.patientId, value('patientId')), isIssued, isNull(invoices.settledAt))).orderBy(desc(invoices.issuedAt)).limit(limits.page_rows),
    billsOfPatient: bills().where(eq(invoices.patientId, value('patientId'))).orderBy(desc(invoices.issuedAt)).limit(limits.page_rows),
    billsOfEncounter: bills().where(and(eq(invoices.encounterId, value('encounterId')), sql`+${invoices.patientId} = ${value('patientId')}`)).orderBy(asc(invoices.issuedAt)).limit(limits.page_rows),
    openCount: db.select({ count: sql<number>`count(*)` }).from(invoices).where(and(isOpen, mayKnow(invoices.patientId))),
    openDue: db.select({ dueCents: sql<number>`coalesce(sum(${ledgerEntries.amountCents}), 0)` })
      .from(invoices).innerJoin(ledgerEntries, eq(ledgerEntries.invoiceId, invoices.id)).where(and(isOpen, mayKnow(invoices.patientId))),
    unbilledOfPatient: db.select({ total: sql<number>`coalesce(sum(${charges.amountCents}), 0)` }).from(encounters).innerJoin(charges, eq(charges.encounterId, encounters.id))
      .where(and(eq(encounters.patientId, value('patientId')), isNull(charges.invoiceId), isNull(charges.removedAt))),
    /** Everyone who was here on that day, in the order of the day. */
    seenBetween: db.select({
      appointmentId: appointments.id, startsAt: appointments.startsAt, status: appointments.status, providerName, patient: patientColumns, encounterId: encounters.id, ...factColumns,
    }).from(appointments)
      .innerJoin(patients, eq(patients.id, appointments.patientId)).innerJoin(staffMembers, eq(staffMembers.id, appointments.providerId))
      .leftJoin(encounters, eq(encounters.appointmentId, appointments.id))
      .where(and(gte(appointments.startsAt, value('from')), lt(appointments.startsAt, value('to')), sql`${appointments.status} in ('arrived', 'roomed', 'in-progress', 'fulfilled')`, mayKnow(appointments.patientId)))
      .orderBy(asc(appointments.startsAt)).limit(limits.day_appointments_rows),
  }
}

const reads = prepared((db: ReadDb) => {
  const queries = listQueries(db)
  return {
    waiting: queries.waiting.prepare(), uncharged: queries.uncharged.prepare(), visitsByIds: queries.visitsByIds.prepare(), visit: queries.visit.prepare(),
    openBills: queries.openBills.prepare(), issuedSince: queries.issuedSince.prepare(), openOfPatient: queries.openOfPatient.prepare(),
    billsOfPatient: queries.billsOfPatient.prepare(), billsOfEncounter: queries.billsOfEncounter.prepare(), openCount: queries.openCount.prepare(), openDue: queries.openDue.prepare(),
    unbilledOfPatient: queries.unbilledOfPatient.prepare(), seenBetween: queries.seenBetween.prepare(),
  }
})

export interface WaitingVisit { encounterId: Id; visitedAt: Instant; providerName: string | null; patient: PatientSummary; unbilledCents: Cents; facts: VisitFacts }
export interface Bill { invoice: Invoice; chargesCents: Cents; paidCents: Cents; dueCents: Cents; visitedAt: Instant; providerName: string | null; patient: PatientSummary }
export interface SeenVisit { appointmentId: Id; startsAt: Instant; status: string; providerName: string | null; patient: PatientSummary; encounterId: Id | null; unbilledCents: Cents; facts: VisitFacts }

/** Visits with a charge that waits, and visits before `today` (or done) with none. */
export const waitingIds = (db: ReadDb, { values }: Scope, today: Instant): Id[] =>
  [...new Set([...reads(db).waiting.all({ ...values }), ...reads(db).uncharged.all({ ...values, today })].map((row) => row.id))]

/** Newest first. */
export const waitingVisits = (db: ReadDb, scope: Scope, today: Instant): WaitingVisit[] =>
  reads(db).visitsByIds.all({ ...scope.values, ids: JSON.stringify(waitingIds(db, scope, today)) }).map(toVisit)

export function visitFacts(db: ReadDb, { patientId }: OpenedFile, encounterId: Id): WaitingVisit | undefined {
  const row = reads(db).visit.get({ id: encounterId, patientId })
  return row && toVisit(row)
}

export const openBills = (db: ReadDb, { values }: Scope, page: { afterAt: Instant; afterId: Id; limit: number }): Bill[] => reads(db).openBills.all({ ...values, ...page }).map(toBill)
export const billsIssuedSince = (db: ReadDb, { values }: Scope, from: Instant): Bill[] => reads(db).issuedSince.all({ ...values, from }).map(toBill)
export const openBillsOfPatient = (db: ReadDb, { patientId }: OpenedFile): Bill[] => reads(db).openOfPatient.all({ patientId }).map(toBill)
export const billsOfPatient = (db: ReadDb, { patientId }: OpenedFile): Bill[] => reads(db).billsOfPatient.all({ patientId }).map(toBill)
export const billsOfEncounter = (db: ReadDb, { patientId }: OpenedFile, encounterId: Id): Bill[] => reads(db).billsOfEncounter.all({ encounterId, patientId }).map(toBill)
export const openCount = (db: ReadDb, { values }: Scope): number => reads(db).openCount.get({ ...values })?.count ?? 0
export const openDue = (db: ReadDb, { values }: Scope): Cents => reads(db).openDue.get({ ...values })?.dueCents ?? 0
export const unbilledOfPatient = (db: ReadDb, { patientId }: OpenedFile): Cents => reads(db).unbilledOfPatient.get({ patientId })?.total ?? 0
export const seenBetween = (db: ReadDb, { values }: Scope, from: Instant, to: Instant): SeenVisit[] =>
  reads(db).seenBetween.all({ ...values, from, to }).map((row) => ({ ...row, patient: toSummary(row.patient), facts: toFacts(row) }))

interface FactRow { signed: number; diagnosisCount: number; withoutMember: number; chargeCount: number; liveInvoices: number }
const toFacts = (row: FactRow): VisitFacts => ({
  hasSignedNote: row.signed > 0, chargeCount: row.chargeCount, diagnosisCount: row.diagnosisCount,
  lacksMemberNumber: row.withoutMember > 0, liveInvoices: row.liveInvoices,
})

type PatientRow = { id: string; mrn: number; familyName: string; givenName: string; sex: string; birthDate: string; phone: string | null }
const toSummary = (row: PatientRow): PatientSummary => row as PatientSummary // The CHECK on sex holds the model's constants.

type VisitRow = FactRow & { encounterId: string; visitedAt: string; providerName: string | null; patient: PatientRow; unbilledCents: number }
const toVisit = (row: VisitRow): WaitingVisit => ({
  encounterId: row.encounterId, visitedAt: row.visitedAt, providerName: row.providerName, patient: toSummary(row.patient), unbilledCents: row.unbilledCents, facts: toFacts(row),
})

type BillRow = Omit<Bill, 'invoice' | 'patient'> & { invoice: typeof invoices.$inferSelect; patient: PatientRow }
const toBill = (row: BillRow): Bill => ({ ...row, invoice: toInvoice(row.invoice), patient: toSummary(row.patient) })
