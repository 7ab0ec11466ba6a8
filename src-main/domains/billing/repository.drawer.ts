import { and, asc, desc, eq, gte, lt, sql, type Placeholder, type SQL } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import { drawerClosePayments, drawerCloses, payments, undraweredPayments } from '#drizzle/schema/billing.ts'
import { staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import type { DrawerClose } from '#shared/domains/billing/model.drawer.ts'
import type { MethodTotal } from '#shared/domains/billing/model.views.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)
const sumOf = (kind: 'payment' | 'refund'): SQL<number> => sql<number>`coalesce(sum(${payments.amountCents}) filter (where ${payments.kind} = ${sql.raw(`'${kind}'`)}), 0)`
const totals = {
  method: payments.method, takenCents: sumOf('payment'), refundedCents: sumOf('refund'),
  count: sql<number>`count(*) filter (where ${payments.kind} = 'payment')`,
}
const closedByName = sql<string>`${staffMembers.givenName} || ' ' || ${staffMembers.familyName}`

/** The queries by name, not yet prepared: the tests ask the planner about each of them. */
export const drawerQueries = (db: ReadDb) => {
  const closes = () => db.select({ close: drawerCloses, closedByName }).from(drawerCloses)
    .innerJoin(userAccounts, eq(userAccounts.id, drawerCloses.closedBy)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
  return {
    waiting: db.select({ id: payments.id }).from(payments).where(sql`${payments.id} in (select payment_id from ${undraweredPayments})`)
      .orderBy(asc(payments.takenAt), asc(payments.id)).limit(limits.drawer_payments + 1),
    byId: closes().where(eq(drawerCloses.id, value('id'))),
    last: closes().orderBy(desc(drawerCloses.number)).limit(1),
    page: closes().where(lt(drawerCloses.number, value('before'))).orderBy(desc(drawerCloses.number)).limit(limits.page_rows),
    totalsOfPage: db.select({ closeId: drawerCloses.id, ...totals }).from(drawerCloses)
      .innerJoin(drawerClosePayments, eq(drawerClosePayments.closeId, drawerCloses.id)).innerJoin(payments, eq(payments.id, drawerClosePayments.paymentId))
      .where(and(gte(drawerCloses.number, value('from')), lt(drawerCloses.number, value('before')))).groupBy(drawerCloses.id, payments.method),
  }
}

const reads = prepared((db: ReadDb) => {
  const queries = drawerQueries(db)
  return { waiting: queries.waiting.prepare(), byId: queries.byId.prepare(), last: queries.last.prepare(), page: queries.page.prepare(), totalsOfPage: queries.totalsOfPage.prepare() }
})

const among = (column: AnySQLiteColumn, ids: readonly Id[]): SQL => sql`${column} in (select value from json_each(${JSON.stringify(ids)}))`

/** Oldest first; one more than a close can hold where there are more. */
export const waitingPayments = (db: ReadDb): Id[] => reads(db).waiting.all().map((row) => row.id)
export const isWaiting = (db: ReadDb, ids: readonly Id[]): boolean => {
  const waiting = db.select({ id: undraweredPayments.paymentId }).from(undraweredPayments).where(among(undraweredPayments.paymentId, ids)).all()
  return waiting.length === new Set(ids).size
}
export const totalsOf = (db: ReadDb, ids: readonly Id[]): MethodTotal[] =>
  db.select(totals).from(payments).where(among(payments.id, ids)).groupBy(payments.method).orderBy(asc(payments.method)).all().map(toTotal)

export const closeById = (db: ReadDb, id: Id): DrawerClose | undefined => withTotals(db, reads(db).byId.all({ id }))[0]
export const lastClose = (db: ReadDb): DrawerClose | undefined => withTotals(db, reads(db).last.all())[0]
export const closesBefore = (db: ReadDb, before: number): DrawerClose[] => withTotals(db, reads(db).page.all({ before }))

export function insertClose(db: WriteDb, close: Omit<DrawerClose, 'closedByName' | 'byMethod'>, closedBy: Id, paymentIds: readonly Id[]): void {
  db.insert(drawerCloses).values({ ...close, closedBy }).run()
  for (const paymentId of paymentIds) db.insert(drawerClosePayments).values({ paymentId, closeId: close.id }).run()
}

/** Rows are of neighbouring numbers, latest first. */
function withTotals(db: ReadDb, rows: readonly { close: typeof drawerCloses.$inferSelect; closedByName: string }[]): DrawerClose[] {
  const [first, last] = [rows[0]?.close.number, rows.at(-1)?.close.number]
  if (first === undefined || last === undefined) return []
  const all = reads(db).totalsOfPage.all({ from: last, before: first + 1 })
  return rows.map(({ close: { closedBy: _by, ...close }, closedByName: name }) => ({ ...close, closedByName: name, byMethod: all.filter((row) => row.closeId === close.id).map(toTotal) }))
}

const toTotal = ({ method, takenCents, refundedCents, count }: { method: string; takenCents: number; refundedCents: number; count: number }): MethodTotal =>
  ({ method: method as MethodTotal['method'], takenCents, refundedCents, count }) // The CHECK on method holds the model's constants.
