import { assert } from '#shared/kernel/assert.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Topic } from '#shared/rpc/define.ts'
import { CommonError, refuse, type Refusal } from '#shared/rpc/errors.ts'
import { accessSettingsOf } from '../access/windows.ts'
import { scopeOf } from '../access/scope.ts'
import type { Core } from '../core.ts'
import { noteKeyringOf } from '../keys/note-cipher.ts'
import type { ReadDb } from '../db/types.ts'
import { writeAudit } from './audit-writer.ts'
import { idsOf } from './command-ids.ts'
import type { ActionContext, Actor, Door, ReadContext, StreamContext, Subject, WriteContext } from './context.ts'
import type { Run } from './pipeline.ts'

type Handler = (context: never, input: never) => unknown

/** Reads on the read-only connection. A query that is an event itself (a chart was opened) is logged in its own transaction. */
export function runQuery(core: Core, { procedure, door, actor, input, subject }: Run, handler: Handler): unknown {
  assert(actor, 'a query needs a signed-in person')
  const output = handler(readContext(core, actor, subject) as never, input as never)
  if (procedure.audit && core.seen.isNew(actor.sessionId, procedure.audit, subject.patientId)) {
    writeAudit(core.vault.writer, entry(core, procedure.audit, 'seen', actor, door, null, subject))
  }
  return output
}

/** One `BEGIN IMMEDIATE` transaction: handler, audit row, commit; then the change feed. Nothing is written when it refuses. */
export function runCommand(core: Core, { procedure, door, actor, input, subject }: Run, handler: Handler): unknown {
  assert(actor && procedure.audit, 'a command needs a signed-in person and an audit event')
  return transact(core, { audit: procedure.audit, topics: procedure.topics, door, actor, subject }, (context) => handler(context as never, input as never))
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
}

export function transact<T>(core: Core, { audit, topics, door, actor, subject }: Transaction, work: (context: WriteContext) => T): T {
  const db = core.vault.writer
  const commandId = core.platform.newId()
  const now = core.platform.now()
  const context: WriteContext = {
    db, commandId, newId: idsOf(commandId), ...common(core, db, actor, now, subject),
  }
  const output = db.$client.transaction(() => {
    const result = work(context)
    assert(!(result instanceof Promise), 'a command is synchronous')
    writeAudit(db, { ...entry(core, audit, 'done', actor, door, commandId, subject), at: now })
    return result
  }).immediate()
  core.vault.forgetCaches(topics)
  core.changes.publish({ topics })
  return output
}

export function readContext(core: Core, actor: Actor, subject: Subject): ReadContext {
  const db = core.vault.reader
  return { db, ...common(core, db, actor, core.platform.now(), subject) }
}

/** What a query and a command know alike. The scope is made here and nowhere else. */
function common(core: Core, db: ReadDb, actor: Actor, now: Instant, subject: Subject) {
  const { zone } = core.vault
  return {
    actor, now, zone, scope: scopeOf(actor, now, zone, accessSettingsOf(db)), noteKeys: noteKeyringOf(core, actor),
    audit: (about: Subject) => void Object.assign(subject, about),
  }
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

function entry(core: Core, action: string, outcome: 'done' | 'seen', actor: Actor, door: Door, commandId: string | null, subject: Subject) {
  return {
    at: core.platform.now(), action, outcome, actorId: actor.userId, sessionId: actor.sessionId || null, door: door.kind, commandId,
    patientId: subject.patientId ?? null, entityId: subject.entityId ?? null, code: null,
  }
}
