import { useState } from 'react'
import { can } from '#shared/access/permissions.ts'
import type { Approval } from '#shared/domains/approvals/model.ts'
import type { Person } from '#shared/domains/session/contract.ts'
import { contract } from '#shared/rpc/contract.ts'
import { findProcedure } from '#shared/rpc/define.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { useApiQuery, useCommand, type Command, type CommandInput, type CommandOutput, type CommandPath } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { useActor } from '../actor.tsx'

/** The act that waits for a second person, as it was asked for. */
export interface Waiting {
  procedure: string
  input: unknown
}

export interface TwoPersonCommand<P extends CommandPath> extends Omit<Command<P>, 'run'> {
  /** Undefined when it was refused, or when it waits for a second person now. */
  run: (input: CommandInput<P>) => Promise<CommandOutput<P> | undefined>
  waiting: Waiting | undefined
  stopWaiting: () => void
}

/** A command that may answer "somebody else has to approve this": then `waiting` says what for, and <SecondPerson> goes on. */
export function useTwoPerson<P extends CommandPath>(path: P): TwoPersonCommand<P> {
  const command = useCommand(path)
  const [waiting, setWaiting] = useState<Waiting>()
  return {
    isRunning: command.isRunning, refusal: needsSecond(command.refusal) ? null : command.refusal, reset: command.reset, waiting,
    stopWaiting: () => {
      command.reset()
      setWaiting(undefined)
    },
    run: async (input) => {
      try {
        return await command.run(input)
      } catch (error) {
        if (needsSecond(error)) setWaiting({ procedure: path, input })
        return undefined
      }
    },
  }
}

export const needsSecond = (error: unknown): boolean => error instanceof Refusal && error.code === 'NEEDS_SECOND_PERSON'

/** Who could say yes to it here, by name; the core decides again. */
export function useApprovers(procedure: string): readonly Person[] {
  const { userId } = useActor()
  const { people } = useSession()
  const right = findProcedure(contract, procedure.split('.'))?.secondPerson?.approve
  return right === undefined ? [] : people.filter((person) => person.userId !== userId && can(person, right))
}

/** Permits of this person that wait to be used. */
export function usePermits(procedure: string): readonly Approval[] {
  const query = useApiQuery('approvals.listMine', {})
  return (query.data ?? []).filter((one) => one.procedure === procedure && one.status === 'permitted' && !one.isExpired)
}
