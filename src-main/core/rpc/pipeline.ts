import * as z from 'zod'
import { withMinimumFields } from '#shared/access/fields.ts'
import { can } from '#shared/access/permissions.ts'
import { limits } from '#shared/kernel/limits.ts'
import { minutesBetween } from '#shared/kernel/time.ts'
import { contract } from '#shared/rpc/contract.ts'
import { findProcedure, type Procedure } from '#shared/rpc/define.ts'
import { CommonError, refuse, type FieldIssue, type Refusal } from '#shared/rpc/errors.ts'
import type { Core } from '../core.ts'
import { closeDamaged } from '../damaged.ts'
import { lockWhenDue, noteLife } from '#main/domains/session/service.life.ts'
import { placesOf } from '../platform/last-words.ts'
import { declaredRefusal } from './execute.ts'
import { handlerOf } from './handlers.ts'
import { isLight } from './input-size.ts'
import { runAction, runCommand, runQuery, runStream, writeAdmission } from './run.ts'
import { admit } from './second-person.ts'
import type { Actor, Door, Session, Subject } from './context.ts'
import { writeAudit } from './audit-writer.ts'

export interface Call {
  /** "scheduling.book" in parts. */
  path: readonly string[]
  input: unknown
  signal?: AbortSignal
  /** The seat the page made this call for. Where it is named, nobody else's session carries the call out. */
  seat?: string
}

export interface Pipeline {
  /** Runs one procedure for whoever stands at the door; throws a Refusal and nothing else. */
  call(door: Door, call: Call): Promise<unknown>
  /** Logs a call that the door itself refused before it got here, and gives the refusal to answer with. */
  turnAway(door: Door, path: readonly string[], code: CommonError): Refusal
}

/**
 * The one way in, whatever the door: session → authorise → parse → transaction (scope, handler, audit) → commit → notify.
 * Domain code never learns which door was used.
 */
export function createPipeline(core: Core): Pipeline {
  return {
    call: async (door, { path, input, signal, seat }) => {
      const procedure = findProcedure(contract, path)
      if (!procedure) throw turnAway(core, door, path, CommonError.UNKNOWN_PROCEDURE)
      const name = path.join('.')
      const started = performance.now()
      let output: unknown
      const subject: Subject = {}
      try {
        lockWhenDue(core, door)
        const actor = authorise(core, door, procedure, seat)
        core.presence.saw(door)
        const parsed = parse(procedure, input)
        output = await run(core, { name, path, procedure, door, actor, input: parsed, signal, subject })
        return output
      } catch (error) {
        throw refusalOf(core, name, procedure, door, subject, error)
      } finally {
        // An action waits for people, files and key derivation; only what holds the event loop is slow.
        if (procedure.kind === 'query' || procedure.kind === 'command') traceSlow(core, name, performance.now() - started, output)
      }
    },
    turnAway: (door, path, code) => turnAway(core, door, path, code),
  }
}

export interface Run {
  name: string
  path: readonly string[]
  procedure: Procedure
  door: Door
  actor: Actor | null
  input: unknown
  signal: AbortSignal | undefined
  subject: Subject
}

async function run(core: Core, one: Run): Promise<unknown> {
  const handler = handlerOf(one.path)
  const admission = admit(core, one, () => one.door.session !== null && isFresh(core, one.door.session, 'recent'))
  if (admission && one.procedure.kind !== 'command') writeAdmission(core, one, admission)
  switch (one.procedure.kind) {
    case 'query': return checked(core, one, minimised(one, runQuery(core, one, handler)))
    case 'command': return checked(core, one, await runCommand(core, one, handler, admission))
    case 'action': return checked(core, one, await runAction(core, one, handler))
    case 'stream': return runStream(core, one, handler, (error) => refusalOf(core, one.name, one.procedure, one.door, one.subject, error))
  }
}

/** Who may pass; null only where nobody is signed in, and the procedure is public or the door a display's. */
function authorise(core: Core, door: Door, procedure: Procedure, seat: string | undefined): Actor | null {
  if (procedure.atHost) core.node.requireHost()
  // A display hangs where anybody can reach it: whatever its page asks, it is answered the calls, and which topics changed.
  if (door.kind === 'display' && (procedure.onDisplay !== true || !door.mayShowCalls)) throw refuse(CommonError.FORBIDDEN)
  if (procedure.can === 'public') return door.session
  if (core.vault.state !== 'open') throw refuse(CommonError.CLOSED)
  if (door.kind === 'display') {
    core.node.requireLease()
    return null
  }
  if (!door.session) throw refuse(CommonError.SIGNED_OUT)
  // Before anything else is said: a call that was made for somebody else is not judged by this person's rights.
  if (seat !== undefined && seat !== door.session.sessionId) throw refuse(CommonError.SEAT_CHANGED)
  if (door.session.isLocked) throw refuse(CommonError.LOCKED)
  if (procedure.whileLeaseEnded !== true) core.node.requireLease()
  if (door.session.mustEnrol && procedure.whileEnrolling !== true) throw refuse(CommonError.ENROL_FIRST)
  if (procedure.can !== 'signed-in' && !can(door.session, procedure.can)) throw refuse(CommonError.FORBIDDEN)
  core.node.requireRows(procedure.scope)
  if (!isFresh(core, door.session, procedure.fresh)) throw refuse(CommonError.REAUTH)
  if (procedure.kind !== 'query') noteLife(core, door)
  return door.session
}

/** R31: what binds a person or leaves the clinic needs a proof that is full, and for some acts recent. */
function isFresh(core: Core, session: Session, fresh: Procedure['fresh']): boolean {
  if (fresh === undefined) return true
  if (session.proof !== 'full') return false
  return fresh === 'full' || minutesBetween(session.provedAt, core.platform.now()) <= limits.fresh_proof_minutes
}

function parse(procedure: Procedure, input: unknown): unknown {
  if (!isLight(input)) throw refuse(CommonError.INVALID_INPUT, { issues: [] })
  const result = read(procedure, input)
  if (result.success) return result.data
  const issues: FieldIssue[] = result.error.issues.map((issue) => ({
    path: issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part)),
    message: issue.code, // The code only: zod's words may repeat what was typed.
  }))
  throw refuse(CommonError.INVALID_INPUT, { issues })
}

/** A schema looks at the length of whatever has one, and an object can be made so that looking breaks: no shape of ours is like that. */
function read(procedure: Procedure, input: unknown) {
  try {
    return procedure.input.safeParse(input)
  } catch {
    throw refuse(CommonError.INVALID_INPUT, { issues: [] })
  }
}

/** The one place where the fields go that a role is not to see, whichever door asks and whatever the service has read. */
function minimised({ name, procedure, actor }: Run, output: unknown): unknown {
  return actor ? withMinimumFields(name, procedure.can, actor.roles, output) : output
}

/** Outputs are checked where it costs nobody time: in tests and while developing. */
function checked(core: Core, one: Run, output: unknown): unknown {
  if (!core.options.checkOutputs) return output
  const result = one.procedure.output.safeParse(output)
  if (!result.success) throw new Error(`${one.name} answered with another shape than declared: ${z.prettifyError(result.error)}`)
  return result.data
}

/** Every failure as a declared code; the refused attempt is logged. A bug becomes INTERNAL with an id to find it by. */
function refusalOf(core: Core, name: string, procedure: Procedure, door: Door, subject: Subject, error: unknown): Refusal {
  const refusal = declaredRefusal(procedure, error) ?? internal(core, name, error)
  if (refusal.code === CommonError.DATABASE_DAMAGED && core.vault.state === 'open') closeDamaged(core)
  if (core.vault.state === 'open' && refusal.code !== CommonError.DISK_FULL) logRefused(core, name, procedure, door, subject, refusal)
  return refusal
}

function internal(core: Core, name: string, error: unknown): Refusal {
  const requestId = core.platform.newId()
  core.logger.error({ procedure: name, requestId, ...placesOf(error) }, 'internal error')
  if (core.options.checkOutputs) core.logger.error(error)
  return refuse(CommonError.INTERNAL, { requestId })
}

/** What nobody declared is logged under one name: the path is text of the caller's and may hold anything. */
function turnAway(core: Core, door: Door, path: readonly string[], code: CommonError): Refusal {
  const refusal = refuse(code)
  const procedure = findProcedure(contract, path)
  if (core.vault.state === 'open') logRefused(core, procedure ? path.join('.') : 'call.unknown', procedure, door, {}, refusal)
  return refusal
}

function logRefused(core: Core, name: string, procedure: Procedure | undefined, door: Door, subject: Subject, refusal: Refusal): void {
  // Whoever knocks at a locked window is not the person who locked it.
  const actor = procedure?.can === 'public' && door.session?.isLocked ? null : door.session
  try {
    writeAudit(core.vault.writer, {
      at: core.platform.now(), action: name, outcome: 'refused', actorId: actor?.userId ?? null, sessionId: actor?.sessionId ?? null,
      door: door.kind, commandId: null, patientId: subject.patientId ?? null, entityId: subject.entityId ?? null, code: refusal.code,
      roles: actor?.roles, reason: subject.reason,
    })
    core.audit.wrote()
  } catch (error) {
    core.logger.error({ procedure: name, kind: error instanceof Error ? error.name : 'unknown' }, 'refusal could not be logged')
  }
}

/** Names slow procedures with their time and rows, never with their parameters. `CAIRN_TRACE=1` logs all of them. */
function traceSlow(core: Core, name: string, ms: number, output: unknown): void {
  if (ms < limits.slow_query_ms && process.env.CAIRN_TRACE !== '1') return
  core.logger.warn({ procedure: name, ms: Math.round(ms * 10) / 10, ...(Array.isArray(output) ? { rows: output.length } : {}) }, 'slow')
}
