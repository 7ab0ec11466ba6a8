import { and, asc, desc, eq, sql, type Placeholder } from 'drizzle-orm'
import { staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { consentForms, patientConsents } from '#drizzle/schema/consents.ts'
import type { ConsentForm, PatientConsent } from '#shared/domains/consents/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)
const person = { givenName: staffMembers.givenName, familyName: staffMembers.familyName }
/** From which version on a signature holds: the newest one that asked everybody again, up to this one. */
const validFrom = sql<number>`(select max(v.version) from consent_forms v where v.form_id = ${consentForms.formId} and v.version <= ${consentForms.version} and (v.asks_again = 1 or v.version = 1))`
const isNewest = sql`not exists (select 1 from consent_forms later where later.form_id = ${consentForms.formId} and later.version > ${consentForms.version})`

const formsQuery = (db: ReadDb) => db.select({ row: consentForms, validFromVersion: validFrom, ...person }).from(consentForms)
  .innerJoin(userAccounts, eq(userAccounts.id, consentForms.savedBy)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
const consentsQuery = (db: ReadDb) => db.select({ row: patientConsents, formId: consentForms.formId, formName: consentForms.name, formVersion: consentForms.version, ...person }).from(patientConsents)
  .innerJoin(consentForms, eq(consentForms.id, patientConsents.formVersionId))
  .innerJoin(userAccounts, eq(userAccounts.id, patientConsents.witnessedBy)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))

/** Exported so that a test asks the plan of each. */
export const reads = prepared((db: ReadDb) => ({
  forms: formsQuery(db).where(isNewest).orderBy(desc(consentForms.isActive), asc(consentForms.name)).limit(limits.consent_forms_max).prepare(),
  formById: formsQuery(db).where(eq(consentForms.id, value('id'))).prepare(),
  newestOf: formsQuery(db).where(eq(consentForms.formId, value('formId'))).orderBy(desc(consentForms.version)).limit(1).prepare(),
  ofPatient: consentsQuery(db).where(eq(patientConsents.patientId, value('patientId'))).orderBy(desc(patientConsents.decidedAt)).limit(limits.page_rows * 2).prepare(),
  owner: db.select({ patientId: patientConsents.patientId }).from(patientConsents).where(eq(patientConsents.id, value('id'))).prepare(),
  byId: consentsQuery(db).where(and(eq(patientConsents.id, value('id')), eq(patientConsents.patientId, value('patientId')))).prepare(),
  withdrawal: db.select({ id: patientConsents.id }).from(patientConsents).where(and(eq(patientConsents.patientId, value('patientId')), eq(patientConsents.withdrawsId, value('id')))).prepare(),
}))

type FormRow = ReturnType<ReturnType<typeof reads>['formById']['all']>[number]
function toForm({ row, validFromVersion, givenName, familyName }: FormRow): ConsentForm {
  const { typeIds, asksAgain: _asks, savedBy: _by, ...rest } = row
  return { ...rest, typeIds: JSON.parse(typeIds) as Id[], validFromVersion, savedBy: `${givenName} ${familyName}` } as ConsentForm // The CHECKs hold the model's constants; `typeIds` is written by `insertForm` alone.
}
export const listForms = (db: ReadDb): ConsentForm[] => reads(db).forms.all().map(toForm)
export function formById(db: ReadDb, id: Id): ConsentForm | undefined {
  const row = reads(db).formById.get({ id })
  return row && toForm(row)
}
export function newestForm(db: ReadDb, formId: Id): ConsentForm | undefined {
  const row = reads(db).newestOf.get({ formId })
  return row && toForm(row)
}

/** As it is kept: who stood by as an account, and the signature itself. */
export type StoredConsent = typeof patientConsents.$inferSelect
type ConsentRow = ReturnType<ReturnType<typeof reads>['byId']['all']>[number]
function toConsent({ row, formId, formName, formVersion, givenName, familyName }: ConsentRow): PatientConsent {
  const { signature: _signature, witnessedBy: _by, ...rest } = row
  return { ...rest, formId, formName, formVersion, witness: `${givenName} ${familyName}` } as PatientConsent // The CHECKs hold the model's constants.
}
export const consentsOf = (db: ReadDb, { patientId }: OpenedFile): PatientConsent[] => reads(db).ofPatient.all({ patientId }).map(toConsent)
/** Whose it is: nothing else of it leaves. */
export const patientOfConsent = (db: ReadDb, id: Id): Id | undefined => reads(db).owner.get({ id })?.patientId
export function consentById(db: ReadDb, { patientId }: OpenedFile, id: Id): { consent: PatientConsent; stored: StoredConsent } | undefined {
  const row = reads(db).byId.get({ id, patientId })
  return row && { consent: toConsent(row), stored: row.row }
}
export const isWithdrawn = (db: ReadDb, { patientId }: OpenedFile, id: Id): boolean => reads(db).withdrawal.get({ patientId, id }) !== undefined

interface NewForm extends Omit<ConsentForm, 'validFromVersion' | 'savedBy'> { asksAgain: boolean; savedById: Id }
export function insertForm(db: WriteDb, { savedById, typeIds, ...row }: NewForm): void {
  db.insert(consentForms).values({ ...row, typeIds: JSON.stringify(typeIds), savedBy: savedById }).run()
}
export const insertConsent = (db: WriteDb, row: StoredConsent): void => void db.insert(patientConsents).values(row).run()
