import { createCore, type Core } from './core.ts'
import { allowDisplay } from './display.ts'
import { speakNoWords } from './platform/last-words.ts'
import type { Door } from './rpc/context.ts'
import { inProcessClient } from './rpc/in-process.ts'
import type { Device } from './keys/device.ts'
import { servePort } from './rpc/transport-port.ts'
import { holdUserKey } from './keys/held.ts'
import { lockAll } from '#main/domains/session/service.life.ts'
import { joinSession, leaveAll, resumeSessions, tokensOf } from '#main/domains/session/service.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import type { FromCore, Resume, ToCore } from './process-messages.ts'

/**
 * The core as Electron's utility process. The shell sends `start` once, then one `door` with a MessagePort for each
 * window. After each sign-in, lock or sign-out the shell gets what a restarted core needs to go on (`resume`).
 */
const parent = process.parentPort
speakNoWords('core')
let starting: Promise<Core> | undefined
/** As the shell remembers them from the core before this one. */
let displaysBefore: readonly string[] = []
const device = Promise.withResolvers<Device>()

parent.on('message', ({ data, ports }: { data: ToCore; ports: Electron.MessagePortMain[] }) => {
  switch (data.type) {
    case 'start':
      displaysBefore = data.resume?.displays ?? []
      starting = start(data)
      break
    case 'device':
      device.resolve(data.device)
      break
    case 'door':
      void starting?.then((core) => openWindowDoor(core, data, ports[0]))
      break
    case 'door-closed':
      void starting?.then((core) => closeWindowDoor(core, data.doorId))
      break
    case 'video-link':
      void starting?.then((core) => tellVideoLink(core, data))
      break
    case 'lock-all':
      void starting?.then(lockAll)
      break
    case 'stop':
      void starting?.then((core) => core.close()).finally(() => process.exit(0))
      break
  }
})

async function start(message: Extract<ToCore, { type: 'start' }>): Promise<Core> {
  try {
    const core = await createCore({ ...message.options, device: device.promise })
    if (message.resume) goOn(core, message.resume)
    void keepShellInformed(core)
    send({ type: 'started' })
    return core
  } catch (error) {
    send({ type: 'failed', code: error instanceof Refusal ? error.code : 'INTERNAL' })
    throw error
  }
}

/** A key that opens nothing (it was changed in the moment the core died) leaves the records closed: the next sign-in opens them. */
function goOn(core: Core, resume: Resume): void {
  try {
    core.vault.open(resume.dataKey)
    for (const [userId, key] of Object.entries(resume.userKeys)) holdUserKey(core, userId, key)
  } catch (error) {
    core.logger.warn({ code: error instanceof Refusal ? error.code : 'INTERNAL' }, 'not resumed')
  }
}

function openWindowDoor(core: Core, message: Extract<ToCore, { type: 'door' }>, port: Electron.MessagePortMain | undefined): void {
  if (!port) return
  if (message.isDisplay) openDisplayDoor(core, message, port)
  else openPersonsDoor(core, message, port)
}

function openPersonsDoor(core: Core, { doorId, resume, beside }: Extract<ToCore, { type: 'door' }>, port: Electron.MessagePortMain): void {
  const door: Door = core.doors.get(doorId) ?? core.openDoor('window', doorId)
  const neighbour = beside === undefined ? undefined : core.doors.get(beside)
  if (core.vault.state === 'open' && !door.session) {
    if (resume) resumeSessions(core, door, resume)
    else if (neighbour) joinSession(core, door, neighbour)
  }
  servePort(core, port, door)
  port.start()
}

/** Nobody ever sits at it. It shows calls because of whoever opened it, and goes on when they lock their window or leave. */
function openDisplayDoor(core: Core, { doorId, beside }: Extract<ToCore, { type: 'door' }>, port: Electron.MessagePortMain): void {
  const door: Door = core.doors.get(doorId) ?? core.openDoor('display', doorId)
  const neighbour = beside === undefined ? undefined : core.doors.get(beside)
  if (!door.mayShowCalls && displaysBefore.includes(doorId)) door.mayShowCalls = true
  else if (!door.mayShowCalls && neighbour) allowDisplay(core, door, neighbour)
  if (door.mayShowCalls && core.vault.state === 'open') send({ type: 'resume', resume: snapshot(core) })
  servePort(core, port, door)
  port.start()
}

function closeWindowDoor(core: Core, doorId: string): void {
  const door = core.doors.get(doorId)
  if (!door) return
  if (core.vault.state === 'open') leaveAll(core, door)
  core.closeDoor(door)
}

/** Through the pipeline like every call of that window: its session, its rights, its row in the log. */
async function tellVideoLink(core: Core, { requestId, doorId, appointmentId, seat }: Extract<ToCore, { type: 'video-link' }>): Promise<void> {
  const door = core.doors.get(doorId)
  const url = door && await inProcessClient(core, door).scheduling.joinVideo({ id: appointmentId }, { seat }).then((answer) => answer.url, () => null)
  send({ type: 'video-link', requestId, url: url ?? null })
}

async function keepShellInformed(core: Core): Promise<void> {
  for await (const { topics } of core.changes.subscribe(new AbortController().signal)) {
    if (topics.includes('session')) send({ type: 'resume', resume: snapshot(core) })
  }
}

function snapshot(core: Core): Resume | null {
  const { dataKey } = core.vault
  if (!dataKey) return null
  const sessions = [...core.doors.values()].filter((door) => door.kind === 'window').map((door) => [door.id, tokensOf(door)] as const)
  const displays = [...core.doors.values()].filter((door) => door.mayShowCalls).map((door) => door.id)
  return { dataKey, displays, sessions: Object.fromEntries(sessions), userKeys: Object.fromEntries(core.userKeys) }
}

const send = (message: FromCore): void => parent.postMessage(message)
