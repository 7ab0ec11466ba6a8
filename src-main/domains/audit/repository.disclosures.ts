import { and, desc, eq, sql } from 'drizzle-orm'
import { disclosures } from '#drizzle/schema/audit.ts'
import { staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { patients } from '#drizzle/schema/patients.ts'
import type { DisclosuresInput } from '#shared/domains/audit/contract.ts'
import type { Disclosure } from '#shared/domains/audit/model.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const columns = {
  id: disclosures.id, at: disclosures.at, kind: disclosures.kind, document: disclosures.document, documentId: disclosures.documentId,
  patientId: disclosures.patientId, actorId: disclosures.actorId, recipient: disclosures.recipient, purpose: disclosures.purpose, rowCount: disclosures.rowCount,
  actorName: sql<string | null>`${staffMembers.givenName} || ' ' || ${staffMembers.familyName}`,
  patientName: sql<string | null>`${patients.familyName} || ', ' || ${patients.givenName}`, patientMrn: patients.mrn,
}

/** Exported so that a test asks the plan of each. */
export const disclosureReads = prepared((db: ReadDb) => {
  const page = (...conditions: (ReturnType<typeof sql> | undefined)[]) => db.select(columns).from(disclosures)
    .leftJoin(userAccounts, eq(userAccounts.id, disclosures.actorId)).leftJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
    .leftJoin(patients, eq(patients.id, disclosures.patientId))
    .where(and(...conditions, sql`(${disclosures.at}, ${disclosures.id}) < (${sql.placeholder('at')}, ${sql.placeholder('id')})`))
    .orderBy(desc(disclosures.at), desc(disclosures.id)).limit(sql.placeholder('limit'))
  return {
    all: page().prepare(),
    patient: page(sql`${disclosures.patientId} = ${sql.placeholder('patientId')}`).prepare(),
    exists: db.select({ id: disclosures.id }).from(disclosures).where(eq(disclosures.id, sql.placeholder('id'))).prepare(),
  }
})

/** After every time that is written: the first page. */
const FIRST = { at: '9999', id: '' }

export function list(db: ReadDb, { patientId, before, limit }: DisclosuresInput): Disclosure[] {
  const given = { ...(before ?? FIRST), patientId, limit }
  const rows = patientId === null ? disclosureReads(db).all.all(given) : disclosureReads(db).patient.all(given)
  return rows.map((row) => ({ ...row, kind: row.kind as Disclosure['kind'] })) // The CHECK on the table holds the model's constants.
}

export const exists = (db: ReadDb, id: string): boolean => disclosureReads(db).exists.get({ id }) !== undefined

export type NewDisclosure = Pick<Disclosure, 'id' | 'kind' | 'document' | 'documentId' | 'patientId' | 'recipient' | 'purpose' | 'rowCount'>

export function insert(db: WriteDb, row: NewDisclosure & Pick<Disclosure, 'at' | 'actorId'>): void {
  db.insert(disclosures).values(row).run()
}
