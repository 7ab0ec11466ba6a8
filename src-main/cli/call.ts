import { contract } from '#shared/rpc/contract.ts'
import { findProcedure } from '#shared/rpc/define.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { CliCommand } from './command.ts'
import { unlockAs } from './unlock.ts'

/** Any query or command through the same pipeline as a window's, answered as JSON; a stream answers one JSON line a piece. */
export const callCommand: CliCommand = {
  usage: `call <procedure> '<json>' --as USER --unlock FILE     run one query or command as that person`,
  options: {},
  run: async (context) => {
    const [name = '', json = '{}'] = context.positionals
    const path = name.split('.')
    const procedure = findProcedure(contract, path)
    if (!procedure) throw refuse(CommonError.UNKNOWN_PROCEDURE)
    const input = parseJson(json)
    const door = await unlockAs(context)
    const output = await context.core.pipeline.call(door, { path, input })
    if (procedure.kind === 'stream') {
      for await (const piece of output as AsyncIterable<unknown>) context.print(JSON.stringify(piece)) // The pipeline answers a stream with an iterable.
    } else context.print(JSON.stringify(output ?? null))
    return 0
  },
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refuse(CommonError.INVALID_INPUT, { issues: [{ path: [], message: 'not JSON' }] })
  }
}
