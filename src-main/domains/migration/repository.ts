import { and, asc, desc, eq, sql, type Placeholder } from 'drizzle-orm'
import { staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { importRuns, importSkips } from '#drizzle/schema/migration.ts'
import { ImportCounts, type ImportRun, type ImportSkip } from '#shared/domains/migration/contract.ts'
import type { importKinds, importStatuses } from '#shared/domains/migration/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)
type Status = (typeof importStatuses)[number]

const reads = prepared((db: ReadDb) => ({
  runs: db.select({ run: importRuns, given: staffMembers.givenName, family: staffMembers.familyName }).from(importRuns)
    .innerJoin(userAccounts, eq(userAccounts.id, importRuns.startedBy)).innerJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
    .orderBy(desc(importRuns.startedAt)).limit(limits.page_rows).prepare(),
  skips: db.select().from(importSkips).where(eq(importSkips.runId, value('runId'))).orderBy(asc(importSkips.line)).limit(limits.import_skips_kept).prepare(),
  finishedBefore: db.select({ at: importRuns.finishedAt }).from(importRuns)
    .where(and(eq(importRuns.fileHash, value('fileHash')), eq(importRuns.status, 'finished'))).orderBy(desc(importRuns.startedAt)).limit(1).prepare(),
}))

const writes = prepared((db: WriteDb) => ({
  progress: db.update(importRuns).set({ linesDone: value('linesDone') as never }).where(eq(importRuns.id, value('id'))).prepare(), // `set` takes a placeholder; only its type says otherwise.
  skip: db.insert(importSkips).values({
    runId: value('runId'), line: value('line'), resourceType: value('resourceType'), resourceId: value('resourceId'), reason: value('reason'),
  }).prepare(),
}))

export function listRuns(db: ReadDb): ImportRun[] {
  return reads(db).runs.all().map(({ run, given, family }) => ({
    id: run.id, kind: run.kind as ImportRun['kind'], status: run.status as Status, // The CHECKs hold the model's constants.
    startedAt: run.startedAt, finishedAt: run.finishedAt, startedBy: `${given} ${family}`, linesDone: run.linesDone, counts: ImportCounts.parse(JSON.parse(run.counts)),
  }))
}

/** A reason may carry the path of the fault behind a blank: "INVALID name.0.family". */
export function listSkips(db: ReadDb, runId: Id): ImportSkip[] {
  return reads(db).skips.all({ runId }).map((row) => {
    const [reason = '', path] = row.reason.split(' ')
    return { line: row.line, resourceType: row.resourceType ?? '', resourceId: row.resourceId ?? '', reason, ...(path === undefined ? {} : { path }) }
  })
}

export const finishedBefore = (db: ReadDb, fileHash: string): Instant | null => reads(db).finishedBefore.get({ fileHash })?.at ?? null

export function insertRun(db: WriteDb, run: { id: Id; kind: (typeof importKinds)[number]; fileHash: string; startedAt: Instant; startedBy: Id }): void {
  db.insert(importRuns).values({ ...run, finishedAt: null, status: 'running', linesDone: 0, counts: '{}' }).run()
}

/** What a run that was killed left behind is no longer running. */
export function closeOrphanedRuns(db: WriteDb, at: Instant): void {
  db.update(importRuns).set({ status: 'failed', finishedAt: at }).where(eq(importRuns.status, 'running')).run()
}

export function finishRun(db: WriteDb, id: Id, end: { status: Status; finishedAt: Instant; linesDone: number; counts: ImportCounts }): void {
  db.update(importRuns).set({ ...end, counts: JSON.stringify(end.counts) }).where(eq(importRuns.id, id)).run()
}

export const saveProgress = (db: WriteDb, id: Id, linesDone: number): void => void writes(db).progress.run({ id, linesDone })

export function insertSkip(db: WriteDb, runId: Id, { line, resourceType, resourceId, reason, path }: ImportSkip): void {
  writes(db).skip.run({ runId, line, resourceType, resourceId, reason: path === undefined ? reason : `${reason} ${path}` })
}
