import type { CliCommand } from './command.ts'
import { statusOf } from '#main/core/sync/status.ts'
import { unlockDatabase } from './unlock.ts'
import { openByMachine } from '#main/core/sync/unattended.ts'

/** Role, epoch, cursor, unsent and lag as one line of JSON: of the node that runs on the folder, or of the folder itself. */
export const statusCommand: CliCommand = {
  usage: 'status                                                 role, epoch, cursor, unsent and lag as JSON',
  options: {},
  running: async (node, { print }) => {
    for await (const line of node.operate('status')) print(JSON.stringify({ running: true, ...(line as object) })) // One object.
    return 0
  },
  run: async (context) => {
    const { core, values, print } = context
    if (!(await openByMachine(core)) && typeof values.unlock === 'string') core.closeDoor(await unlockDatabase(context))
    print(JSON.stringify({ running: false, ...statusOf(core) }))
    return 0
  },
}

