import { and, desc, eq, sql, type Placeholder, type SQL } from 'drizzle-orm'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { patients } from '#drizzle/schema/patients.ts'
import type { AuditFilter } from '#shared/domains/audit/contract.ts'
import type { AuditEvent, ChartAccess } from '#shared/domains/audit/model.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)

const columns = {
  seq: auditEvents.seq, at: auditEvents.at, action: auditEvents.action, outcome: auditEvents.outcome, actorId: auditEvents.actorId, roles: auditEvents.roles,
  sessionId: auditEvents.sessionId, door: auditEvents.door, patientId: auditEvents.patientId, entityId: auditEvents.entityId, code: auditEvents.code,
  reason: auditEvents.reason, itemCount: auditEvents.itemCount,
  actorName: sql<string | null>`${staffMembers.givenName} || ' ' || ${staffMembers.familyName}`,
  patientName: sql<string | null>`${patients.familyName} || ', ' || ${patients.givenName}`, patientMrn: patients.mrn,
}

/** Which index leads: the one that leaves least to look at. What else is asked for is looked at in passing. */
type Lead = 'patient' | 'actorAction' | 'actor' | 'action' | 'all'

/**
 * Newest first, a page at a time by sequence number. Each way to filter is a statement of its own that walks an index
 * beginning with what was asked for: a patient has few events, a refusal is rare, a person's own kind of act has an index
 * of its own, and a stretch of time is a stretch of numbers (`seqRange`).
 */
export const auditReads = prepared((db: ReadDb) => {
  const page = (...conditions: SQL[]) => db.select(columns).from(auditEvents)
    .leftJoin(userAccounts, eq(userAccounts.id, auditEvents.actorId)).leftJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
    .leftJoin(patients, eq(patients.id, auditEvents.patientId))
    .where(and(...conditions, sql`${auditEvents.seq} >= ${value('lowest')}`, sql`${auditEvents.seq} < ${value('before')}`, ...inPassing))
    .orderBy(desc(auditEvents.seq)).limit(value('limit'))
  const patient = eq(auditEvents.patientId, value('patientId'))
  const actor = eq(auditEvents.actorId, value('actorId'))
  const action = eq(auditEvents.action, value('action'))
  // The two as one text, as the index holds them: of two indexes that fit, the planner would take either.
  const actorAction = sql`${auditEvents.actorId} || ' ' || ${auditEvents.action} = ${value('actorId')} || ' ' || ${value('action')}`
  const refused = sql`${auditEvents.outcome} = 'refused'`
  return {
    all: page().prepare(), patient: page(patient).prepare(), actor: page(actor).prepare(), action: page(action).prepare(), actorAction: page(actorAction).prepare(),
    refusedAll: page(refused).prepare(), refusedActor: page(refused, actor).prepare(), refusedAction: page(refused, action).prepare(),
    /** Jumps from one name to the next in the index instead of reading every event. */
    nextAction: db.select({ action: sql<string | null>`min(${auditEvents.action})` }).from(auditEvents).where(sql`${auditEvents.action} > ${value('after')}`).prepare(),
    /** One line a person and set of roles; a patient's own index holds all of it. */
    access: db.select({
      actorId: auditEvents.actorId, roles: auditEvents.roles, actorName: columns.actorName,
      looks: sql<number>`sum(${auditEvents.outcome} = 'seen')`, changes: sql<number>`sum(${auditEvents.outcome} = 'done')`, refusals: sql<number>`sum(${auditEvents.outcome} = 'refused')`,
      brokeGlass: sql<number>`count(${auditEvents.reason})`, firstAt: sql<string>`min(${auditEvents.at})`, lastAt: sql<string>`max(${auditEvents.at})`,
    }).from(auditEvents).leftJoin(userAccounts, eq(userAccounts.id, auditEvents.actorId)).leftJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
      // Looking into the log about a chart is no look at the chart.
      .where(and(patient, sql`${auditEvents.action} not like 'audit.%'`, sql`${auditEvents.action} not like 'disclosures.%'`)).groupBy(auditEvents.actorId, auditEvents.roles).orderBy(desc(sql`max(${auditEvents.at})`)).prepare(),
    /** The event with this number, or the next. */
    from: db.select({ seq: auditEvents.seq, at: auditEvents.at }).from(auditEvents).where(sql`${auditEvents.seq} >= ${value('seq')}`).orderBy(auditEvents.seq).limit(1).prepare(),
    last: db.select({ seq: auditEvents.seq, at: auditEvents.at }).from(auditEvents).orderBy(desc(auditEvents.seq)).limit(1).prepare(),
    clockBacks: db.select({ seq: auditEvents.seq }).from(auditEvents).where(eq(auditEvents.action, 'clock.moved-back')).orderBy(auditEvents.seq).prepare(),
  }
})

/** The plus keeps the planner from leading with these. Empty means: whatever it is. */
const inPassing: SQL[] = [
  sql`(${value('patientId')} is null or +${auditEvents.patientId} = ${value('patientId')})`,
  sql`(${value('actorId')} is null or +${auditEvents.actorId} = ${value('actorId')})`,
  sql`(${value('action')} is null or +${auditEvents.action} = ${value('action')})`,
  sql`(${value('outcome')} is null or +${auditEvents.outcome} = ${value('outcome')})`,
  sql`(${value('from')} is null or ${auditEvents.at} >= ${value('from')})`,
  sql`(${value('to')} is null or ${auditEvents.at} < ${value('to')})`,
  sql`(${value('term')} is null or instr(${auditEvents.terms}, ${value('term')}) > 0)`,
]

export interface Bounds { lowest: number; before: number }
export interface EventQuery extends Omit<AuditFilter, 'searched'> {
  /** The keyed hash of a searched word. */
  term: string | null
}

export function listEvents(db: ReadDb, { term, ...filter }: EventQuery, { lowest, before }: Bounds, limit: number): AuditEvent[] {
  const rows = auditReads(db)[statementFor(filter)].all({ ...filter, term, lowest, before, limit })
  return rows.map((row) => ({ ...row, outcome: row.outcome as AuditEvent['outcome'] })) // The CHECK on the table holds the model's constants.
}

function statementFor({ patientId, actorId, action, outcome }: Pick<AuditFilter, 'patientId' | 'actorId' | 'action' | 'outcome'>) {
  const lead: Lead = patientId ? 'patient' : actorId && action ? 'actorAction' : actorId ? 'actor' : action ? 'action' : 'all'
  if (outcome !== 'refused' || lead === 'patient' || lead === 'actorAction') return lead
  return lead === 'actor' ? 'refusedActor' : lead === 'action' ? 'refusedAction' : 'refusedAll'
}

export function listActions(db: ReadDb): string[] {
  const found: string[] = []
  for (let after = ''; ; ) {
    const next = auditReads(db).nextAction.get({ after })?.action
    if (!next) return found
    found.push(next)
    after = next
  }
}

/** The last time that all of the log was verified. */
export const lastVerified = (db: ReadDb): AuditEvent | undefined =>
  listEvents(db, { actorId: null, patientId: null, action: 'audit.verified', outcome: null, from: null, to: null, term: null }, { lowest: 0, before: Number.MAX_SAFE_INTEGER }, 1)[0]

export const chartAccess = (db: ReadDb, patientId: string): ChartAccess[] => auditReads(db).access.all({ patientId })

export const eventFrom = (db: ReadDb, seq: number) => auditReads(db).from.get({ seq })
export const lastEvent = (db: ReadDb) => auditReads(db).last.get()
/** Where the clock went back; between two of these, later numbers are later times. */
export const clockBacks = (db: ReadDb): number[] => auditReads(db).clockBacks.all().map((row) => row.seq)
