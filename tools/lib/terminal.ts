import { codeOfEnding, endAll } from './process.ts'

const started = Date.now()

/** One line about what the tool is doing. Tools speak on stderr, so that stdout stays for results. */
export function say(text: string): void {
  process.stderr.write(`cairn: ${text}\n`)
}

/**
 * Says that something long is running, and that it still is: a line that counts seconds on a
 * terminal, a line every fifteen seconds in a log.
 */
export async function withProgress<T>(text: string, work: Promise<T>): Promise<T> {
  say(`${text} ...`)
  const begin = Date.now()
  const timer = setInterval(() => say(`${text}: ${seconds(Date.now() - begin)} so far`), 15_000)
  try {
    const result = await work
    say(`${text}: done in ${seconds(Date.now() - begin)}`)
    return result
  } finally {
    clearInterval(timer)
  }
}

export function seconds(ms: number): string {
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}

export function sinceStart(): string {
  return seconds(Date.now() - started)
}

/** A failure that the person at the terminal can do something about: shown without a stack. */
export class Refusal extends Error {}

/** Runs a tool's main function and turns a Refusal into a plain line and exit code 1. */
export async function runTool(main: () => Promise<number | void>): Promise<void> {
  try {
    const code = (await main()) ?? 0
    process.exitCode = codeOfEnding() ?? code
  } catch (error) {
    process.exitCode = codeOfEnding() ?? 1
    if (codeOfEnding() !== undefined) return
    if (error instanceof Refusal) say(error.message)
    else console.error(error)
    await endAll()
  }
}
