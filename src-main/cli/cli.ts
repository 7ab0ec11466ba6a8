import path from 'node:path'
import { parseArgs } from 'node:util'
import { refuse, Refusal } from '#shared/rpc/errors.ts'
import type { NetworkOptions } from '#main/core/sync/network.ts'
import { createCore, type Core } from '#main/core/core.ts'
import { benchCommand } from './bench.ts'
import { callCommand } from './call.ts'
import { demoCommand } from './demo.ts'
import { doctorCommand } from './doctor.ts'
import { hostCommand } from './host.ts'
import { importCommand } from './import.ts'
import { joinCommand } from './join.ts'
import { nodeCommand } from './node.ts'
import { pairCommand } from './pair.ts'
import { findRunning } from './running.ts'
import { statusCommand } from './status.ts'
import { unlockCommand } from './unlock-node.ts'
import { verifyAuditCommand } from './verify-audit.ts'
import { rotateKeyCommand } from './rotate-key.ts'
import type { CliCommand, CliContext } from './command.ts'

const commands: Record<string, CliCommand> = {
  bench: benchCommand,
  call: callCommand,
  demo: demoCommand,
  doctor: doctorCommand,
  host: hostCommand,
  import: importCommand,
  join: joinCommand,
  node: nodeCommand,
  pair: pairCommand,
  'rotate-key': rotateKeyCommand,
  status: statusCommand,
  unlock: unlockCommand,
  'verify-audit': verifyAuditCommand,
}

/**
 * `cairn <command> … --data DIR`: the same core without a window. Exit codes: 0 done, 1 refused (JSON with the code on
 * standard output), 2 wrong usage. Secrets come from a file (`--unlock FILE`), never from the command line, where
 * other people of the machine can read them.
 */
export async function runCli(args: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = args
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) return usage(name)
  let core: Core | undefined
  try {
    const { values, positionals } = parseArgs({ args: rest, allowPositionals: true, options: { ...commonOptions, ...command.options } })
    const folder = typeof values.data === 'string' ? path.resolve(values.data) : undefined
    if (!folder) return usage(name)
    const asked = { values, positionals, print: (line: string) => void process.stdout.write(`${line}\n`), note: (line: string) => void process.stderr.write(`${line}\n`) }
    const running = command.running && (await findRunning(folder))
    if (running && command.running) return await command.running(running, asked)
    const keyFile = values['key-file']
    core = await createCore({
      network: networkOf(name, values),
      ...(typeof keyFile === 'string' ? { keyFile: path.resolve(keyFile) } : {}),
      dataFolder: folder, migrationsFolder: inRoot('drizzle/migrations'), resourcesFolder: inRoot('resources'),
    })
    const context: CliContext = { core, ...asked }
    return await command.run(context)
  } catch (error) {
    return fail(error)
  } finally {
    await core?.close()
  }
}

const commonOptions = {
  data: { type: 'string' },
  unlock: { type: 'string' },
  as: { type: 'string' },
  'key-file': { type: 'string' },
  bind: { type: 'string' },
  port: { type: 'string' },
  quiet: { type: 'boolean' },
} as const

/** Only a node is part of the network; one call on records that nobody runs is noted and sent by the next that does. */
function networkOf(command: string, { bind, port, quiet }: CliContext['values']): NetworkOptions {
  return {
    isOff: command !== 'node' && command !== 'host', isQuiet: quiet === true, ...(typeof bind === 'string' ? { bind } : {}), ...(typeof port === 'string' ? { port: Number(port) } : {}),
  }
}

/** The folder that holds `drizzle` and `resources`: the checkout, or the package beside the bundled file. */
const inRoot = (name: string): string => path.resolve(import.meta.dirname, '../..', name)

function usage(name: string): number {
  const lines = ['usage: cairn <command> --data DIR [--unlock FILE] [--as USER] [--key-file FILE]', ...Object.values(commands).map((one) => `  ${one.usage}`)]
  process.stderr.write(`${lines.join('\n')}\n`)
  return name === 'help' ? 0 : 2
}

function fail(error: unknown): number {
  const refusal = error instanceof Refusal ? error : undefined
  if (!refusal && error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    process.stderr.write(`${error.message}\n`)
    return 2
  }
  const { code, data } = refusal ?? refuse('INTERNAL')
  process.stdout.write(`${JSON.stringify({ error: { code, ...(data === undefined ? {} : { data }) } })}\n`)
  process.stderr.write(`${explain(code)}\n`)
  return 1
}

const explanations: Record<string, string> = {
  IN_USE: 'Cairn has these records open. Close it, then try again.',
  DEVICE_SECRET_MISSING: 'The records also need this machine\'s part of the key: name its file with --key-file FILE, or unlock with the recovery key.',
  OLD_SLOTS: 'Passwords or a printed key of an older Cairn are left. Each of these people signs in once first; then the key can be changed.',
  DATA_KEY_BUSY: 'The records are being read by a longer task. Nothing was changed; try again in a minute.',
  NO_PATIENTS: 'There are no patients to read yet.',
  NO_CLINIC: 'There is no clinic in this folder yet.',
  CODE_NEEDED: 'A second factor is set up for --as USER: put a code of the app, or a printed one, into the second line of the file.',
  ENROL_FIRST: 'Sign in once in a window and set up the second factor. The printed recovery key works without.',
  UNLOCK_NEEDED: 'Name a file with the password of --as USER, or with the recovery key: --unlock FILE',
  SIGN_IN_REFUSED: 'The file does not unlock these records for this person.',
  ALREADY_SET_UP: 'There is a clinic in this folder already. Nothing was changed.',
  PASSWORD_WEAK: 'The password in the file is too easy to guess: at least 12 characters, no common word, no name of the clinic.',
  INVALID_INPUT: 'The input does not have the shape that this procedure asks for.',
  FORBIDDEN: 'This person may not do that.',
  NODE_NOT_RUNNING: 'No node runs on this folder. Start one with: cairn node --data DIR',
  NODE_ADDRESS_UNSAFE: 'Somebody else owns the folder in which this account keeps its sockets. Nothing was said there.',
  PAIRING_OVER: 'The code is over. Show a new one.',
  HOST_NEEDED: 'This takes the clinic\'s host, which is out of reach now.',
  AT_HOST: 'This is done at the clinic\'s host machine only.',
  FILE_NOT_FOUND: 'There is no such file.',
  FILE_EMPTY: 'The file is empty.',
  FILE_IS_ZIP: 'The file is a zip archive. Unpack it and import the file in it.',
  FILE_DAMAGED: 'The file breaks off or is damaged. What was read before that is whole.',
  NOT_A_CODE_FILE: 'This is neither a CMS order file nor a table of codes that Cairn knows.',
}
const explain = (code: string): string => explanations[code] ?? `refused: ${code}`
