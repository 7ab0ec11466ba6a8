import { assert } from '#shared/kernel/assert.ts'
import type { Topic } from '#shared/rpc/define.ts'
import { CommonError, refuse, type Refusal } from '#shared/rpc/errors.ts'
import type { Core } from '../core.ts'
import type { Given } from '../sync/node.ts'
import { writeAudit, type AuditEntry } from './audit-writer.ts'
import { idsOf } from './command-ids.ts'
import type { ActionContext, Actor, Door, ReadContext, StreamContext, Subject, WriteContext } from './context.ts'
import { executeWithin } from './execute.ts'
import { commonOf, surroundingsOf } from './surroundings.ts'
import type { Run } from './pipeline.ts'
import type { Admission } from './second-person.ts'

type Handler = (context: never, input: never) => unknown

/** Reads on the read-only connection. A query that is an event itself (a chart was opened) is logged in its own transaction. */
export function runQuery(core: Core, { procedure, door, actor, input, subject }: Run, handler: Handler): unknown {
  assert(actor, 'a query needs a signed-in person')
  const output = handler(readContext(core, actor, subject) as never, input as never)
  if (procedure.audit) logLook(core, { action: procedure.audit, isGrouped: procedure.auditGrouped === true, actor, door, subject })
  return output
}

interface Look { action: string; isGrouped: boolean; actor: Actor; door: Door; subject: Subject }

/** On the disk before the answer leaves; a search when the typing rests. What could not be written is no look that was seen. */
function logLook(core: Core, { action, isGrouped, actor, door, subject }: Look): void {
  const about = subject.patientId ?? subject.terms?.join(' ')
  if (!core.seen.isNew(actor.sessionId, action, about)) return
  const itemIds = subject.itemIds?.filter((id) => core.seen.isNew(actor.sessionId, action, id))
  const event = entry(core, action, 'seen', actor, door, null, { ...subject, itemCount: subject.itemCount ?? subject.itemIds?.length, itemIds })
  try {
    if (isGrouped) core.audit.later(event)
    else core.audit.write(event)
  } catch (error) {
    core.seen.forget(actor.sessionId, action, about)
    throw error
  }
}

/** One `BEGIN IMMEDIATE` transaction: handler, audit row, commit; then the change feed. Nothing is written when it refuses. */
export async function runCommand(core: Core, { name, procedure, door, actor, input, subject }: Run, handler: Handler, admission?: Admission): Promise<unknown> {
  assert(actor && procedure.audit, 'a command needs a signed-in person and an audit event')
  const topics: readonly Topic[] = admission ? [...procedure.topics, 'approvals'] : procedure.topics
  const given: Given = { cid: core.platform.newId(), name, input, actorId: actor.userId, sessionId: actor.sessionId, proof: door.session?.proof ?? 'full', procedure }
  const isAsked = core.node.isAsked(given)
  const output = transact(core, { audit: procedure.audit, topics, door, actor, subject, given }, (context) => {
    if (isAsked) return undefined
    const result = handler(context as never, input as never)
    admission?.write(context)
    return result
  })
  return core.node.word(given, output)
}

/** A stream or an action waits, so what admits it is written before it begins. */
export function writeAdmission(core: Core, { door, actor }: Run, { audit, write }: Admission): void {
  assert(actor, 'an act of two people needs the first one')
  transact(core, { audit, topics: ['approvals'], door, actor, subject: {} }, write)
}

export async function runAction(core: Core, one: Run, handler: Handler): Promise<unknown> {
  const output = await handler(actionContext(core, one) as never, one.input as never)
  if (one.procedure.topics.length > 0) core.changes.publish({ topics: one.procedure.topics })
  return output
}

/** Hands the pieces on; a failure after the first piece becomes a declared code as well. */
export async function* runStream(core: Core, one: Run, handler: Handler, refusalOf: (error: unknown) => Refusal): AsyncGenerator<unknown> {
  const context: StreamContext = { ...actionContext(core, one), signal: one.signal ?? new AbortController().signal }
  try {
    yield* handler(context as never, one.input as never) as AsyncIterable<unknown> // A stream's handler is an async generator by its type.
  } catch (error) {
    throw refusalOf(error)
  }
}

interface Transaction {
  audit: string
  topics: readonly Topic[]
  door: Door
  actor: Actor
  subject: Subject
  /** Where it is a command that other machines can carry out as well. */
  given?: Given
}

export function transact<T>(core: Core, { audit, topics, door, actor, subject, given }: Transaction, work: (context: WriteContext) => T): T {
  const db = core.vault.writer
  const commandId = given?.cid ?? core.platform.newId()
  const now = core.platform.now()
  const touched = new Set(topics)
  const log = (event: string, who: Actor, about: Subject, id: string): void => writeAudit(db, { ...entry(core, event, 'done', who, door, id, about), at: now })
  const context: WriteContext = {
    db, commandId, newId: idsOf(commandId), ...commonOf(surroundingsOf(core), db, actor, now, subject),
    // Whoever gave it waits for the answer, which says the same.
    isCarried: false, notice: () => {},
    execute: (one) => executeWithin({ context, inTheNameOf: (who, about) => commonOf(surroundingsOf(core), db, who, now, about), touched, log }, one),
  }
  const output = db.$client.transaction(() => {
    core.node.begin(given)
    const result = work(context)
    assert(!(result instanceof Promise), 'a command is synchronous')
    log(audit, actor, subject, commandId)
    core.node.end(db, given, now, result)
    return result
  }).immediate()
  core.audit.wrote()
  core.vault.forgetCaches([...touched])
  // R15: whoever lost an account or a role has lost it at every window before anybody hears of the change.
  if (touched.has('staff')) core.followStaff()
  core.changes.publish({ topics: [...touched] })
  core.node.committed(given)
  return output
}

export function readContext(core: Core, actor: Actor, subject: Subject): ReadContext {
  const db = core.vault.reader
  return { db, ...commonOf(surroundingsOf(core), db, actor, core.platform.now(), subject) }
}

function actionContext(core: Core, { procedure, door, actor, subject }: Run): ActionContext {
  // Whoever called, also when another person has taken the window over meanwhile; the door's own only for a sign-in.
  const needPerson = (given?: Actor): Actor => {
    const person = given ?? actor ?? door.session
    if (!person) throw refuse(CommonError.SIGNED_OUT)
    return person
  }
  return {
    core, door, actor, now: core.platform.now(),
    transact: (audit, work, options) =>
      transact(core, { audit, topics: options?.topics ?? procedure.topics, door, actor: needPerson(options?.actor), subject: {} }, work),
    read: (work) => work(readContext(core, needPerson(), subject)),
  }
}

function entry(core: Core, action: string, outcome: 'done' | 'seen', actor: Actor, door: Door, commandId: string | null, subject: Subject): AuditEntry {
  const { patientId, entityId, ...details } = subject
  return {
    ...details, at: core.platform.now(), action, outcome, actorId: actor.userId, sessionId: actor.sessionId || null, door: door.kind, commandId,
    patientId: patientId ?? null, entityId: entityId ?? null, code: null, roles: actor.roles,
  }
}
