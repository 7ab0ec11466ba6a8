import { eq, sql, type SQL } from 'drizzle-orm'
import { patients } from '#drizzle/schema/patients.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { prepared } from '../db/statements.ts'
import type { ReadDb } from '../db/types.ts'
import type { Subject } from '../rpc/context.ts'
import { glassEndsAt, isMyself, mayKnow, mayReadChart } from './predicates.ts'
import type { Scope } from './scope.ts'

declare const made: unique symbol

/**
 * One patient whom the caller may know. What is read of a patient by his id takes one of these instead of an id: the row
 * rule has been asked in SQL, in the same turn of the one connection, so a chart of twelve statements asks it once.
 */
export interface OpenedFile {
  readonly [made]: 'file' | 'minimum' | 'chart'
  readonly patientId: Id
  readonly scope: Scope
}

/** One patient of whom the caller may read problems and allergies: what dispensing safely needs, and no more of the chart. */
export interface OpenedMinimum extends OpenedFile {
  readonly [made]: 'minimum' | 'chart'
}

/** One patient whose chart the caller may read. */
export interface OpenedChart extends OpenedMinimum {
  readonly [made]: 'chart'
  /** Read through a break-glass that ends then; null for the care team. */
  readonly glassUntil: Instant | null
}

const value = (name: string) => sql.placeholder(name)

/** Of a chart that was merged into another the one that goes on: whatever still names the old one is about that. */
const standing = (id: SQL): SQL => sql`(select coalesce(m.merged_into_id, m.id) from patients m where m.id = ${id})`

/** Exported so that a test asks the plan. */
export const gateQuery = (db: ReadDb) => db.select({
  patientId: patients.id,
  mayKnow: sql<number>`${mayKnow(patients.id)}`, mayReadChart: sql<number>`${mayReadChart(patients.id)}`, isMyself: sql<number>`${isMyself(patients.id)}`,
  // Through a function, as all of them: of one table Drizzle writes a column that stands in the field itself without its table, and a subquery would take it for its own.
  glassUntil: sql<string | null>`${glassEndsAt(patients.id)}`,
}).from(patients).where(eq(patients.id, standing(sql`${value('patientId')}`)))

/** What a file asks of it, without the chart's part: most calls open a file, and the whole gate costs twenty times as much. */
export const fileGateQuery = (db: ReadDb) => db.select({ patientId: patients.id, mayKnow: sql<number>`${mayKnow(patients.id)}`, isMyself: sql<number>`${isMyself(patients.id)}` })
  .from(patients).where(eq(patients.id, standing(sql`${value('patientId')}`)))

const statements = prepared((db: ReadDb) => ({ gate: gateQuery(db).prepare(), file: fileGateQuery(db).prepare() }))

export interface Asking {
  readonly db: ReadDb
  readonly scope: Scope
  audit(subject: Subject): void
}

interface Options {
  /** The code of "there is no such patient", where the contract has one of its own: restricted answers the same. */
  absent?: string
  /** Nobody writes in their own chart. */
  toWrite?: boolean
}

type FileGate = { patientId: Id; mayKnow: number; isMyself: number }
type Gate = FileGate & { mayReadChart: number; glassUntil: Instant | null }

/** The patient's administrative record. Restricted and absent answer alike, after the same one statement. */
export function openFile(context: Asking, asked: Id | undefined, options: Options = {}): OpenedFile {
  const { patientId } = askGate<FileGate>(context, 'file', asked, options)
  return { patientId, scope: context.scope } as OpenedFile // Made here only.
}

/** For the chart's readers as `openChart`, and for the pharmacy where no care team is asked for. */
export function openMinimum(context: Asking, asked: Id, options: Options = {}): OpenedMinimum {
  const gate = askGate<Gate>(context, 'gate', asked, options)
  const { patientId } = gate
  const mayRead = gate.mayReadChart === 1 || context.scope.values.isPharmacist === 1 // That the patient may be known has been asked.
  if (!mayRead) throw refuse(CommonError.NOT_ON_CARE_TEAM, { patientId })
  return { patientId, scope: context.scope } as OpenedMinimum // Made here only.
}

/** For lists of ids that somebody already holds: nothing for those whom the caller may not know. */
export function fileIfKnown({ db, scope }: Pick<Asking, 'db' | 'scope'>, asked: Id): OpenedFile | undefined {
  const gate = statements(db).file.get({ ...scope.values, patientId: asked })
  return gate?.mayKnow === 1 ? ({ patientId: gate.patientId, scope } as OpenedFile) : undefined // As above.
}

/** The chart, or NOT_ON_CARE_TEAM where the patient may be known and the chart may not be read. */
export function openChart(context: Asking, asked: Id | undefined, options: Options = {}): OpenedChart {
  const gate = askGate<Gate>(context, 'gate', asked, options)
  const { patientId } = gate
  if (gate.mayReadChart !== 1) throw refuse(CommonError.NOT_ON_CARE_TEAM, { patientId })
  // The log says of each look how it came about: the list of who opened this chart counts these.
  if (gate.glassUntil !== null) context.audit({ reason: 'break-glass' })
  return { patientId, scope: context.scope, glassUntil: gate.glassUntil } as OpenedChart // Made here only.
}

function askGate<G extends FileGate>({ db, scope, audit }: Asking, which: 'file' | 'gate', patientId: Id | undefined, { absent = CommonError.NOT_FOUND, toWrite = false }: Options): G {
  if (patientId !== undefined) audit({ patientId })
  const gate = statements(db)[which].get({ ...scope.values, patientId: patientId ?? '' }) as G | undefined // The columns of the two queries.
  if (!gate || gate.mayKnow !== 1) throw refuse(absent)
  if (gate.patientId !== patientId) audit({ patientId: gate.patientId })
  if (toWrite && gate.isMyself === 1) throw refuse(CommonError.OWN_CHART)
  return gate
}
