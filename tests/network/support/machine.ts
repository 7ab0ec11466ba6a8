import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import readline from 'node:readline'
import type { Profile } from '#shared/sync/messages.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { findRunning } from '#main/cli/running.ts'
import type { statusOf } from '#main/core/sync/status.ts'
import { inRoot } from '#tools/lib/paths.ts'
import { PASSWORD } from './clinic.ts'

export type Status = Exclude<ReturnType<typeof statusOf>, { role: null }>

export interface Place {
  /** Everything of this machine lies below it. */
  folder: string
  /** Before the command, to run it in a network of its own. */
  inside?: readonly string[]
  bind?: string
  port: number
}

/** What a command line has said, and how it ended. */
export interface Said { code: number | null; lines: Record<string, unknown>[]; errors: string }

/** One machine of the clinic as a process without a window: the same program that a clinic starts. */
export class Machine {
  readonly #place: Place
  #child: ChildProcess | undefined
  #errors = ''

  constructor(place: Place) {
    this.#place = place
    fs.mkdirSync(place.folder, { recursive: true })
  }

  get data(): string {
    return path.join(this.#place.folder, 'data')
  }

  get keyFile(): string {
    return path.join(this.#place.folder, 'machine.key')
  }

  get port(): number {
    return this.#place.port
  }

  /** What it has written to its log since it was made. */
  get errors(): string {
    return this.#errors
  }

  /** Starts and resolves once it says that it is ready. */
  async start(command: 'host' | 'node', ...more: string[]): Promise<void> {
    const { bind, port } = this.#place
    const child = this.#spawn(command, '--quiet', '--port', String(port), ...(bind === undefined ? [] : ['--bind', bind]), '--key-file', this.keyFile, ...more)
    this.#child = child
    child.stderr?.on('data', (text: Buffer) => (this.#errors += text.toString()))
    const over = once(child, 'exit').then(() => Promise.reject(new Error(`the machine ended before it was ready: ${this.#errors}`)))
    const ready = (async () => {
      for await (const line of linesOf(child)) if ('ready' in line) return
    })()
    await Promise.race([ready, over])
    over.catch(() => undefined)
  }

  /** The first start of the clinic's first host: its records open by themselves from then on. */
  async startFirst(): Promise<void> {
    await this.start('host', '--unattended', '--unlock', this.#passwordFile(), '--as', 'voss')
  }

  /** As a power cut ends it. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }

  /** One command of the command line, to its end. */
  async run(command: string, ...args: string[]): Promise<Said> {
    const { said } = this.begin(command, ...args)
    return said
  }

  /** The same while it runs: its lines as they come, and a way to kill it. */
  begin(command: string, ...args: string[]): { said: Promise<Said>; line: (is: (line: Record<string, unknown>) => boolean) => Promise<void>; kill: () => void } {
    const child = this.#spawn(command, '--key-file', this.keyFile, ...args)
    const lines: Said['lines'] = []
    let errors = ''
    let heard = (): void => {}
    child.stderr?.on('data', (text: Buffer) => (errors += text.toString()))
    const reading = (async () => {
      for await (const line of linesOf(child)) {
        lines.push(line)
        heard()
      }
    })()
    const said = once(child, 'exit').then(async ([code]): Promise<Said> => {
      await reading
      heard()
      return { code: code as number | null, lines, errors } // As Node documents the event.
    })
    return {
      said, kill: () => void child.kill('SIGKILL'),
      line: async (is) => {
        while (!lines.some(is)) {
          if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended before it said so: ${JSON.stringify(lines)} ${errors}`)
          await new Promise<void>((resolve) => (heard = resolve))
        }
      },
    }
  }

  /** Lets a new machine in at this host; the code is typed there as it is shown here. */
  async letIn(member: Machine, profile: Profile, address: string): Promise<void> {
    const running = await this.running()
    for await (const step of running.operate('pair', { allow: true })) {
      const said = step as { is: string; code?: string } // The node's own steps.
      if (said.is !== 'waiting') continue
      const joined = await member.run('join', address, '--code', said.code ?? '', '--profile', profile, '--name', profile)
      if (joined.code !== 0) throw new Error(`not let in: ${JSON.stringify(joined.lines.at(-1))} ${joined.errors}`)
    }
  }

  async running() {
    const found = await findRunning(this.data)
    if (!found) throw new Error('the machine is not running')
    return found
  }

  async status(): Promise<Status> {
    const running = await this.running()
    for await (const line of running.operate('status')) return line as Status // What the node answers while it is open.
    throw new Error('the machine said nothing')
  }

  /** Somebody at this machine, signed in with their password. */
  async as(userName: string): Promise<CairnClient> {
    const { client } = await (await this.running()).connect()
    const { phase } = await client.session.signIn({ userName, password: PASSWORD })
    if (phase !== 'active') throw new Error(`${userName} is ${phase}`)
    return client
  }

  #passwordFile(): string {
    const file = path.join(this.#place.folder, 'password')
    fs.writeFileSync(file, PASSWORD, { mode: 0o600 })
    return file
  }

  #spawn(command: string, ...args: string[]): ChildProcess {
    const [program = '', ...before] = [...(this.#place.inside ?? []), process.execPath]
    const child = spawn(program, [...before, inRoot('src-main/cli/cairn.ts'), command, '--data', this.data, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, CAIRN_LOG: 'warn' } })
    started.add(child)
    child.once('exit', () => started.delete(child))
    return child
  }
}

const started = new Set<ChildProcess>()

/** Nothing that a test has started outlives it. */
export async function killAll(): Promise<void> {
  await Promise.all([...started].map(async (child) => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }))
}

export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo // It listens on TCP.
  server.close()
  await once(server, 'close')
  return port
}

async function* linesOf(child: ChildProcess): AsyncGenerator<Record<string, unknown>> {
  if (!child.stdout) return
  for await (const line of readline.createInterface({ input: child.stdout })) yield JSON.parse(line) as Record<string, unknown> // The command line writes objects, one a line.
}
