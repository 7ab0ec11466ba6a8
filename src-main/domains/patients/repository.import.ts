import { and, asc, eq, gt, inArray, isNull, sql, type Placeholder } from 'drizzle-orm'
import { coverages, patientIdentifiers, patients } from '#drizzle/schema/patients.ts'
import type { Sex } from '#shared/domains/patients/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { mayKnow } from '#main/core/access/predicates.ts'
import type { Scope } from '#main/core/access/scope.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)
const columns = {
  id: patients.id, familyName: patients.familyName, givenName: patients.givenName, middleName: patients.middleName, suffix: patients.suffix, birthDate: patients.birthDate, sex: patients.sex,
  phone: patients.phone, email: patients.email, address: patients.addressLine1, postalCode: patients.postalCode,
}
export interface KnownRow {
  id: Id; familyName: string; givenName: string; middleName: string | null; suffix: string | null; birthDate: PlainDate; sex: Sex; phone: string | null; email: string | null; address: string | null; postalCode: string | null
  accounts: string[]; payer: string | null; memberNumber: string | null
}

export const everybodyPage = (db: ReadDb) => db.select(columns).from(patients).where(and(gt(patients.id, value('after')), mayKnow(patients.id))).orderBy(asc(patients.id)).limit(value('limit'))
const reads = prepared((db: ReadDb) => ({
  page: everybodyPage(db).prepare(),
  accounts: db.select({ value: patientIdentifiers.value }).from(patientIdentifiers).where(and(eq(patientIdentifiers.patientId, value('id')), eq(patientIdentifiers.system, value('system')))).prepare(),
  payer: db.select({ payer: coverages.payerName, memberNumber: coverages.memberNumber }).from(coverages).where(and(eq(coverages.patientId, value('id')), isNull(coverages.endedAt))).orderBy(asc(coverages.rank)).limit(1).prepare(),
}))

export function peopleAfter(db: ReadDb, { values }: Scope, system: string, after: Id, limit: number): KnownRow[] {
  return reads(db).page.all({ ...values, after, limit }).map((row) => {
    const cover = reads(db).payer.get({ id: row.id })
    return { ...row, sex: row.sex as Sex, accounts: reads(db).accounts.all({ id: row.id, system }).map((one) => one.value), payer: cover?.payer ?? null, memberNumber: cover?.memberNumber ?? null } // The CHECK on sex holds the model's constants.
  })
}

/** Identifiers by system and value, the others by id; refused by the database unless their import is being taken back. */
export const takeBack = {
  coverages: (db: WriteDb, ids: readonly Id[]): void => void db.delete(coverages).where(inArray(coverages.id, [...ids])).run(),
  patients: (db: WriteDb, ids: readonly Id[]): void => void db.delete(patients).where(inArray(patients.id, [...ids])).run(),
  identifiers: (db: WriteDb, keys: readonly string[]): void => {
    for (const key of keys) {
      const [system = '', identifier = ''] = key.split('\n')
      db.delete(patientIdentifiers).where(and(eq(patientIdentifiers.system, system), eq(patientIdentifiers.value, identifier))).run()
    }
  },
}
