import { app, BrowserWindow, dialog, ipcMain, Menu, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { APP_ORIGIN, closeTheWorld, declareAppProtocol, serveApp } from './app-protocol.ts'
import { hasKeyring } from '#main/core/keys/keyring-files.ts'
import { cliArguments } from './cli-mode.ts'
import { startCoreHost, type CoreHost } from './core-host.ts'
import { servePrinting } from './printing.ts'
import { screenshotFile, writeScreenshot } from './screenshot.ts'
import { openWindow } from './window.ts'

/**
 * The shell: windows, menus, printing. It owns no data; the core does, in a process of its own, and each window talks
 * to it through one port.
 */
const words = cliArguments(process.argv, { defaultApp: process.defaultApp === true })
if (words) await runCommandLine(words)
else runApp()

/** Electron waits for this module before it looks for a display, so on a server it ends before it would miss one. */
async function runCommandLine(args: string[]): Promise<never> {
  const { runCli } = await import('#main/cli/cli.ts')
  process.exit(await runCli(args))
}

function runApp(): void {
  process.env['CAIRN_VERSION'] = app.getVersion()
  app.setName('Cairn')
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  declareAppProtocol()
  Menu.setApplicationMenu(null)
  void app.whenReady().then(startUp)
}

function startUp(): void {
  const root = app.getAppPath()
  serveApp(path.join(root, 'out/renderer'))
  closeTheWorld()
  const data = dataFolder()
  const core = startCoreHost({
    dataFolder: data, migrationsFolder: path.join(root, 'drizzle/migrations'), resourcesFolder: path.join(root, 'resources'), appVersion: app.getVersion(),
  }, refuseToStart)
  servePrinting(isOurs)
  serveWindowActs(core)
  const first = openClinicWindow(core, { startPhase: hasKeyring(data) ? 'closed' : 'first-run' })
  const screenshot = screenshotFile(process.argv)
  if (screenshot) first.webContents.once('did-finish-load', () => void writeScreenshot(first, screenshot))

  app.on('second-instance', () => focus(first) ?? openClinicWindow(core))
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openClinicWindow(core)
  })
  app.on('window-all-closed', () => app.quit())
  let isStopped = false
  app.on('before-quit', (event) => {
    if (isStopped) return
    event.preventDefault()
    void core.stop().then(() => {
      isStopped = true
      app.quit()
    })
  })
}

/** Window id to door id. */
const doorIds = new Map<number, string>()

function openClinicWindow(core: CoreHost, options: Parameters<typeof openWindow>[0] = {}, beside?: BrowserWindow): BrowserWindow {
  const window = openWindow(options)
  const doorId = randomUUID()
  doorIds.set(window.id, doorId)
  const neighbour = beside && doorIds.get(beside.id)
  // Each load of the page (also after the page itself crashed) gets a fresh port to the same door.
  window.webContents.on('did-finish-load', () => core.attach(window.webContents, doorId, neighbour))
  window.webContents.on('render-process-gone', () => window.reload())
  window.on('closed', () => core.detach(doorId))
  return window
}

function serveWindowActs(core: CoreHost): void {
  const windowOf = (event: IpcMainEvent): BrowserWindow | null => (isOurs(event) ? BrowserWindow.fromWebContents(event.sender) : null)
  ipcMain.on('window:minimize', (event) => windowOf(event)?.minimize())
  ipcMain.on('window:close', (event) => windowOf(event)?.close())
  ipcMain.on('window:toggle-maximize', (event) => {
    const window = windowOf(event)
    if (window?.isMaximized()) window.unmaximize()
    else window?.maximize()
  })
  ipcMain.on('window:open', (event, address: unknown) => {
    const opener = windowOf(event)
    if (opener && typeof address === 'string' && /^\/[\w/-]{0,200}$/.test(address)) openClinicWindow(core, { address }, opener)
  })
}

/** Messages count only from the top frame of our own page. */
function isOurs(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  const origin = process.env['ELECTRON_RENDERER_URL'] ?? APP_ORIGIN
  return frame !== null && frame === event.sender.mainFrame && frame.url.startsWith(origin)
}

function dataFolder(): string {
  const given = process.argv.find((argument) => argument.startsWith('--data='))?.slice('--data='.length) ?? process.env['CAIRN_DATA']
  return path.resolve(given ?? path.join(app.getPath('userData'), 'data'))
}

function refuseToStart(code: string): void {
  const text = code === 'IN_USE'
    ? 'Another Cairn on this computer is using these records. Close it, then start Cairn again.'
    : `Cairn could not open its records and changed nothing. Call support and name the code ${code}.`
  dialog.showErrorBox('Cairn did not start', text)
  app.exit(1)
}

function focus(window: BrowserWindow): BrowserWindow | undefined {
  if (window.isDestroyed()) return undefined
  if (window.isMinimized()) window.restore()
  window.focus()
  return window
}
