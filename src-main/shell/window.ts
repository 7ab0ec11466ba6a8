import { app, BrowserWindow, nativeTheme } from 'electron'
import path from 'node:path'
import type { StartPhase } from '#shared/bridge.ts'
import { APP_ORIGIN } from './app-protocol.ts'
import { hearPage } from './channels.ts'
import { windowSession } from './closed-session.ts'
import { developmentServer } from './hooks.ts'
import { pagePreferences } from './page-preferences.ts'
import { readPreferences } from './preferences.ts'

/** One window of the clinic. The page is sandboxed and gets nothing but the preload's bridge and a port to the core. */
export function openWindow({ address = '', startPhase }: { address?: string; startPhase?: StartPhase } = {}): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366, height: 768, minWidth: 1024, minHeight: 640, show: false, frame: false, title: 'Cairn',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#191816' : '#FAFAF8',
    webPreferences: {
      preload: path.join(import.meta.dirname, '../preload/preload.cjs'),
      session: windowSession(),
      ...pagePreferences(app.isPackaged),
      additionalArguments: [`--cairn-preferences=${JSON.stringify(readPreferences())}`, ...(startPhase ? [`--cairn-phase=${startPhase}`] : [])],
    },
  })
  const page = window.webContents
  hearPage(page)
  // The title bar and the task list show the program, not who is on the screen.
  page.on('page-title-updated', (event) => event.preventDefault())
  window.once('ready-to-show', () => window.show())
  void window.loadURL(`${developmentServer() ?? `${APP_ORIGIN}/index.html`}${address ? `#${address}` : ''}`)
  return window
}
