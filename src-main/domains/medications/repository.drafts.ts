import { and, asc, eq, isNull, sql, type Placeholder } from 'drizzle-orm'
import { staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { prescriptionDrafts, prescriptionFavourites } from '#drizzle/schema/medications.ts'
import type { Favourite, PrescriptionDraft, PrescriptionOrder } from '#shared/domains/medications/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { OpenedChart } from '#main/core/access/opened.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'
import { columnsOf, orderOf } from './repository.orders.ts'

/** What is not signed: orders that somebody made ready for a patient, and those that a provider keeps for the next one. */

const value = (name: string): Placeholder => sql.placeholder(name)

/** Exported so that a test asks the plan of each. */
export const queries = (db: ReadDb) => {
  const drafts = () => db.select({ draft: prescriptionDrafts, preparedBy: { title: staffMembers.title, givenName: staffMembers.givenName, familyName: staffMembers.familyName } }).from(prescriptionDrafts)
    .innerJoin(userAccounts, eq(userAccounts.id, prescriptionDrafts.preparedBy))
    .innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
  const ofPatient = eq(prescriptionDrafts.patientId, value('patientId'))
  return {
    open: drafts().where(and(ofPatient, isNull(prescriptionDrafts.settledAt))).orderBy(asc(prescriptionDrafts.preparedAt)).limit(limits.page_rows),
    byId: drafts().where(and(eq(prescriptionDrafts.id, value('id')), ofPatient)),
    owner: db.select({ patientId: prescriptionDrafts.patientId }).from(prescriptionDrafts).where(eq(prescriptionDrafts.id, value('id'))),
    favourites: db.select().from(prescriptionFavourites).where(and(eq(prescriptionFavourites.userId, value('userId')), isNull(prescriptionFavourites.removedAt))).orderBy(asc(prescriptionFavourites.addedAt)).limit(limits.page_rows),
    favourite: db.select().from(prescriptionFavourites).where(eq(prescriptionFavourites.id, value('id'))),
  }
}

const reads = prepared((db: ReadDb) => {
  const made = queries(db)
  return { open: made.open.prepare(), byId: made.byId.prepare(), owner: made.owner.prepare(), favourites: made.favourites.prepare(), favourite: made.favourite.prepare() }
})

export const patientOfDraft = (db: ReadDb, id: Id): Id | undefined => reads(db).owner.get({ id })?.patientId
export const openDrafts = (db: ReadDb, { patientId }: OpenedChart): PrescriptionDraft[] => reads(db).open.all({ patientId }).map(toDraft)

export function draftById(db: ReadDb, { patientId }: OpenedChart, id: Id): (PrescriptionDraft & { isSettled: boolean }) | undefined {
  const row = reads(db).byId.get({ id, patientId })
  return row && { ...toDraft(row), isSettled: row.draft.settledAt !== null }
}

export function insertDraft(db: WriteDb, row: { id: Id; patientId: Id; encounterId: Id | null; preparedAt: Instant; preparedBy: Id }, order: PrescriptionOrder): void {
  db.insert(prescriptionDrafts).values({ ...row, ...columnsOf(order) }).run()
}
export function settleDraft(db: WriteDb, id: Id, at: Instant, by: Id): void {
  db.update(prescriptionDrafts).set({ settledAt: at, settledBy: by }).where(eq(prescriptionDrafts.id, id)).run()
}

/** One person's own; nothing of a patient is in them. */
export const favouritesOf = (db: ReadDb, userId: Id): Favourite[] => reads(db).favourites.all({ userId }).map((row) => ({ id: row.id, order: orderOf(row) }))
export const favouriteById = (db: ReadDb, id: Id): { userId: Id; isRemoved: boolean } | undefined => {
  const row = reads(db).favourite.get({ id })
  return row && { userId: row.userId, isRemoved: row.removedAt !== null }
}
export function insertFavourite(db: WriteDb, { id, order }: Favourite, userId: Id, addedAt: Instant): void {
  db.insert(prescriptionFavourites).values({ id, userId, addedAt, ...columnsOf(order) }).run()
}
export function removeFavourite(db: WriteDb, id: Id, at: Instant): void {
  db.update(prescriptionFavourites).set({ removedAt: at }).where(eq(prescriptionFavourites.id, id)).run()
}

function toDraft({ draft, preparedBy }: { draft: typeof prescriptionDrafts.$inferSelect; preparedBy: PrescriptionDraft['preparedBy'] }): PrescriptionDraft {
  const { id, patientId, encounterId, preparedAt } = draft
  return { id, patientId, encounterId, order: orderOf(draft), preparedAt, preparedBy }
}
