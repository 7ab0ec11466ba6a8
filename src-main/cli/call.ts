import { contract } from '#shared/rpc/contract.ts'
import { findProcedure, type Kind } from '#shared/rpc/define.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { CliCommand } from './command.ts'
import { signInOver, unlockAs } from './unlock.ts'

/** Any query or command through the same pipeline as a window's, answered as JSON; a stream answers one JSON line a piece. */
export const callCommand: CliCommand = {
  usage: `call <procedure> '<json>' --as USER --unlock FILE     run one query or command as that person`,
  options: {},
  running: async (node, { values, positionals: [name = '', json = '{}'], print }) => {
    const path = name.split('.')
    const procedure = findProcedure(contract, path)
    if (!procedure) throw refuse(CommonError.UNKNOWN_PROCEDURE)
    const { client, close } = await node.connect()
    try {
      await signInOver(client, values)
      const call = path.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], client) as (input: unknown) => Promise<unknown> // A path of the contract, as looked up above.
      await printAll(procedure.kind, await call(parseJson(json)), print)
    } finally {
      close()
    }
    return 0
  },
  run: async (context) => {
    const [name = '', json = '{}'] = context.positionals
    const path = name.split('.')
    const procedure = findProcedure(contract, path)
    if (!procedure) throw refuse(CommonError.UNKNOWN_PROCEDURE)
    const input = parseJson(json)
    const door = await unlockAs(context)
    const output = await context.core.pipeline.call(door, { path, input })
    await printAll(procedure.kind, output, context.print)
    return 0
  },
}

async function printAll(kind: Kind, output: unknown, print: (line: string) => void): Promise<void> {
  if (kind === 'stream') for await (const piece of output as AsyncIterable<unknown>) print(JSON.stringify(piece)) // A stream answers with an iterable.
  else print(JSON.stringify(output ?? null))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refuse(CommonError.INVALID_INPUT, { issues: [{ path: [], message: 'not JSON' }] })
  }
}
