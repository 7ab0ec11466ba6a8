import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import fs from 'node:fs'
import { root } from './paths.ts'

export type RunResult = { code: number; output: string }
export type RunOptions = {
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** Keep the output instead of showing it. */
  capture?: boolean
  timeoutMs?: number
}

const isWindows = process.platform === 'win32'
const running = new Set<ChildProcess>()

/** Runs a command to its end. A command that cannot be started ends with code 127, as in a shell. */
export function run(command: string, args: string[], options: RunOptions = {}): Promise<RunResult> {
  const child = start(command, args, {
    cwd: options.cwd ?? root,
    env: options.env ?? process.env,
    stdio: options.capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
  })
  const chunks: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
  const timer = options.timeoutMs ? setTimeout(() => killTree(child, 'SIGKILL'), options.timeoutMs) : undefined
  return new Promise((resolve) => {
    child.once('error', (error) => {
      clearTimeout(timer)
      resolve({ code: 127, output: error.message })
    })
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code: code ?? (signal ? 128 : 1), output: Buffer.concat(chunks).toString() })
    })
  })
}

/** Starts a child in a process group of its own, so that it and all it starts can be ended together. */
export function start(command: string, args: string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, { ...options, detached: !isWindows })
  running.add(child)
  child.once('close', () => running.delete(child))
  child.once('error', () => running.delete(child))
  return child
}

export function killTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    if (isWindows) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' })
    else process.kill(-child.pid, signal)
  } catch (error) {
    // The group is gone already: that is what was asked for.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // process.kill throws errno errors only
  }
}

/**
 * Ends everything that was started, the youngest first: an app goes before the display it is shown on.
 * Politely, and after five seconds without asking.
 */
export async function endAll(): Promise<void> {
  for (const child of [...running].toReversed()) {
    const gone = new Promise((resolve) => child.once('close', resolve))
    child.kill('SIGTERM') // not to its whole group: an app ends its own helpers in the right order
    const late = setTimeout(() => killTree(child, 'SIGKILL'), 5_000)
    await gone
    clearTimeout(late)
    killTree(child, 'SIGKILL') // what it left behind in its group
  }
}

let endingCode: number | undefined

/** The exit code when this process is being ended from outside; whatever fails because of that is no failure. */
export function codeOfEnding(): number | undefined {
  return endingCode
}

/** Ctrl+C, a closed terminal and `kill` end this process and everything it started. */
export function endAllOnSignal(): void {
  function end(code: number): void {
    if (endingCode !== undefined) return
    endingCode = code
    void endAll().then(() => process.exit(code))
  }
  process.on('SIGINT', () => end(130))
  process.on('SIGTERM', () => end(143))
  process.on('SIGHUP', () => end(129))
  // npm runs us through a shell that does not pass signals on, so killing npm would leave us and the app behind.
  const family = ancestors()
  setInterval(() => ancestors() !== family && end(143), 500).unref()
  // The last resort, when this process dies of an error of its own.
  process.on('exit', () => running.forEach((child) => killTree(child, 'SIGKILL')))
}

/** Our parent and its parent: the shell and npm, where npm started us. */
function ancestors(): string {
  const parent = process.ppid
  try {
    const fields = fs.readFileSync(`/proc/${parent}/stat`, 'utf8')
    return `${parent} ${fields.slice(fields.lastIndexOf(')') + 2).split(' ')[1]}`
  } catch {
    return String(parent) // no /proc outside Linux
  }
}
