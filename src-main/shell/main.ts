import { app, BrowserWindow, dialog, Menu, safeStorage } from 'electron'
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { declareAppProtocol, serveApp } from './app-protocol.ts'
import { hasKeyring } from '#main/core/keys/keyring-files.ts'
import { speakNoWords } from '#main/core/platform/last-words.ts'
import { serveCamera } from './camera.ts'
import { listenTo } from './channels.ts'
import { watchComputer } from './lock-signals.ts'
import { cliArguments } from './cli-mode.ts'
import { closeSessions, windowSession } from './closed-session.ts'
import { startCoreHost, type CoreHost } from './core-host.ts'
import { readDevice } from './device-secret.ts'
import { serveFolderChoice } from './folders.ts'
import { developmentServer, networkOptions, screenshotFile, wantsSelfTest } from './hooks.ts'
import { checkPackage } from './package-checks.ts'
import { guardPages } from './page-guard.ts'
import { servePreferences } from './preferences.ts'
import { servePrinting } from './printing.ts'
import { keepTemporaryFilesPrivate } from './private-folder.ts'
import { writeScreenshot } from './screenshot.ts'
import { startSelfTest } from './self-test.ts'
import { serveVideo } from './video.ts'
import { openDisplay, openWindow } from './window.ts'

/**
 * The shell: windows, menus, printing. It owns no data; the core does, in a process of its own, and each window talks
 * to it through one port.
 */
const words = cliArguments(process.argv, { defaultApp: process.defaultApp === true })
checkPackage({ isCommandLine: words !== undefined })
if (words) await runCommandLine(words)
else runApp()

/** Electron waits for this module before it looks for a display, so on a server it ends before it would miss one. */
async function runCommandLine(args: string[]): Promise<never> {
  const { runCli } = await import('#main/cli/cli.ts')
  process.exit(await runCli(args))
}

function runApp(): void {
  speakNoWords('shell')
  process.env['CAIRN_VERSION'] = app.getVersion()
  app.setName('Cairn')
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  keepTemporaryFilesPrivate()
  // Root cannot have the sandbox; only development and the package of the test command get this far without it.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  closeSessions()
  guardPages()
  if (wantsSelfTest()) startSelfTest()
  declareAppProtocol()
  Menu.setApplicationMenu(null)
  void app.whenReady().then(startUp)
}

function startUp(): void {
  const root = app.getAppPath()
  if (developmentServer() === undefined) serveApp(windowSession(), path.join(root, 'out/renderer'))
  const data = dataFolder()
  const network = networkOptions()
  const core = startCoreHost({
    dataFolder: data, migrationsFolder: path.join(root, 'drizzle/migrations'), resourcesFolder: path.join(root, 'resources'), appVersion: app.getVersion(),
    ...(network && { network }),
  }, () => readDevice(safeStorage, path.join(app.getPath('userData'), 'device-key')), refuseToStart)
  servePrinting()
  serveFolderChoice()
  servePreferences()
  serveCamera()
  watchComputer(core)
  serveWindowActs(core)
  serveVideo(core, (window) => doorIds.get(window.id))
  const first = openClinicWindow(core, { startPhase: hasKeyring(data) ? 'closed' : 'first-run' })
  const screenshot = screenshotFile()
  if (screenshot) first.webContents.once('did-finish-load', () => void writeScreenshot(first, screenshot))

  // A second start only brings the first window to the front: what it was started with is not looked at.
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
  window.webContents.on('did-finish-load', () => core.attach(window.webContents, doorId, { beside: neighbour }))
  window.webContents.on('render-process-gone', () => window.reload())
  window.on('closed', () => {
    core.detach(doorId)
    doorIds.delete(window.id)
    // A display alone is no reason to go on: nobody could call anybody.
    if (doorIds.size === 0) display?.close()
  })
  return window
}

let display: BrowserWindow | undefined

/** One for this machine: asked for again, it comes to the front. */
function showDisplay(core: CoreHost, opener: BrowserWindow): void {
  if (display && focus(display)) return
  const window = openDisplay(opener)
  const [doorId, neighbour] = [randomUUID(), doorIds.get(opener.id)]
  window.webContents.on('did-finish-load', () => core.attach(window.webContents, doorId, { beside: neighbour, isDisplay: true }))
  window.webContents.on('render-process-gone', () => window.reload())
  window.on('closed', () => {
    core.detach(doorId)
    display = undefined
  })
  display = window
}

function serveWindowActs(core: CoreHost): void {
  listenTo('window:minimize', (window) => window.minimize())
  listenTo('window:close', (window) => window.close())
  listenTo('window:toggle-maximize', (window) => {
    if (window.isMaximized()) window.unmaximize()
    else window.maximize()
  })
  listenTo('window:display', (opener) => showDisplay(core, opener))
  listenTo('window:open', (opener, address) => {
    if (typeof address === 'string' && /^\/[\w/-]{0,200}$/.test(address)) openClinicWindow(core, { address }, opener)
  })
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
