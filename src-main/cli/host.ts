import { startHost } from '#main/domains/network/service.hosting.ts'
import type { CliCommand } from './command.ts'
import { nodeOptions, runNode } from './node.ts'

/** The same for the machine that is to be the host: a clinic that was alone becomes one. Needs the records open for that, once. */
export const hostCommand: CliCommand = {
  usage: 'host [as node]                                         as node, and make this machine the clinic\'s host if it was alone',
  options: nodeOptions,
  run: (context) => runNode(context, async (core) => {
    if (core.node.role === 'alone') await startHost(core)
  }),
}
