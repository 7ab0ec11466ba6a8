import { type BrowserWindow, shell } from 'electron'
import fs from 'node:fs/promises'
import * as z from 'zod'
import type { JoinOutcome } from '#shared/bridge.ts'
import { Id } from '#shared/kernel/ids.ts'
import { isPlainHttps } from '#shared/kernel/plain-https.ts'
import { answerTo } from './channels.ts'
import type { CoreHost } from './core-host.ts'
import { openedLinksFile } from './hooks.ts'

const JoinRequest = z.strictObject({ appointmentId: Id, seat: z.string().max(100) })

/**
 * The one way in which this program opens another one. The page names an appointment and never an address: the core reads
 * the link that stands with it, for whoever sits at that window and with a row in the log, and it is looked at once more
 * here before the system's browser gets it.
 */
export function serveVideo(core: CoreHost, doorOf: (window: BrowserWindow) => string | undefined): void {
  answerTo('visit:join-video', 'failed' as JoinOutcome, async (window, input): Promise<JoinOutcome> => {
    const request = JoinRequest.safeParse(input)
    const doorId = doorOf(window)
    if (!request.success || doorId === undefined) return 'failed'
    const url = await core.videoLink(doorId, request.data.appointmentId, request.data.seat)
    if (url === undefined) return 'no-link'
    if (!isPlainHttps(url) || new URL(url).origin !== originIn(url)) return 'failed'
    return open(url)
  })
}

/** Host and port as they are written, not as a parser might like to have them. */
const originIn = (url: string): string => url.replace(/^(https:\/\/[^/?#]+).*$/, '$1').replace(/:443$/, '')

async function open(url: string): Promise<JoinOutcome> {
  const file = openedLinksFile()
  try {
    if (file) await fs.appendFile(file, `${url}\n`)
    else await shell.openExternal(url)
    return 'opened'
  } catch {
    return 'failed'
  }
}
