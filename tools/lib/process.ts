import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
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
  const child = spawn(command, args, { ...options, detached: !isWindows, shell: isWindows && command.endsWith('.cmd') })
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

/** Ends everything that was started: politely, and after five seconds without asking. */
export async function endAll(): Promise<void> {
  const children = [...running]
  for (const child of children) killTree(child, 'SIGTERM')
  const gone = Promise.all(children.map((child) => new Promise((resolve) => (running.has(child) ? child.once('close', resolve) : resolve(undefined)))))
  const late = setTimeout(() => children.forEach((child) => killTree(child, 'SIGKILL')), 5_000)
  await gone
  clearTimeout(late)
  // What a child left behind in its group goes too.
  for (const child of children) killTree(child, 'SIGKILL')
}

/** Ctrl+C, a closed terminal and `kill` end this process and everything it started. */
export function endAllOnSignal(): void {
  let ending = false
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) {
    process.on(signal, () => {
      if (ending) return
      ending = true
      void endAll().then(() => process.exit(code))
    })
  }
  // The last resort, when this process dies of an error of its own.
  process.on('exit', () => running.forEach((child) => killTree(child, 'SIGKILL')))
}
