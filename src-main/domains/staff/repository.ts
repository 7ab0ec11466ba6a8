import { and, asc, eq, gte, inArray, lte, sql, type Placeholder } from 'drizzle-orm'
import { staffMembers } from '#drizzle/schema/clinic.ts'
import { coverageRules, leaveRequests, rosterTemplates, shifts, swapRequests } from '#drizzle/schema/staff.ts'
import { inHomeOrder, RoleSchema } from '#shared/access/roles.ts'
import type { CoverageRule, LeaveRequest, RosterPerson, RosterTemplate, Shift, SwapRequest } from '#shared/domains/staff/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)

const leaveColumns = {
  id: leaveRequests.id, staffId: leaveRequests.staffId, kind: leaveRequests.kind, fromOn: leaveRequests.fromOn, toOn: leaveRequests.toOn, note: leaveRequests.note, status: leaveRequests.status,
  requestedAt: leaveRequests.requestedAt, decidedAt: leaveRequests.decidedAt,
}

/** Exported so that a test asks the plan of each. People, templates and coverage rules are a few dozen rows and read whole. */
export const reads = prepared((db: ReadDb) => {
  const swap = () => db.select({ swap: swapRequests, shift: shifts }).from(swapRequests).leftJoin(shifts, eq(shifts.id, swapRequests.shiftId))
  return {
    people: db.select({
      person: staffMembers,
      // With names of its own: in a select of one table Drizzle writes columns without their table, and "id" would be the account's.
      roles: sql<string | null>`(select group_concat(r.role) from user_roles r join user_accounts a on a.id = r.user_id where a.staff_id = staff_members.id)`,
    }).from(staffMembers).where(eq(staffMembers.isActive, true)).orderBy(asc(staffMembers.sortOrder)).prepare(),
    shifts: db.select().from(shifts).where(and(gte(shifts.date, value('from')), lte(shifts.date, value('to')))).orderBy(asc(shifts.date)).prepare(),
    shiftById: db.select().from(shifts).where(eq(shifts.id, value('id'))).prepare(),
    shiftsOf: db.select().from(shifts).where(and(eq(shifts.staffId, value('staffId')), gte(shifts.date, value('from')), lte(shifts.date, value('to')))).prepare(),
    templates: db.select().from(rosterTemplates).orderBy(asc(rosterTemplates.name)).prepare(),
    templateById: db.select().from(rosterTemplates).where(eq(rosterTemplates.id, value('id'))).prepare(),
    coverage: db.select().from(coverageRules).orderBy(asc(coverageRules.weekday), asc(coverageRules.startMin)).prepare(),
    leaveById: db.select(leaveColumns).from(leaveRequests).where(eq(leaveRequests.id, value('id'))).prepare(),
    openLeave: db.select(leaveColumns).from(leaveRequests).where(and(inArray(leaveRequests.status, ['requested', 'approved']), gte(leaveRequests.toOn, value('from')))).limit(limits.page_rows).prepare(),
    leaveOf: db.select(leaveColumns).from(leaveRequests).where(and(eq(leaveRequests.staffId, value('staffId')), gte(leaveRequests.toOn, value('from')))).orderBy(asc(leaveRequests.toOn)).limit(limits.page_rows).prepare(),
    swapById: swap().where(eq(swapRequests.id, value('id'))).prepare(),
    openSwaps: swap().where(inArray(swapRequests.status, ['asked', 'agreed'])).limit(limits.page_rows).prepare(),
  }
})

export const listPeople = (db: ReadDb): RosterPerson[] =>
  reads(db).people.all().map(({ person: { createdAt: _at, ...person }, roles }) => ({ ...person, roles: inHomeOrder(RoleSchema.array().parse((roles ?? '').split(',').filter(Boolean))) }))
export const personExists = (db: ReadDb, id: string): boolean => listPeople(db).some((person) => person.id === id)

export const shiftsBetween = (db: ReadDb, from: PlainDate, to: PlainDate): Shift[] => reads(db).shifts.all({ from, to })
export const shiftById = (db: ReadDb, id: string): Shift | undefined => reads(db).shiftById.get({ id })
export const shiftsOf = (db: ReadDb, staffId: string, from: PlainDate, to: PlainDate): Shift[] => reads(db).shiftsOf.all({ staffId, from, to })
export const saveShift = (db: WriteDb, { id, ...rest }: Shift): void => void db.insert(shifts).values({ id, ...rest }).onConflictDoUpdate({ target: shifts.id, set: rest }).run()
export const deleteShift = (db: WriteDb, id: string): void => void db.delete(shifts).where(eq(shifts.id, id)).run()

export const listTemplates = (db: ReadDb): RosterTemplate[] => reads(db).templates.all()
export const templateById = (db: ReadDb, id: string): RosterTemplate | undefined => reads(db).templateById.get({ id })
export const saveTemplate = (db: WriteDb, { id, ...rest }: RosterTemplate): void => void db.insert(rosterTemplates).values({ id, ...rest }).onConflictDoUpdate({ target: rosterTemplates.id, set: rest }).run()
export const deleteTemplate = (db: WriteDb, id: string): void => void db.delete(rosterTemplates).where(eq(rosterTemplates.id, id)).run()

export const listCoverage = (db: ReadDb): CoverageRule[] => reads(db).coverage.all().map((row) => ({ ...row, role: RoleSchema.parse(row.role) }))
export const saveCoverage = (db: WriteDb, { id, ...rest }: CoverageRule): void => void db.insert(coverageRules).values({ id, ...rest }).onConflictDoUpdate({ target: coverageRules.id, set: rest }).run()
export const deleteCoverage = (db: WriteDb, id: string): void => void db.delete(coverageRules).where(eq(coverageRules.id, id)).run()

export const openLeave = (db: ReadDb, from: PlainDate): LeaveRequest[] => reads(db).openLeave.all({ from })
export const leaveOf = (db: ReadDb, staffId: string, from: PlainDate): LeaveRequest[] => reads(db).leaveOf.all({ staffId, from })
export const leaveById = (db: ReadDb, id: string): LeaveRequest | undefined => reads(db).leaveById.get({ id })
export const insertLeave = (db: WriteDb, row: LeaveRequest, by: { requestedBy: string; decidedBy: string | null }): void => void db.insert(leaveRequests).values({ ...row, ...by }).run()
export const updateLeave = (db: WriteDb, { id, status, decidedAt }: LeaveRequest, decidedBy: string): void => void db.update(leaveRequests).set({ status, decidedAt, decidedBy }).where(eq(leaveRequests.id, id)).run()

type SwapRow = { swap: typeof swapRequests.$inferSelect; shift: Shift | null }
const toSwap = ({ swap: { decidedBy: _by, ...swap }, shift }: SwapRow): SwapRequest => ({ ...swap, shift })
export const swapById = (db: ReadDb, id: string): SwapRequest | undefined => {
  const row = reads(db).swapById.get({ id })
  return row && toSwap(row)
}
export const openSwaps = (db: ReadDb): SwapRequest[] => reads(db).openSwaps.all().map(toSwap)
export const insertSwap = (db: WriteDb, { shift: _shift, ...row }: SwapRequest): void => void db.insert(swapRequests).values(row).run()
export const updateSwap = (db: WriteDb, { id, status, decidedAt }: SwapRequest, decidedBy: string): void => void db.update(swapRequests).set({ status, decidedAt, decidedBy }).where(eq(swapRequests.id, id)).run()
