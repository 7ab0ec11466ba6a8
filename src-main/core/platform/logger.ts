import { pino, type Logger } from 'pino'

export type { Logger }

/**
 * Logs hold ids, codes, names of procedures and milliseconds: never parameters, never patient data.
 * `CAIRN_LOG` sets the level; without it only warnings are printed.
 */
export function createLogger(name: string): Logger {
  return pino({ name, level: process.env.CAIRN_LOG ?? 'warn', redact: { paths: ['input', 'data', '*.input', '*.data'], remove: true } })
}
