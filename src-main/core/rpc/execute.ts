import Sqlite from 'better-sqlite3'
import { can } from '#shared/access/permissions.ts'
import { contract } from '#shared/rpc/contract.ts'
import { findProcedure, type Procedure, type Topic } from '#shared/rpc/define.ts'
import { CommonError, refuse, Refusal } from '#shared/rpc/errors.ts'
import { damageOf } from '../db/open.ts'
import { idsOf } from './command-ids.ts'
import type { Actor, Executed, Execution, Notice, Subject, WriteContext } from './context.ts'
import { handlerOf } from './handlers.ts'

interface Outer {
  context: WriteContext
  /** What follows from who acts: their row scope and note keys, never those of whoever says yes. */
  inTheNameOf: (actor: Actor, subject: Subject) => Omit<WriteContext, 'db' | 'commandId' | 'newId' | 'isCarried' | 'notice' | 'execute'>
  /** Topics of the whole transaction; the inner command adds its own. */
  touched: Set<Topic>
  log: (event: string, actor: Actor, subject: Subject, commandId: string) => void
}

const takenBack = new Error('a rehearsal is taken back')

/**
 * Runs a command inside a transaction that is already open, in the name of `actor` and with their rights of this moment,
 * and logs it as theirs. A refusal takes back what the command itself wrote (a savepoint) and nothing of the rest.
 */
export function executeWithin({ context, inTheNameOf, touched, log }: Outer, { procedure: name, input, actor, isRehearsal = false, commandId = context.newId(), also }: Execution): Executed {
  const path = name.split('.')
  const procedure = findProcedure(contract, path)
  if (procedure?.kind !== 'command' || !procedure.audit) return { isDone: false, code: CommonError.UNKNOWN_PROCEDURE, data: undefined }
  if (procedure.can !== 'signed-in' && (procedure.can === 'public' || !can(actor, procedure.can))) return { isDone: false, code: CommonError.FORBIDDEN, data: undefined }
  const parsed = procedure.input.safeParse(input)
  if (!parsed.success) return { isDone: false, code: CommonError.INVALID_INPUT, data: { issues: [] } }
  const { audit } = procedure
  const subject: Subject = {}
  let notice: Notice | undefined
  const inner: WriteContext = { ...context, ...inTheNameOf(actor, subject), commandId, newId: idsOf(commandId), notice: (one) => void (notice = one) }
  let output: unknown
  try {
    context.db.$client.transaction(() => {
      output = handlerOf(path)(inner as never, parsed.data as never) // The contract types what the handler takes.
      also?.(inner)
      if (isRehearsal) throw takenBack
      log(audit, actor, subject, commandId)
    })()
  } catch (error) {
    if (error === takenBack) return { isDone: true, output }
    const refusal = declaredRefusal(procedure, error)
    if (!refusal || refusal.code === CommonError.DISK_FULL || refusal.code === CommonError.DATABASE_DAMAGED) throw error
    return { isDone: false, code: refusal.code, data: refusal.data }
  }
  for (const topic of procedure.topics) touched.add(topic)
  return { isDone: true, output, notice }
}

/** An expected failure as the code that the procedure declares; undefined for a bug. */
export function declaredRefusal(procedure: Procedure, error: unknown): Refusal | undefined {
  if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_CONSTRAINT_TRIGGER' && Object.hasOwn(procedure.errors, error.message)) {
    return refuse(error.message) // A trigger raises the same code as the rule it backs.
  }
  // Where no rule looked first, the tables themselves do: an id that is taken, an id of nothing.
  if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY') return refuse(CommonError.ID_USED)
  if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return refuse(CommonError.NOT_FOUND)
  // On a member of a network: rows that only the host may change (core/sync/capture.ts).
  if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_CONSTRAINT_TRIGGER' && error.message === CommonError.AT_HOST) return refuse(CommonError.AT_HOST)
  const known = damageOf(error)
  if (!(known instanceof Refusal)) return undefined
  return Object.hasOwn(procedure.errors, known.code) || Object.hasOwn(CommonError, known.code) ? known : undefined
}
