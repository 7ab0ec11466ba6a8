import { and, desc, eq, lt, sql, type Placeholder, type SQL } from 'drizzle-orm'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { staffMembers, userAccounts } from '#drizzle/schema/clinic.ts'
import { patients } from '#drizzle/schema/patients.ts'
import type { AuditListInput } from '#shared/domains/audit/contract.ts'
import type { AuditEvent } from '#shared/domains/audit/model.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb } from '#main/core/db/types.ts'

const value = (name: string): Placeholder => sql.placeholder(name)

const columns = {
  seq: auditEvents.seq, at: auditEvents.at, action: auditEvents.action, outcome: auditEvents.outcome, actorId: auditEvents.actorId,
  sessionId: auditEvents.sessionId, door: auditEvents.door, patientId: auditEvents.patientId, entityId: auditEvents.entityId, code: auditEvents.code,
  actorName: sql<string | null>`${staffMembers.givenName} || ' ' || ${staffMembers.familyName}`,
  patientName: sql<string | null>`${patients.familyName} || ', ' || ${patients.givenName}`, patientMrn: patients.mrn,
}

/**
 * Newest first, a page at a time by sequence number. Each way to filter is a statement of its own, so that each walks an
 * index that begins with what was asked for; with several, the patient's index leads and the rest is looked at in passing.
 */
export const auditReads = prepared((db: ReadDb) => {
  const page = (...conditions: SQL[]) => db.select(columns).from(auditEvents)
    .leftJoin(userAccounts, eq(userAccounts.id, auditEvents.actorId)).leftJoin(staffMembers, eq(staffMembers.id, userAccounts.staffId))
    .leftJoin(patients, eq(patients.id, auditEvents.patientId))
    .where(and(...conditions, lt(auditEvents.seq, value('before')))).orderBy(desc(auditEvents.seq)).limit(value('limit'))
  const patient = eq(auditEvents.patientId, value('patientId'))
  const actor = eq(auditEvents.actorId, value('actorId'))
  const action = eq(auditEvents.action, value('action'))
  // The plus keeps the planner from leading with these: a patient has few events, a person or an action many.
  const alsoActor = sql`+${auditEvents.actorId} = ${value('actorId')}`
  const alsoAction = sql`+${auditEvents.action} = ${value('action')}`
  return {
    all: page().prepare(), patient: page(patient).prepare(), actor: page(actor).prepare(), action: page(action).prepare(),
    patientActor: page(patient, alsoActor).prepare(), patientAction: page(patient, alsoAction).prepare(), actorAction: page(actor, alsoAction).prepare(),
    patientActorAction: page(patient, alsoActor, alsoAction).prepare(),
    /** Jumps from one name to the next in the index instead of reading every event. */
    nextAction: db.select({ action: sql<string | null>`min(${auditEvents.action})` }).from(auditEvents).where(sql`${auditEvents.action} > ${value('after')}`).prepare(),
  }
})

export function listEvents(db: ReadDb, { patientId, actorId, action, before, limit }: AuditListInput): AuditEvent[] {
  const reads = auditReads(db)
  const statement =
    patientId && actorId && action ? reads.patientActorAction : patientId && actorId ? reads.patientActor : patientId && action ? reads.patientAction
      : actorId && action ? reads.actorAction : patientId ? reads.patient : actorId ? reads.actor : action ? reads.action : reads.all
  const rows = statement.all({ patientId, actorId, action, before: before ?? Number.MAX_SAFE_INTEGER, limit })
  return rows.map((row) => ({ ...row, outcome: row.outcome as AuditEvent['outcome'] })) // The CHECK on the table holds the model's constants.
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
