// The thinnest program of the same build: one window, one utility process, one port, raw prepared statements.
// What Cairn adds to this (sessions, rights, validation, audit, Drizzle, oRPC) is what the ratios measure.
const { app, BrowserWindow, Menu, MessageChannelMain, utilityProcess } = require('electron')
const path = require('node:path')

const bare = process.argv.includes('--bare')
Menu.setApplicationMenu(null)
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1366, height: 768, show: false, frame: false,
    webPreferences: { sandbox: true, contextIsolation: true, preload: bare ? undefined : path.join(__dirname, 'preload.cjs') },
  })
  window.once('ready-to-show', () => window.show())
  window.loadFile(path.join(__dirname, bare ? 'bare.html' : 'index.html'))
  if (bare) return
  const core = utilityProcess.fork(path.join(__dirname, 'core.cjs'), [process.env.BENCH_FILE, process.env.BENCH_KEY], { stdio: 'inherit' })
  window.webContents.on('did-finish-load', () => {
    const { port1, port2 } = new MessageChannelMain()
    core.postMessage(null, [port1])
    window.webContents.postMessage('port', null, [port2])
  })
})
app.on('window-all-closed', () => app.quit())
