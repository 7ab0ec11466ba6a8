import { pino, type DestinationStream, type Logger } from 'pino'

export type { Logger }

/**
 * Logs hold ids, codes, names of procedures and milliseconds: never parameters, never patient data.
 * `CAIRN_LOG` sets the level; without it only warnings are printed, on standard error: standard output belongs to results.
 */
export function createLogger(name: string, level = 'warn', to: DestinationStream = pino.destination({ fd: 2, sync: true })): Logger {
  return pino({ name, level: process.env.CAIRN_LOG ?? level, redact: { paths: ['input', 'data', '*.input', '*.data'], remove: true } }, to)
}
