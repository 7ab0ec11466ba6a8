import Sqlite from 'better-sqlite3'
import * as z from 'zod'
import { withMinimumFields } from '#shared/access/fields.ts'
import { can } from '#shared/access/permissions.ts'
import { limits } from '#shared/kernel/limits.ts'
import { minutesBetween } from '#shared/kernel/time.ts'
import { contract } from '#shared/rpc/contract.ts'
import { findProcedure, type Procedure } from '#shared/rpc/define.ts'
import { CommonError, refuse, Refusal, type FieldIssue } from '#shared/rpc/errors.ts'
import type { Core } from '../core.ts'
import { damageOf } from '../db/open.ts'
import { closeDamaged } from '../damaged.ts'
import { handlerOf } from './handlers.ts'
import { runAction, runCommand, runQuery, runStream } from './run.ts'
import type { Actor, Door, Session, Subject } from './context.ts'
import { writeAudit } from './audit-writer.ts'

export interface Call {
  /** "scheduling.book" in parts. */
  path: readonly string[]
  input: unknown
  signal?: AbortSignal
}

export interface Pipeline {
  /** Runs one procedure for whoever stands at the door; throws a Refusal and nothing else. */
  call(door: Door, call: Call): Promise<unknown>
}

/**
 * The one way in, whatever the door: session → authorise → parse → transaction (scope, handler, audit) → commit → notify.
 * Domain code never learns which door was used.
 */
export function createPipeline(core: Core): Pipeline {
  return {
    call: async (door, { path, input, signal }) => {
      const name = path.join('.')
      const procedure = findProcedure(contract, path)
      if (!procedure) throw refuse(CommonError.UNKNOWN_PROCEDURE)
      const started = performance.now()
      let output: unknown
      const subject: Subject = {}
      try {
        const actor = authorise(core, door, procedure)
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
  switch (one.procedure.kind) {
    case 'query': return checked(core, one, minimised(one, runQuery(core, one, handler)))
    case 'command': return checked(core, one, runCommand(core, one, handler))
    case 'action': return checked(core, one, await runAction(core, one, handler))
    case 'stream': return runStream(core, one, handler, (error) => refusalOf(core, one.name, one.procedure, one.door, one.subject, error))
  }
}

/** Who may pass; null only where the procedure is public and nobody is signed in. */
function authorise(core: Core, door: Door, procedure: Procedure): Actor | null {
  if (procedure.can === 'public') return door.session
  if (core.vault.state !== 'open') throw refuse(CommonError.CLOSED)
  if (!door.session) throw refuse(CommonError.SIGNED_OUT)
  if (door.session.isLocked) throw refuse(CommonError.LOCKED)
  if (procedure.can !== 'signed-in' && !can(door.session, procedure.can)) throw refuse(CommonError.FORBIDDEN)
  if (!isFresh(core, door.session, procedure)) throw refuse(CommonError.REAUTH)
  return door.session
}

/** R31: what binds a person or leaves the clinic needs a proof that is full, and for some acts recent. */
function isFresh(core: Core, session: Session, { fresh }: Procedure): boolean {
  if (fresh === undefined) return true
  if (session.proof !== 'full') return false
  return fresh === 'full' || minutesBetween(session.provedAt, core.platform.now()) <= limits.fresh_proof_minutes
}

function parse(procedure: Procedure, input: unknown): unknown {
  const result = procedure.input.safeParse(input)
  if (result.success) return result.data
  const issues: FieldIssue[] = result.error.issues.map((issue) => ({
    path: issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part)),
    message: issue.code, // The code only: zod's words may repeat what was typed.
  }))
  throw refuse(CommonError.INVALID_INPUT, { issues })
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
  const refusal = declared(procedure, error) ?? internal(core, name, error)
  if (refusal.code === CommonError.DATABASE_DAMAGED && core.vault.state === 'open') closeDamaged(core)
  if (core.vault.state === 'open' && refusal.code !== CommonError.DISK_FULL) logRefused(core, name, door, subject, refusal)
  return refusal
}

function declared(procedure: Procedure, error: unknown): Refusal | undefined {
  if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_CONSTRAINT_TRIGGER' && Object.hasOwn(procedure.errors, error.message)) {
    return refuse(error.message) // A trigger raises the same code as the rule it backs.
  }
  const known = damageOf(error)
  if (!(known instanceof Refusal)) return undefined
  return Object.hasOwn(procedure.errors, known.code) || Object.hasOwn(CommonError, known.code) ? known : undefined
}

function internal(core: Core, name: string, error: unknown): Refusal {
  const requestId = core.platform.newId()
  // The name of the error and the place, not its message: a message may hold what was typed.
  const at = error instanceof Error ? { kind: error.name, stack: error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')).slice(0, 8) } : {}
  core.logger.error({ procedure: name, requestId, ...at }, 'internal error')
  if (core.options.checkOutputs) core.logger.error(error)
  return refuse(CommonError.INTERNAL, { requestId })
}

function logRefused(core: Core, name: string, door: Door, subject: Subject, refusal: Refusal): void {
  try {
    writeAudit(core.vault.writer, {
      at: core.platform.now(), action: name, outcome: 'refused', actorId: door.session?.userId ?? null, sessionId: door.session?.sessionId ?? null,
      door: door.kind, commandId: null, patientId: subject.patientId ?? null, entityId: subject.entityId ?? null, code: refusal.code,
    })
  } catch (error) {
    core.logger.error({ procedure: name, kind: error instanceof Error ? error.name : 'unknown' }, 'refusal could not be logged')
  }
}

/** Names slow procedures with their time and rows, never with their parameters. `CAIRN_TRACE=1` logs all of them. */
function traceSlow(core: Core, name: string, ms: number, output: unknown): void {
  if (ms < limits.slow_query_ms && process.env.CAIRN_TRACE !== '1') return
  core.logger.warn({ procedure: name, ms: Math.round(ms * 10) / 10, ...(Array.isArray(output) ? { rows: output.length } : {}) }, 'slow')
}
