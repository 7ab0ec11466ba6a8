import { and, asc, desc, eq, gte, lt, sql, type Placeholder } from 'drizzle-orm'
import { codes, codeSets, codeUses } from '#drizzle/schema/codes.ts'
import { codeSystems, type Code, type CodeSystem, type ImportedCode } from '#shared/domains/codes/model.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)

/**
 * A code's row number says where it stands in an answer, because the search reads hits in the order of their row
 * numbers and stops when the page is full: it never sorts and never counts them.
 */
export const Band = { common: 0, billable: 1, heading: 2, retired: 3 } as const
const BAND_ROWS = 1_000_000
const GENERATION_ROWS = 10 * BAND_ROWS
const SYSTEM_ROWS = 1_000_000_000_000

function firstRow(system: CodeSystem, generation: number, band: number): number {
  return (codeSystems.indexOf(system) + 1) * SYSTEM_ROWS + generation * GENERATION_ROWS + band * BAND_ROWS
}

const reads = prepared((db: ReadDb) => {
  const hit = { system: codes.system, code: codes.code, label: codes.label, isBillable: codes.isBillable, rowNumber: codes.rowNumber }
  const inRange = and(gte(codes.rowNumber, value('from')), lt(codes.rowNumber, value('to')))
  return {
    sets: db.select().from(codeSets).orderBy(asc(codeSets.title)).prepare(),
    set: db.select().from(codeSets).where(eq(codeSets.system, value('system'))).prepare(),
    byCode: db.select(hit).from(codes).where(and(eq(codes.system, value('system')), eq(codes.generation, value('generation')), eq(codes.code, value('code')))).prepare(),
    byPrefix: db.select(hit).from(codes).where(and(
      eq(codes.system, value('system')), eq(codes.generation, value('generation')),
      gte(codes.code, value('prefix')), lt(codes.code, value('end')), inRange,
    )).orderBy(asc(codes.code)).limit(value('limit')).prepare(),
    byWords: db.select(hit).from(codes).where(sql`${codes.rowNumber} in (
      select rowid from code_search where code_search match ${value('query')} and rowid >= ${value('from')} and rowid < ${value('to')}
      order by rowid limit ${value('limit')}
    )`).orderBy(asc(codes.rowNumber)).prepare(),
    mostUsed: db.select(hit).from(codeUses).innerJoin(codes, and(
      eq(codes.system, codeUses.system), eq(codes.code, codeUses.code), eq(codes.generation, value('generation')),
    )).where(and(eq(codeUses.userId, value('userId')), eq(codeUses.system, value('system')), inRange))
      .orderBy(desc(codeUses.count)).limit(value('limit')).prepare(),
    usedByAnyone: db.selectDistinct({ code: codeUses.code }).from(codeUses).where(eq(codeUses.system, value('system'))).prepare(),
    between: db.select({ rowNumber: codes.rowNumber }).from(codes).where(inRange).limit(value('limit')).prepare(),
  }
})

const writes = prepared((db: WriteDb) => ({
  insert: db.insert(codes).values({
    rowNumber: value('rowNumber'), system: value('system'), code: value('code'), label: value('label'), longLabel: null,
    isBillable: value('isBillable'), isActive: value('isActive'), details: null, generation: value('generation'),
  }).prepare(),
  remove: db.delete(codes).where(eq(codes.rowNumber, value('rowNumber'))).prepare(),
  use: db.insert(codeUses).values({ system: value('system'), code: value('code'), userId: value('userId'), count: 1, lastUsedAt: value('at') })
    .onConflictDoUpdate({ target: [codeUses.system, codeUses.code, codeUses.userId], set: { count: sql`${codeUses.count} + 1`, lastUsedAt: sql`excluded.last_used_at` } }).prepare(),
}))

export type SetRow = typeof codeSets.$inferSelect

export const listSets = (db: ReadDb): SetRow[] => reads(db).sets.all()
export const setOf = (db: ReadDb, system: CodeSystem): SetRow | undefined => reads(db).set.get({ system })

/** Where a search looks: the set in use, with headings or without, never what is retired. */
export interface Span { system: CodeSystem; generation: number; from: number; to: number }
export function spanOf(set: SetRow, system: CodeSystem, billableOnly: boolean): Span {
  const { generation } = set
  return { system, generation, from: firstRow(system, generation, Band.common), to: firstRow(system, generation, billableOnly ? Band.heading : Band.retired) }
}

export const codesByPrefix = (db: ReadDb, span: Span, prefix: string, limit: number): Code[] => reads(db).byPrefix.all({ ...span, prefix, end: `${prefix}\uffff`, limit }).map(toCode)
export const codesByWords = (db: ReadDb, span: Span, query: string, limit: number): Code[] => reads(db).byWords.all({ query, from: span.from, to: span.to, limit }).map(toCode)
export const mostUsedCodes = (db: ReadDb, span: Span, userId: string, limit: number): Code[] => reads(db).mostUsed.all({ ...span, userId, limit }).map(toCode)
export const usedCodes = (db: ReadDb, system: CodeSystem): Set<string> => new Set(reads(db).usedByAnyone.all({ system }).map((row) => row.code))

export function codeOf(db: ReadDb, span: Pick<Span, 'system' | 'generation'>, code: string): Code | undefined {
  const row = reads(db).byCode.get({ ...span, code })
  return row && toCode(row)
}

export function insertCode(db: WriteDb, code: ImportedCode, generation: number, band: number, index: number): void {
  writes(db).insert.run({
    rowNumber: firstRow(code.system, generation, band) + index, system: code.system, code: code.code, label: code.label,
    isBillable: code.billable, isActive: code.active, generation,
  })
}

/** Makes a generation the set in use. From this moment every search reads it, and the older one no more. */
export function saveSet(db: WriteDb, row: SetRow): void {
  db.insert(codeSets).values(row).onConflictDoUpdate({ target: codeSets.system, set: row }).run()
}

/** Removes up to `limit` codes of generations that are not in use, by their ranges; how many there were. */
export function removeStale(db: WriteDb, system: CodeSystem, generation: number, limit: number): number {
  const older = { from: firstRow(system, 0, 0), to: firstRow(system, generation, 0), limit }
  const newer = { from: firstRow(system, generation + 1, 0), to: firstRow(system, 0, 0) + SYSTEM_ROWS, limit }
  const found = reads(db).between.all(older)
  const rows = found.length > 0 ? found : reads(db).between.all(newer)
  for (const { rowNumber } of rows) writes(db).remove.run({ rowNumber })
  return rows.length
}

/**
 * FTS5 keeps what each transaction adds as a segment of its own and merges segments now and then inside a commit, which
 * in a large import takes half a second at once. While an import runs it is merged a few pages at a time instead; the
 * forced merge stays on as a last resort. https://sqlite.org/fts5.html#the_automerge_configuration_option
 */
export function holdMerges(db: WriteDb): void {
  configureIndex(db, 'automerge', 0)
  configureIndex(db, 'crisismerge', 64)
}

export function releaseMerges(db: WriteDb): void {
  configureIndex(db, 'automerge', 4)
  configureIndex(db, 'crisismerge', 16)
}

const MERGE_PAGES = 60

/** Merges some pages; false when nothing was left to merge. FTS5 tells so by changing fewer than two rows. */
export function mergeSome(db: WriteDb): boolean {
  const changes = (): number => db.$client.prepare('select total_changes()').pluck().get() as number // The function answers with an integer.
  const before = changes()
  configureIndex(db, 'merge', MERGE_PAGES)
  return changes() - before >= 2
}

/** FTS5 takes its commands as rows that are never stored; a number of JavaScript would reach it as 60.0, which it refuses. */
function configureIndex(db: WriteDb, command: 'automerge' | 'crisismerge' | 'merge', argument: number): void {
  db.run(sql`insert into code_search (code_search, rank) values (${command}, ${BigInt(argument)})`)
}

export function noteUse(db: WriteDb, use: { system: CodeSystem; code: string; userId: string; at: string }): void {
  writes(db).use.run(use)
}

type Row = { system: string; code: string; label: string; isBillable: boolean }

function toCode(row: Row): Code {
  return { system: row.system as CodeSystem, code: row.code, label: row.label, billable: row.isBillable } // Only the importer writes the table.
}
