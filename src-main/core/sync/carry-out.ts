import { isTwoPerson } from '#shared/domains/approvals/rules.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { contract } from '#shared/rpc/contract.ts'
import { findProcedure, type Procedure, type Topic } from '#shared/rpc/define.ts'
import { CommonError } from '#shared/rpc/errors.ts'
import type { SentCommand } from '#shared/sync/messages.ts'
import { recordAlone, somebodyElseCanApprove } from '#main/domains/approvals/service.gate.ts'
import { accountByUserId } from '#main/domains/session/repository.ts'
import type { WriteDb } from '../db/types.ts'
import { idsOf } from '../rpc/command-ids.ts'
import type { Actor, Executed, Execution, Subject, WriteContext } from '../rpc/context.ts'
import { executeWithin } from '../rpc/execute.ts'
import { commonOf, type Surroundings } from '../rpc/surroundings.ts'

export interface CarriedOut {
  executed: Executed
  actor: Actor | undefined
  touched: ReadonlySet<Topic>
}

/** "done" events of the command and of what it carried out inside; a replay writes none, because the first run has. */
export type LogDone = (event: string, actor: Actor, subject: Subject, commandId: Id) => void

const refused = (code: string, actor?: Actor): CarriedOut => ({ executed: { isDone: false, code, data: undefined }, actor, touched: new Set() })

/**
 * Carries out a command that was given on some machine, inside the transaction that is open: on the host for the clinic,
 * on a member again after newer rows have come. Who may is judged by the rights of this moment and of these rows, whatever
 * the machine that sent it believed (I10). A refusal takes back what the command wrote.
 */
export function carryOut(db: WriteDb, around: Surroundings, command: Omit<SentCommand, 'seq' | 'version' | 'epoch'>, log: LogDone = () => {}): CarriedOut {
  const account = accountByUserId(db, command.actorId)
  if (!account) return refused(CommonError.FORBIDDEN)
  const actor: Actor = {
    sessionId: command.sessionId, userId: account.userId, staffId: account.staffId, name: `${account.givenName} ${account.familyName}`, roles: account.roles, isPrivacyOfficer: account.isPrivacyOfficer,
  }
  const procedure = findProcedure(contract, command.name.split('.'))
  if (procedure?.kind !== 'command') return refused(CommonError.UNKNOWN_PROCEDURE, actor)
  if (procedure.fresh && command.proof !== 'full') return refused(CommonError.REAUTH, actor)
  const also = admission(db, procedure, command, actor)
  if (typeof also === 'string') return refused(also, actor)
  const touched = new Set<Topic>(also ? ['approvals'] : [])
  const context = contextOf(db, around, command, actor, touched, log)
  return { executed: context.execute({ procedure: command.name, input: command.input, actor, commandId: command.cid, ...(also ? { also } : {}) }), actor, touched }
}

function contextOf(db: WriteDb, around: Surroundings, { cid, at }: { cid: Id; at: Instant }, actor: Actor, touched: Set<Topic>, log: LogDone): WriteContext {
  const context: WriteContext = {
    db, commandId: cid, newId: idsOf(cid), ...commonOf(around, db, actor, at, {}), isCarried: true, notice: () => {},
    execute: (one: Execution) => executeWithin({ context, inTheNameOf: (who, about) => commonOf(around, db, who, at, about), touched, log }, one),
  }
  return context
}

/** An act that takes two people goes through alone only where nobody else could say yes; the pipeline asks the same. */
function admission(db: WriteDb, procedure: Procedure, { name, input, at }: { name: string; input?: unknown; at: Instant }, actor: Actor): Execution['also'] | string {
  if (!procedure.secondPerson || !isTwoPerson(procedure, input)) return undefined
  if (somebodyElseCanApprove(db, procedure.secondPerson, actor.userId, at)) return CommonError.NEEDS_SECOND_PERSON
  return (context) => recordAlone(context, name, input)
}
