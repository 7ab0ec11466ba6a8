import fs from 'node:fs'
import type http from 'node:http'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import { text } from 'node:stream/consumers'
import { Refusal } from '#shared/rpc/errors.ts'
import type { Core } from '#main/core/core.ts'
import { serveSockets } from '#main/core/rpc/transport-socket.ts'
import { statusOf } from '#main/core/sync/status.ts'
import { allowUnattended, makeKeyFileAt, openByMachine } from '#main/core/sync/unattended.ts'
import { announcePairing } from '#main/domains/network/service.pairing.ts'
import type { CliCommand, CliContext } from './command.ts'
import { localAddressOf } from './running.ts'
import { unlockDatabase, unlockWith } from './unlock.ts'

export const nodeOptions = { unattended: { type: 'boolean' } } as const

/**
 * Cairn without a window: a host in a cupboard, or a machine that only keeps a copy. It runs until it is told to stop
 * (SIGTERM, SIGINT). Where nothing opens the records by itself (the machine's own secret, a key file the administrator
 * chose) it starts locked and says so; `cairn unlock` opens it.
 */
export const nodeCommand: CliCommand = {
  usage: 'node [--port N] [--bind ADDRESS] [--quiet] [--unattended]   run without a window until stopped; --quiet: no multicast; --unattended: open by itself from now on',
  options: nodeOptions,
  run: (context) => runNode(context),
}

/** `whenOpen` runs once the records are open, whether at the start or by `cairn unlock`. */
export async function runNode(context: CliContext, whenOpen: (core: Core) => Promise<void> = () => Promise.resolve()): Promise<number> {
  const { core, values } = context
  if (values.unattended === true && typeof values['key-file'] === 'string') makeKeyFileAt(core, path.resolve(values['key-file']))
  if (core.vault.state !== 'open') await openByMachine(core)
  if (core.vault.state !== 'open' && typeof values.unlock === 'string') core.closeDoor(await unlockDatabase(context))
  const opened = async (): Promise<void> => {
    if (values.unattended === true) await allowUnattended(core)
    await whenOpen(core)
    await core.network.start()
  }
  const address = localAddressOf(core.vault.folder)
  if (process.platform !== 'win32') fs.rmSync(address, { force: true })
  const door = await serveSockets(core, { address, operate: (request, response) => void operate(core, opened, request, response) })
  if (core.vault.state === 'open') await opened()
  context.print(JSON.stringify({ ready: true, ...statusOf(core) }))
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
  await door.close()
  if (process.platform !== 'win32') fs.rmSync(address, { force: true })
  return 0
}

type Answer = (line: unknown) => void

interface Asked { core: Core; opened: () => Promise<void>; body: Record<string, unknown>; answer: Answer; signal: AbortSignal }

/** Whoever may open this machine's own socket runs as its account: they see how it stands, unlock it, and show a pairing code. */
const duties: Record<string, (asked: Asked) => Promise<void> | void> = {
  status: ({ core, answer }) => answer(statusOf(core)),
  unlock: async ({ core, opened, body: { secret, as }, answer }) => {
    core.closeDoor(await unlockWith(core, { secret: String(secret), as: typeof as === 'string' ? as : undefined }))
    await opened()
    answer(statusOf(core))
  },
  pair: async ({ core, body: { allow }, answer, signal }) => {
    for await (const step of announcePairing(core, signal)) {
      answer(step)
      if (step.is === 'asking' && allow === true) core.network.server?.desk.answer(step.requestId, { allow: true, name: step.name, profile: step.profile })
    }
  },
  answer: ({ core, body: { requestId, allow }, answer }) => {
    const desk = core.network.server?.desk
    const asking = desk?.asking
    answer({ answered: desk?.answer(String(requestId), allow === true && asking ? { allow: true, name: asking.name, profile: asking.profile } : { allow: false }) ?? false })
  },
}

async function operate(core: Core, opened: () => Promise<void>, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const name = /^\/operator\/([a-z]+)$/.exec(request.url ?? '')?.[1] ?? ''
  const duty = request.method === 'POST' && request.headers.origin === undefined && Object.hasOwn(duties, name) ? duties[name] : undefined
  if (!duty) return void response.writeHead(404).end()
  const left = new AbortController()
  response.once('close', () => left.abort())
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  try {
    const body = JSON.parse((await text(request)) || '{}') as Record<string, unknown> // Only our own command line writes here.
    await duty({ core, opened, body, answer: (line) => response.write(`${JSON.stringify(line)}\n`), signal: left.signal })
  } catch (error) {
    const { code, data } = error instanceof Refusal ? error : { code: 'INTERNAL', data: undefined }
    response.write(`${JSON.stringify({ error: { code, data } })}\n`)
  }
  response.end()
  await finished(response).catch(() => undefined)
}

