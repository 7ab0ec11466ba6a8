import { and, asc, desc, eq, gt, gte, inArray, isNull, sql, type Placeholder } from 'drizzle-orm'
import { approvals } from '#drizzle/schema/approvals.ts'
import { ApprovalStatus } from '#shared/domains/approvals/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

type Row = typeof approvals.$inferSelect
export type ApprovalRow = Omit<Row, 'status'> & { status: ReturnType<typeof ApprovalStatus.parse> }

const value = (name: string): Placeholder => sql.placeholder(name)

const reads = prepared((db: ReadDb) => {
  const of = () => db.select().from(approvals)
  return {
    byId: of().where(eq(approvals.id, value('id'))).prepare(),
    open: of().where(and(eq(approvals.status, 'open'), gt(approvals.expiresAt, value('now')))).orderBy(asc(approvals.requestedAt)).limit(limits.page_rows).prepare(),
    sameOpen: of().where(and(
      eq(approvals.status, 'open'), eq(approvals.requestedBy, value('userId')), eq(approvals.procedure, value('procedure')), eq(approvals.input, value('input')), gt(approvals.expiresAt, value('now')),
    )).limit(1).prepare(),
    mine: of().where(and(eq(approvals.requestedBy, value('userId')), gte(approvals.requestedAt, value('since')))).orderBy(desc(approvals.requestedAt)).limit(limits.page_rows).prepare(),
    permit: of().where(and(
      eq(approvals.status, 'permitted'), eq(approvals.requestedBy, value('userId')), eq(approvals.procedure, value('procedure')), eq(approvals.input, value('input')), gt(approvals.expiresAt, value('now')),
    )).limit(1).prepare(),
    alone: of().where(and(inArray(approvals.status, ['alone']), isNull(approvals.reviewedAt))).orderBy(desc(approvals.requestedAt)).limit(limits.page_rows).prepare(),
  }
})

const typed = (row: Row): ApprovalRow => ({ ...row, status: ApprovalStatus.parse(row.status) })

export const approvalById = (db: ReadDb, id: Id): ApprovalRow | undefined => {
  const row = reads(db).byId.get({ id })
  return row && typed(row)
}
export const openApprovals = (db: ReadDb, now: Instant): ApprovalRow[] => reads(db).open.all({ now }).map(typed)
export const approvalsOf = (db: ReadDb, userId: Id, since: Instant): ApprovalRow[] => reads(db).mine.all({ userId, since }).map(typed)
export const unreviewed = (db: ReadDb): ApprovalRow[] => reads(db).alone.all().map(typed)

interface Same { userId: Id; procedure: string; input: string; now: Instant }
export const sameOpen = (db: ReadDb, wanted: Same): ApprovalRow | undefined => {
  const row = reads(db).sameOpen.get({ ...wanted })
  return row && typed(row)
}
export const permitFor = (db: ReadDb, wanted: Same): Id | undefined => reads(db).permit.get({ ...wanted })?.id

export const insertApproval = (db: WriteDb, row: typeof approvals.$inferInsert): void => void db.insert(approvals).values(row).run()
export const updateApproval = (db: WriteDb, id: Id, change: Partial<Pick<Row, 'status' | 'decidedBy' | 'decidedAt' | 'expiresAt' | 'declineReason' | 'refusedCode' | 'reviewedBy' | 'reviewedAt'>>): void =>
  void db.update(approvals).set(change).where(eq(approvals.id, id)).run()
