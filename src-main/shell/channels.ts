import { BrowserWindow, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { APP_ORIGIN } from './app-protocol.ts'
import { developmentServer } from './hooks.ts'

/** What a page asks of the shell fits a few lines; everything else goes to the core by its port. */
const CHARACTERS_MAX = 4_000

const pages = new WeakSet<WebContents>()

/** Only pages of the clinic's own windows are heard. */
export function hearPage(page: WebContents): void {
  pages.add(page)
}

/** A message that asks for an act and gets no answer. One that is not ours is as if it had not come. */
export function listenTo(channel: string, act: (window: BrowserWindow, input: unknown) => void): void {
  ipcMain.on(channel, (event, ...input: unknown[]) => {
    const window = windowOf(event, input)
    if (window) act(window, input[0])
  })
}

/** A question; `refused` is the answer to whoever may not ask it. */
export function answerTo<T>(channel: string, refused: T, act: (window: BrowserWindow, input: unknown) => Promise<T>): void {
  ipcMain.handle(channel, (event, ...input: unknown[]) => {
    const window = windowOf(event, input)
    return window ? act(window, input[0]) : refused
  })
}

/** The window that speaks, if it is one of ours, by its top frame, while our page is in it, and says little enough. */
function windowOf(event: IpcMainEvent | IpcMainInvokeEvent, input: unknown[]): BrowserWindow | null {
  const frame = event.senderFrame // Null once the frame is gone.
  if (frame === null || !pages.has(event.sender) || frame !== event.sender.mainFrame || !isOurAddress(frame.url) || !isSmall(input)) return null
  return BrowserWindow.fromWebContents(event.sender)
}

function isOurAddress(address: string): boolean {
  return URL.canParse(address) && originOf(address) === originOf(developmentServer() ?? APP_ORIGIN)
}

/** Node gives a scheme of its own no origin. */
export function originOf(address: string): string {
  if (!URL.canParse(address)) return ''
  const { protocol, host } = new URL(address)
  return `${protocol}//${host}`
}

/** Also false for what has no end or no text (cycles, big integers): no message of ours is like that. */
function isSmall(input: unknown[]): boolean {
  try {
    return input.length <= 1 && (JSON.stringify(input) ?? '').length <= CHARACTERS_MAX
  } catch {
    return false
  }
}
