import { createCore, type Core } from './core.ts'
import { speakNoWords } from './platform/last-words.ts'
import type { Door } from './rpc/context.ts'
import { servePort } from './rpc/transport-port.ts'
import { joinSession, leave, resumeSession } from '#main/domains/session/service.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import type { FromCore, Resume, ToCore } from './process-messages.ts'

/**
 * The core as Electron's utility process. The shell sends `start` once, then one `door` with a MessagePort for each
 * window. After each sign-in, lock or sign-out the shell gets what a restarted core needs to go on (`resume`).
 */
const parent = process.parentPort
speakNoWords('core')
let starting: Promise<Core> | undefined

parent.on('message', ({ data, ports }: { data: ToCore; ports: Electron.MessagePortMain[] }) => {
  switch (data.type) {
    case 'start':
      starting = start(data)
      break
    case 'door':
      void starting?.then((core) => openWindowDoor(core, data, ports[0]))
      break
    case 'door-closed':
      void starting?.then((core) => closeWindowDoor(core, data.doorId))
      break
    case 'stop':
      void starting?.then((core) => core.close()).finally(() => process.exit(0))
      break
  }
})

async function start(message: Extract<ToCore, { type: 'start' }>): Promise<Core> {
  try {
    const core = await createCore(message.folders)
    if (message.resume) core.vault.open(message.resume.dataKey)
    void keepShellInformed(core)
    send({ type: 'started' })
    return core
  } catch (error) {
    send({ type: 'failed', code: error instanceof Refusal ? error.code : 'INTERNAL' })
    throw error
  }
}

function openWindowDoor(core: Core, { doorId, resume, beside }: Extract<ToCore, { type: 'door' }>, port: Electron.MessagePortMain | undefined): void {
  if (!port) return
  const door: Door = core.doors.get(doorId) ?? core.openDoor('window', doorId)
  const neighbour = beside === undefined ? undefined : core.doors.get(beside)
  if (core.vault.state === 'open' && !door.session) {
    if (resume) resumeSession(core, door, resume)
    else if (neighbour) joinSession(core, door, neighbour)
  }
  servePort(core, port, door)
  port.start()
}

function closeWindowDoor(core: Core, doorId: string): void {
  const door = core.doors.get(doorId)
  if (!door) return
  if (core.vault.state === 'open') leave(core, door)
  core.closeDoor(door)
}

async function keepShellInformed(core: Core): Promise<void> {
  for await (const { topics } of core.changes.subscribe(new AbortController().signal)) {
    if (topics.includes('session')) send({ type: 'resume', resume: snapshot(core) })
  }
}

function snapshot(core: Core): Resume | null {
  const { dataKey } = core.vault
  if (!dataKey) return null
  const sessions = [...core.doors.values()].flatMap((door) => (door.kind === 'window' && door.session ? [[door.id, door.session.sessionId] as const] : []))
  return { dataKey, sessions: Object.fromEntries(sessions) }
}

const send = (message: FromCore): void => parent.postMessage(message)
