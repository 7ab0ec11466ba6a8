const STACK_LINES = 8

/** What may be said of an error: its kind and the places in the program. Its message may hold what was typed, also over several lines (R37). */
export function placesOf(error: unknown): { kind: string; stack: string[] } {
  if (!(error instanceof Error)) return { kind: typeof error, stack: [] }
  const lines = (error.stack ?? '').replaceAll(error.message, '').split('\n').filter((line) => /^\s+at /.test(line))
  return { kind: error.constructor.name, stack: lines.slice(0, STACK_LINES).map((line) => line.trim()) }
}

/**
 * What nobody caught is told without its message, which Node would print and Electron show in a box. It ends the process;
 * a promise that nobody waited for ends the core (another one takes its place), but not the shell, which holds the windows.
 */
export function speakNoWords(name: 'core' | 'shell'): void {
  const tell = (error: unknown): boolean => process.stderr.write(`${JSON.stringify({ name, level: 60, msg: 'uncaught', ...placesOf(error) })}\n`)
  process.on('uncaughtException', (error: unknown) => {
    tell(error)
    process.exit(1)
  })
  process.on('unhandledRejection', (reason) => {
    tell(reason)
    if (name === 'core') process.exit(1)
  })
}
