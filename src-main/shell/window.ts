import { BrowserWindow, nativeTheme } from 'electron'
import path from 'node:path'
import type { StartPhase } from '#shared/bridge.ts'
import { APP_ORIGIN } from './app-protocol.ts'

/** One window of the clinic. The page is sandboxed and gets nothing but the preload's bridge and a port to the core. */
export function openWindow({ address = '', startPhase }: { address?: string; startPhase?: StartPhase } = {}): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366, height: 768, minWidth: 1024, minHeight: 640, show: false, frame: false, title: 'Cairn',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#191816' : '#FAFAF8',
    webPreferences: {
      preload: path.join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: false, navigateOnDragDrop: false,
      additionalArguments: startPhase ? [`--cairn-phase=${startPhase}`] : [],
    },
  })
  const page = window.webContents
  // The page never goes anywhere else and opens nothing by itself.
  page.on('will-navigate', (event) => event.preventDefault())
  page.setWindowOpenHandler(() => ({ action: 'deny' }))
  page.on('will-attach-webview', (event) => event.preventDefault())
  // The title bar and the task list show the program, not who is on the screen.
  page.on('page-title-updated', (event) => event.preventDefault())
  window.once('ready-to-show', () => window.show())
  void window.loadURL(`${process.env['ELECTRON_RENDERER_URL'] ?? `${APP_ORIGIN}/index.html`}${address ? `#${address}` : ''}`)
  return window
}
