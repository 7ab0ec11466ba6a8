import { refuse } from '#shared/rpc/errors.ts'
import type { CliCommand } from './command.ts'
import { readSecret } from './unlock.ts'

/** Opens a node that started locked. The secret comes from a file, and goes over this machine's own socket only. */
export const unlockCommand: CliCommand = {
  usage: 'unlock --unlock FILE [--as USER]                       open a running node that started locked',
  options: {},
  running: async (node, { values, print }) => {
    if (typeof values.unlock !== 'string') throw refuse('UNLOCK_NEEDED')
    for await (const line of node.operate('unlock', { secret: readSecret(values.unlock), ...(typeof values.as === 'string' ? { as: values.as } : {}) })) print(JSON.stringify(line))
    return 0
  },
  run: () => Promise.reject(refuse('NODE_NOT_RUNNING')),
}
