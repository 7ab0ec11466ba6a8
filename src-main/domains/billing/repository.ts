import { and, asc, eq, isNull, sql, type Placeholder } from 'drizzle-orm'
import { charges, feeItems, invoiceLines, invoices, pagePrints } from '#drizzle/schema/billing.ts'
import type { Charge, FeeItem, Invoice, printedDocuments, printMediums } from '#shared/domains/billing/model.ts'
import type { InvoiceLine } from '#shared/domains/billing/model.views.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)
const lineColumns = {
  id: invoiceLines.id, chargeId: invoiceLines.chargeId, code: invoiceLines.code, label: invoiceLines.label, quantity: invoiceLines.quantity,
  unitPriceCents: invoiceLines.unitPriceCents, amountCents: invoiceLines.amountCents,
}

const reads = prepared((db: ReadDb) => ({
  fees: db.select().from(feeItems).orderBy(asc(feeItems.code)).limit(2_000).prepare(),
  fee: db.select().from(feeItems).where(eq(feeItems.id, value('id'))).prepare(),
  feeByCode: db.select().from(feeItems).where(eq(feeItems.code, value('code'))).prepare(),
  chargeOwner: db.select({ patientId: charges.patientId }).from(charges).where(eq(charges.id, value('id'))).prepare(),
  charge: db.select().from(charges).where(and(eq(charges.id, value('id')), eq(charges.patientId, value('patientId')))).prepare(),
  chargesOf: db.select().from(charges).where(and(eq(charges.encounterId, value('encounterId')), eq(charges.patientId, value('patientId')), isNull(charges.removedAt)))
    .orderBy(asc(charges.chargedAt), asc(sql`${charges}.rowid`)).limit(limits.invoice_lines * 4).prepare(),
  invoiceOwner: db.select({ patientId: invoices.patientId }).from(invoices).where(eq(invoices.id, value('id'))).prepare(),
  invoice: db.select().from(invoices).where(and(eq(invoices.id, value('id')), eq(invoices.patientId, value('patientId')))).prepare(),
  lines: db.select(lineColumns).from(invoiceLines).innerJoin(invoices, eq(invoices.id, invoiceLines.invoiceId))
    .where(and(eq(invoiceLines.invoiceId, value('invoiceId')), eq(invoices.patientId, value('patientId')))).orderBy(asc(invoiceLines.position)).prepare(),
  prints: db.select({ count: sql<number>`count(*)` }).from(pagePrints).where(eq(pagePrints.documentId, value('documentId'))).prepare(),
  print: db.select().from(pagePrints).where(eq(pagePrints.id, value('id'))).prepare(),
}))

export const listFees = (db: ReadDb): FeeItem[] => reads(db).fees.all().map(toFee)
export const feeById = (db: ReadDb, id: Id): FeeItem | undefined => optional(reads(db).fee.get({ id }), toFee)
export const feeByCode = (db: ReadDb, code: string): FeeItem | undefined => optional(reads(db).feeByCode.get({ code }), toFee)
/** Whose a row is: the first step to it; what it says needs that patient's file. */
export const patientOfCharge = (db: ReadDb, id: Id): Id | undefined => reads(db).chargeOwner.get({ id })?.patientId
export const patientOfInvoice = (db: ReadDb, id: Id): Id | undefined => reads(db).invoiceOwner.get({ id })?.patientId

export const chargeById = (db: ReadDb, { patientId }: OpenedFile, id: Id): (Charge & { isRemoved: boolean }) | undefined =>
  optional(reads(db).charge.get({ id, patientId }), (row) => ({ ...toCharge(row), isRemoved: row.removedAt !== null }))
export const chargesOfEncounter = (db: ReadDb, { patientId }: OpenedFile, encounterId: Id): Charge[] => reads(db).chargesOf.all({ encounterId, patientId }).map(toCharge)
export const invoiceById = (db: ReadDb, { patientId }: OpenedFile, id: Id): (Invoice & { diagnoses: readonly string[]; issuedBy: Id }) | undefined =>
  optional(reads(db).invoice.get({ id, patientId }), (row) => ({ ...toInvoice(row), diagnoses: row.diagnoses, issuedBy: row.issuedBy }))
export const linesOfInvoice = (db: ReadDb, { patientId }: OpenedFile, invoiceId: Id): InvoiceLine[] => reads(db).lines.all({ invoiceId, patientId })
export const printsOf = (db: ReadDb, documentId: Id): number => reads(db).prints.get({ documentId })?.count ?? 0
export const printExists = (db: ReadDb, id: Id): boolean => reads(db).print.get({ id }) !== undefined

export function saveFee(db: WriteDb, fee: FeeItem, updatedAt: Instant): void {
  db.insert(feeItems).values({ ...fee, updatedAt }).onConflictDoUpdate({ target: feeItems.id, set: { ...fee, updatedAt } }).run()
}

export function insertCharge(db: WriteDb, charge: Charge, chargedBy: Id): void {
  db.insert(charges).values({ ...charge, chargedBy }).run()
}

export function removeCharge(db: WriteDb, id: Id, at: Instant, by: Id): void {
  db.update(charges).set({ removedAt: at, removedBy: by }).where(eq(charges.id, id)).run()
}

/** Writes the invoice with its frozen lines and ties the charges to it. */
export function insertInvoice(db: WriteDb, invoice: Invoice, more: { issuedBy: Id; diagnoses: readonly string[]; charges: readonly Charge[]; newId: () => Id }): void {
  db.insert(invoices).values({ ...invoice, issuedBy: more.issuedBy, diagnoses: more.diagnoses, voidedBy: null }).run()
  more.charges.forEach((charge, position) => {
    db.insert(invoiceLines).values({
      id: more.newId(), invoiceId: invoice.id, chargeId: charge.id, position, code: charge.code, label: charge.label, quantity: charge.quantity,
      unitPriceCents: charge.unitPriceCents, amountCents: charge.amountCents,
    }).run()
    db.update(charges).set({ invoiceId: invoice.id }).where(eq(charges.id, charge.id)).run()
  })
}

/** The number and the lines stay; the charges wait for a bill again. */
export function markVoid(db: WriteDb, id: Id, voided: { at: Instant; by: Id; reason: NonNullable<Invoice['voidReason']> }): void {
  db.update(invoices).set({ status: 'void', voidedAt: voided.at, voidedBy: voided.by, voidReason: voided.reason }).where(eq(invoices.id, id)).run()
  db.update(charges).set({ invoiceId: null }).where(eq(charges.invoiceId, id)).run()
}

interface Print { id: Id; document: (typeof printedDocuments)[number]; documentId: Id; medium: (typeof printMediums)[number]; printedAt: Instant; printedBy: Id }
export function insertPrint(db: WriteDb, print: Print): void {
  db.insert(pagePrints).values(print).run()
}

const optional = <R, T>(row: R | undefined, map: (row: R) => T): T | undefined => (row === undefined ? undefined : map(row))

function toFee({ updatedAt: _at, ...row }: typeof feeItems.$inferSelect): FeeItem {
  return row as FeeItem // The CHECK on kind holds the model's constants.
}

function toCharge({ chargedBy: _by, removedAt: _at, removedBy: _who, ...row }: typeof charges.$inferSelect): Charge {
  return row
}

export function toInvoice(row: typeof invoices.$inferSelect): Invoice {
  const { diagnoses: _diagnoses, issuedBy: _by, voidedBy: _who, settledAt: _settled, ...rest } = row
  return rest as Invoice // The CHECKs on status and void reason hold the model's constants.
}
