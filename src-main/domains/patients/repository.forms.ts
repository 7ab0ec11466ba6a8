import { and, desc, eq, sql } from 'drizzle-orm'
import { registrationForms } from '#drizzle/schema/patients.ts'
import type { RegistrationForm } from '#shared/domains/patients/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const FORMS_KEPT = 5

const reads = prepared((db: ReadDb) => ({
  ofUser: db.select().from(registrationForms).where(eq(registrationForms.userId, sql.placeholder('userId'))).orderBy(desc(registrationForms.savedAt)).limit(FORMS_KEPT).prepare(),
}))

export const formsOf = (db: ReadDb, userId: Id): RegistrationForm[] =>
  reads(db).ofUser.all({ userId }).map(({ id, fields, savedAt }) => ({ id, fields: JSON.parse(fields) as RegistrationForm['fields'], savedAt })) // Written by writeForm alone.

export function writeForm(db: WriteDb, userId: Id, { id, fields, savedAt }: RegistrationForm): void {
  const row = { fields: JSON.stringify(fields), savedAt }
  db.insert(registrationForms).values({ id, userId, ...row }).onConflictDoUpdate({ target: registrationForms.id, set: row, setWhere: eq(registrationForms.userId, userId) }).run()
}

export function deleteForm(db: WriteDb, userId: Id, id: Id): void {
  db.delete(registrationForms).where(and(eq(registrationForms.id, id), eq(registrationForms.userId, userId))).run()
}
