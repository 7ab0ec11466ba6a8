import readline from 'node:readline/promises'
import type { PairingStep } from '#shared/domains/network/model.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { CliCommand } from './command.ts'

/** Shows a code for five minutes and asks whether the machine that knows it may come in; `--allow` says yes by itself. */
export const pairCommand: CliCommand = {
  usage: 'pair [--allow]                                         on a running host: show a code for a new machine',
  options: { allow: { type: 'boolean' } },
  running: async (node, { values, print, note }) => {
    const allow = values.allow === true
    for await (const line of node.operate('pair', { allow })) {
      const step = line as PairingStep // The node's own steps.
      print(JSON.stringify(step))
      if (step.is === 'waiting') note(`Code: ${step.code}   until ${step.until}`)
      if (step.is === 'asking' && !allow) {
        note(`${step.name} (${step.os}) asks to come in as "${step.profile}". Both screens show ${step.digits}.`)
        const terminal = readline.createInterface({ input: process.stdin, output: process.stderr })
        const isAllowed = /^y(es)?$/i.test(await terminal.question('Is that the number on its screen, and may it come in? [y/N] '))
        terminal.close()
        for await (const _ of node.operate('answer', { requestId: step.requestId, allow: isAllowed }));
      }
      if (step.is === 'over') throw refuse('PAIRING_OVER', { why: step.why })
    }
    return 0
  },
  run: () => Promise.reject(refuse('NODE_NOT_RUNNING')),
}
