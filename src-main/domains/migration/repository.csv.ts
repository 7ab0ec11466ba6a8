import { and, asc, desc, eq, gt, inArray, sql, type Placeholder } from 'drizzle-orm'
import { staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { csvImports, csvMade, csvPairs, csvProblems, csvRows, csvShapes } from '#drizzle/schema/csv-import.ts'
import { patients } from '#drizzle/schema/patients.ts'
import { appointments } from '#drizzle/schema/scheduling.ts'
import { CsvReading, CsvReport, type csvStages, type CsvImport, type CsvProblem, type pairDecisions, type rowStates } from '#shared/domains/migration/csv/contract.ts'
import type { CsvKind, Problem } from '#shared/domains/migration/csv/model.ts'
import type { PairPlan, RowPlan } from '#shared/domains/migration/csv/plan.ts'
import type { Sex } from '#shared/domains/patients/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { mayKnow } from '#main/core/access/predicates.ts'
import type { Scope } from '#main/core/access/scope.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)
/** A row as it is staged: what becomes of it, and what it says. */
export interface StagedRow extends RowPlan { readonly draft: unknown }
export type Stage = (typeof csvStages)[number]
export type RowState = (typeof rowStates)[number]

/** The list queries by name, not yet prepared: the tests ask the planner about each of them. */
export const csvQueries = (db: ReadDb) => ({
  imports: db.select({ run: csvImports, given: staffMembers.givenName, family: staffMembers.familyName }).from(csvImports)
    .innerJoin(userAccounts, eq(userAccounts.id, csvImports.stagedBy)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
    .orderBy(desc(csvImports.stagedAt)).limit(limits.page_rows),
  problems: db.select().from(csvProblems).where(and(eq(csvProblems.importId, value('id')), sql`(${csvProblems.line}, ${csvProblems.id}) > (coalesce((select line from csv_problems where id = ${value('after')}), 0), ${value('after')})`))
    .orderBy(asc(csvProblems.line), asc(csvProblems.id)).limit(value('limit')),
  pairs: db.select().from(csvPairs).where(eq(csvPairs.importId, value('id'))).orderBy(desc(csvPairs.score), desc(csvPairs.id)).limit(value('limit')).offset(value('after')),
  rowsAfter: db.select().from(csvRows).where(and(eq(csvRows.importId, value('id')), gt(csvRows.line, value('after')))).orderBy(asc(csvRows.line)).limit(value('limit')),
  ofGroup: db.select().from(csvRows).where(and(eq(csvRows.importId, value('id')), eq(csvRows.groupLine, value('groupLine')))).orderBy(asc(csvRows.line)),
  row: db.select().from(csvRows).where(and(eq(csvRows.importId, value('id')), eq(csvRows.line, value('line')))),
  made: db.select().from(csvMade).where(and(eq(csvMade.importId, value('id')), eq(csvMade.tableName, value('table')))).limit(value('limit')),
})

const reads = prepared((db: ReadDb) => {
  const queries = csvQueries(db)
  return {
    imports: queries.imports.prepare(), problems: queries.problems.prepare(), pairs: queries.pairs.prepare(), rowsAfter: queries.rowsAfter.prepare(), ofGroup: queries.ofGroup.prepare(),
    row: queries.row.prepare(), made: queries.made.prepare(),
    one: db.select({ run: csvImports, given: staffMembers.givenName, family: staffMembers.familyName }).from(csvImports)
      .innerJoin(userAccounts, eq(userAccounts.id, csvImports.stagedBy)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId)).where(eq(csvImports.id, value('id'))).prepare(),
    shape: db.select({ reading: csvShapes.reading }).from(csvShapes).where(eq(csvShapes.shape, value('shape'))).prepare(),
    pair: db.select().from(csvPairs).where(eq(csvPairs.id, value('id'))).prepare(),
    before: db.select({ at: csvImports.committedAt }).from(csvImports).where(and(eq(csvImports.fileHash, value('hash')), eq(csvImports.stage, 'done'), sql`${csvImports.id} <> ${value('id')}`)).limit(1).prepare(),
    same: db.select().from(csvPairs).where(and(eq(csvPairs.importId, value('id')), eq(csvPairs.decision, 'same'))).prepare(),
    groups: db.select({ line: csvRows.line, groupLine: csvRows.groupLine, patientId: csvRows.patientId }).from(csvRows).where(and(eq(csvRows.importId, value('id')), inArray(csvRows.state, ['new', 'joined']))).prepare(),
    person: db.select({
      familyName: patients.familyName, givenName: patients.givenName, birthDate: patients.birthDate, sex: patients.sex, phone: patients.phone, mrn: patients.mrn,
    }).from(patients).where(and(eq(patients.id, value('id')), mayKnow(patients.id))).prepare(),
  }
})

const writes = prepared((db: WriteDb) => ({
  row: db.insert(csvRows).values({ importId: value('importId'), line: value('line'), state: value('state'), groupLine: value('groupLine'), patientId: value('patientId'), madeId: null, draft: value('draft') }).prepare(),
  problem: db.insert(csvProblems).values({ importId: value('importId'), line: value('line'), field: value('field'), code: value('code'), stops: value('stops'), value: value('value') }).prepare(),
  made: db.insert(csvMade).values({ importId: value('importId'), tableName: value('tableName'), rowId: value('rowId') }).onConflictDoNothing().prepare(),
  done: db.update(csvRows).set({ state: value('state'), madeId: value('madeId') } as never).where(and(eq(csvRows.importId, value('importId')), eq(csvRows.line, value('line')))).prepare(), // `set` takes placeholders; only its type says otherwise.
  unmade: db.delete(csvMade).where(and(eq(csvMade.tableName, value('tableName')), eq(csvMade.rowId, value('rowId')))).prepare(),
}))

export type ImportRow = Omit<CsvImport, 'importedBefore'>
const toImport = ({ run, given, family }: { run: typeof csvImports.$inferSelect; given: string; family: string }): ImportRow & { fileHash: string } => ({
  id: run.id, kind: run.kind as CsvKind, source: run.source, stage: run.stage as Stage, rowCount: run.rowCount, stagedAt: run.stagedAt, stagedBy: `${given} ${family}`, // The CHECKs hold the model's constants.
  committedAt: run.committedAt, undoneAt: run.undoneAt, report: CsvReport.parse(JSON.parse(run.report)), fileHash: run.fileHash,
})
const withBefore = (db: ReadDb, { fileHash, ...run }: ImportRow & { fileHash: string }): CsvImport => ({ ...run, importedBefore: reads(db).before.get({ hash: fileHash, id: run.id })?.at ?? null })
export const listImports = (db: ReadDb): CsvImport[] => reads(db).imports.all().map((row) => withBefore(db, toImport(row)))
export function importById(db: ReadDb, id: Id): CsvImport | undefined {
  const row = reads(db).one.get({ id })
  return row && withBefore(db, toImport(row))
}

export const listProblems = (db: ReadDb, id: Id, after: number, limit: number): CsvProblem[] => reads(db).problems.all({ id, after, limit }).map(({ importId: _i, ...row }) => row as CsvProblem) // Written from the model's constants.
export const listPairs = (db: ReadDb, id: Id, after: number, limit: number) => reads(db).pairs.all({ id, after, limit })
export const pairById = (db: ReadDb, id: Id) => reads(db).pair.get({ id })
export const rowsAfter = (db: ReadDb, id: Id, after: number, limit: number) => reads(db).rowsAfter.all({ id, after, limit })
export const rowAt = (db: ReadDb, id: Id, line: number) => reads(db).row.get({ id, line })
export const rowsOfGroup = (db: ReadDb, id: Id, groupLine: number) => reads(db).ofGroup.all({ id, groupLine })
export const decidedSame = (db: ReadDb, id: Id) => reads(db).same.all({ id })
export const groupsOf = (db: ReadDb, id: Id) => reads(db).groups.all({ id })
export const madeRows = (db: ReadDb, id: Id, table: string, limit: number): string[] => reads(db).made.all({ id, table, limit }).map((row) => row.rowId)
export function personById(db: ReadDb, { values }: Scope, id: Id) {
  const row = reads(db).person.get({ ...values, id })
  return row && { ...row, sex: row.sex as Sex } // The CHECK holds the model's constants.
}

export function readShape(db: ReadDb, shape: string): CsvReading | undefined {
  const found = reads(db).shape.get({ shape })
  return found && CsvReading.safeParse(JSON.parse(found.reading)).data
}
export function saveShape(db: WriteDb, shape: string, reading: CsvReading, at: Instant): void {
  const row = { shape, reading: JSON.stringify(reading), usedAt: at }
  db.insert(csvShapes).values(row).onConflictDoUpdate({ target: csvShapes.shape, set: row }).run()
}

/** A dry run takes the place of the one before: what was staged and not taken is nobody's any more. */
export function forgetStaged(db: WriteDb): void {
  const staged = db.select({ id: csvImports.id }).from(csvImports).where(eq(csvImports.stage, 'staged')).all().map(({ id }) => id)
  for (const id of staged) {
    forgetRows(db, id)
    db.delete(csvProblems).where(eq(csvProblems.importId, id)).run()
    db.delete(csvImports).where(eq(csvImports.id, id)).run()
  }
}
export function forgetRows(db: WriteDb, id: Id): void {
  db.delete(csvRows).where(eq(csvRows.importId, id)).run()
  db.delete(csvPairs).where(eq(csvPairs.importId, id)).run()
}

export function insertImport(db: WriteDb, row: { id: Id; kind: CsvKind; fileHash: string; source: string; rowCount: number; stagedAt: Instant; stagedBy: Id; report: CsvReport }): void {
  db.insert(csvImports).values({ ...row, stage: 'staged', report: JSON.stringify(row.report) }).run()
}
export function updateImport(db: WriteDb, id: Id, change: { stage?: Stage; rowCount?: number; committedAt?: Instant; undoneAt?: Instant; report?: CsvReport }): void {
  const { report, ...rest } = change
  db.update(csvImports).set({ ...rest, ...(report ? { report: JSON.stringify(report) } : {}) }).where(eq(csvImports.id, id)).run()
}
export const insertRow = (db: WriteDb, importId: Id, { draft, ...row }: StagedRow): void => void writes(db).row.run({ importId, ...row, draft: JSON.stringify(draft) })
export const insertProblem = (db: WriteDb, importId: Id, { stops, ...problem }: Problem): void => void writes(db).problem.run({ importId, ...problem, stops })
export function insertPair(db: WriteDb, importId: Id, id: Id, { agree, differ, ...pair }: PairPlan): void {
  db.insert(csvPairs).values({ id, importId, ...pair, facts: JSON.stringify({ agree, differ }) }).run()
}
export const decidePair = (db: WriteDb, id: Id, decision: (typeof pairDecisions)[number] | null): void => void db.update(csvPairs).set({ decision }).where(eq(csvPairs.id, id)).run()
export const noteMade = (db: WriteDb, importId: Id, tableName: string, rowId: string): void => void writes(db).made.run({ importId, tableName, rowId })
export const noteUnmade = (db: WriteDb, tableName: string, rowId: string): void => void writes(db).unmade.run({ tableName, rowId })
export const closeRow = (db: WriteDb, importId: Id, line: number, state: RowState, madeId: string | null): void => void writes(db).done.run({ importId, line, state, madeId })
export const countRowsIn = (db: ReadDb, id: Id) =>
  db.select({ state: csvRows.state, count: sql<number>`count(*)` }).from(csvRows).where(eq(csvRows.importId, id)).groupBy(csvRows.state).all()
/** Rows that wait for a person and are left out if nobody decides, by state. */
export const countWaiting = (db: ReadDb, id: Id): Map<string, number> => new Map(
  db.select({ state: csvRows.state, count: sql<number>`count(*)` }).from(csvRows).where(and(
    eq(csvRows.importId, id), inArray(csvRows.state, ['new', 'joined']), sql`exists (select 1 from csv_problems p where p.import_id = ${csvRows.importId} and p.line = ${csvRows.line} and p.stops = 1)`,
  )).groupBy(csvRows.state).all().map(({ state, count }) => [state, count]),
)
export const countProblems = (db: ReadDb, id: Id) =>
  db.select({ code: csvProblems.code, stops: csvProblems.stops, count: sql<number>`count(*)` }).from(csvProblems).where(eq(csvProblems.importId, id)).groupBy(csvProblems.code, csvProblems.stops).orderBy(desc(sql`count(*)`)).all()
export const countPairs = (db: ReadDb, id: Id): number => db.select({ count: sql<number>`count(*)` }).from(csvPairs).where(eq(csvPairs.importId, id)).get()?.count ?? 0
export const hasAppointment = (db: ReadDb, id: Id): boolean => db.select({ id: appointments.id }).from(appointments).where(eq(appointments.id, id)).get() !== undefined
