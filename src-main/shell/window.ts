import { app, BrowserWindow, nativeTheme, screen, type WebPreferences } from 'electron'
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
    webPreferences: preferencesOf(startPhase ? [`--cairn-phase=${startPhase}`] : []),
  })
  hearPage(window.webContents)
  return load(window, address)
}

/**
 * The waiting room's display: the same walls as every page, and less inside them. Its page is not heard by the shell, and the
 * core answers its door with the calls alone. On a second screen it fills it; on the only one it is a window to be moved.
 */
export function openDisplay(opener: BrowserWindow): BrowserWindow {
  const own = screen.getDisplayMatching(opener.getBounds())
  const other = screen.getAllDisplays().find(({ id }) => id !== own.id)
  const window = new BrowserWindow({
    ...(other ? { ...other.bounds, fullscreen: true, frame: false } : { width: 1280, height: 720 }), minWidth: 640, minHeight: 360, show: false, title: 'Cairn',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#191816' : '#FAFAF8', webPreferences: preferencesOf(['--cairn-display']),
  })
  // Nobody works at it. Whoever set it up closes it with Esc, or lets it fill a screen with F11.
  window.webContents.on('before-input-event', (_event, { type, key }) => {
    if (type !== 'keyDown') return
    if (key === 'Escape') window.close()
    if (key === 'F11') window.setFullScreen(!window.isFullScreen())
  })
  return load(window)
}

const preferencesOf = (given: readonly string[]): WebPreferences => ({
  preload: path.join(import.meta.dirname, '../preload/preload.cjs'),
  session: windowSession(),
  ...pagePreferences(app.isPackaged),
  additionalArguments: [`--cairn-preferences=${JSON.stringify(readPreferences())}`, ...given],
})

function load(window: BrowserWindow, address = ''): BrowserWindow {
  // The title bar and the task list show the program, not who is on the screen.
  window.webContents.on('page-title-updated', (event) => event.preventDefault())
  window.once('ready-to-show', () => window.show())
  void window.loadURL(`${developmentServer() ?? `${APP_ORIGIN}/index.html`}${address ? `#${address}` : ''}`)
  return window
}
