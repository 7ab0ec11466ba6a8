import type { Core } from '#main/core/core.ts'
import type { ParseArgsConfig } from 'node:util'
import type { RunningNode } from './running.ts'

export interface CliContext {
  core: Core
  values: Record<string, string | boolean | (string | boolean)[] | undefined>
  positionals: string[]
  /** Results, on standard output. */
  print(line: string): void
  /** Progress and advice, on standard error. */
  note(line: string): void
}

export interface CliCommand {
  usage: string
  options: NonNullable<ParseArgsConfig['options']>
  /** The exit code. */
  run(context: CliContext): Promise<number>
  /** Instead, where a node runs on the folder: it has the records, and this process only asks it. */
  running?(node: RunningNode, context: Omit<CliContext, 'core'>): Promise<number>
}
