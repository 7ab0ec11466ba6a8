import { MessageChannelMain, utilityProcess, type UtilityProcess, type WebContents } from 'electron'
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { Device } from '#main/core/keys/device.ts'
import type { FromCore, Resume, StartOptions, ToCore } from '#main/core/process-messages.ts'

export interface CoreHost {
  /** Gives the page a port to the core, now and again after each restart of the core. */
  attach(page: WebContents, doorId: string, opened: Opened): void
  detach(doorId: string): void
  /** Of an appointment, for whoever sits at that window; undefined where there is none, or not for them. */
  videoLink(doorId: string, appointmentId: string, seat: string): Promise<string | undefined>
  /** Locks every window at the core. */
  lockAll(): void
  /** Ends the core for good; resolves when it has closed the database. */
  stop(): Promise<void>
}

interface Opened {
  /** The window it was opened from. */
  beside?: string | undefined
  /** The waiting room's display: no person's door. */
  isDisplay?: boolean
}

const RESTART_MS = 100
const STOP_MS = 5_000

/**
 * Runs the core as a utility process and starts it again when it dies. Windows stay open: each gets a new port, and the
 * sessions go on where they were, because the shell remembers the key and the sessions for exactly this.
 */
export function startCoreHost(options: StartOptions, readDevice: () => Promise<Device>, onFailed: (code: string) => void): CoreHost {
  const pages = new Map<string, { page: WebContents; isDisplay: boolean }>()
  let resume: Resume | null = null
  let isStopping = false
  /** Asked with the first core, never before: on some systems a person has to allow it. */
  let device: Promise<Device> | undefined
  /** Started by the first page that has loaded: until then the sign-in screen needs the processor more. */
  let core: UtilityProcess | undefined

  const asked = new Map<string, (url: string | undefined) => void>()
  function answerLink({ requestId, url }: { requestId: string; url: string | null }): void {
    asked.get(requestId)?.(url ?? undefined)
    asked.delete(requestId)
  }

  function launch(): UtilityProcess {
    const child = utilityProcess.fork(path.join(import.meta.dirname, 'core.js'), [], { serviceName: 'Cairn core', stdio: 'inherit' })
    child.on('message', (message: FromCore) => {
      if (message.type === 'resume') resume = message.resume
      if (message.type === 'video-link') answerLink(message)
      if (message.type === 'failed') {
        isStopping = true
        onFailed(message.code)
      }
    })
    child.once('exit', () => {
      // Whoever asked a core that is gone presses again.
      for (const requestId of asked.keys()) answerLink({ requestId, url: null })
      if (!isStopping) setTimeout(restart, RESTART_MS)
    })
    tell(child, { type: 'start', options, resume })
    device ??= readDevice()
    void device.then((answer) => tell(child, { type: 'device', device: answer }))
    return child
  }

  function restart(): void {
    if (isStopping) return
    core = launch()
    for (const [doorId, { page, isDisplay }] of pages) connect(page, doorId, { isDisplay })
  }

  function connect(page: WebContents, doorId: string, { beside, isDisplay }: Opened): void {
    if (page.isDestroyed()) return
    const { port1, port2 } = new MessageChannelMain()
    const tokens = resume?.sessions[doorId]
    core ??= launch()
    core.postMessage({ type: 'door', doorId, ...(tokens?.length ? { resume: tokens } : {}), ...(beside ? { beside } : {}), ...(isDisplay ? { isDisplay } : {}) } satisfies ToCore, [port1])
    page.postMessage('cairn:port', null, [port2])
  }

  return {
    attach: (page, doorId, opened) => {
      pages.set(doorId, { page, isDisplay: opened.isDisplay === true })
      connect(page, doorId, opened)
    },
    detach: (doorId) => {
      pages.delete(doorId)
      if (core) tell(core, { type: 'door-closed', doorId })
    },
    videoLink: (doorId, appointmentId, seat) => {
      const running = core
      if (!running) return Promise.resolve(undefined)
      return new Promise((resolve) => {
        const requestId = randomUUID()
        asked.set(requestId, resolve)
        tell(running, { type: 'video-link', requestId, doorId, appointmentId, seat })
      })
    },
    lockAll: () => {
      if (core) tell(core, { type: 'lock-all' })
    },
    stop: () => {
      isStopping = true
      const running = core
      if (!running) return Promise.resolve()
      return new Promise((resolve) => {
        const limit = setTimeout(() => {
          running.kill()
          resolve()
        }, STOP_MS)
        running.once('exit', () => {
          clearTimeout(limit)
          resolve()
        })
        tell(running, { type: 'stop' })
      })
    },
  }
}

const tell = (core: UtilityProcess, message: ToCore): void => core.postMessage(message)
