import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { CairnBridge, StartPhase } from '#shared/bridge.ts'

/**
 * Hands the page one MessagePort to the core, and the few acts only the shell can do. Nothing else crosses over:
 * no Node, no ipcRenderer, no channel names of the page's choosing.
 */
let waiting: MessagePort | undefined
let isReady = false

ipcRenderer.on('cairn:port', (event) => {
  waiting = event.ports[0]
  hand()
})

// The page says when it listens; a port that came before waits for it.
window.addEventListener('message', (event) => {
  if (event.source !== window || event.data !== 'cairn:ready') return
  isReady = true
  hand()
})

function hand(): void {
  if (!isReady || !waiting) return
  window.postMessage('cairn:port', '*', [waiting])
  waiting = undefined
}

/** A page that is loaded again asks the core: by then somebody may be signed in. */
function startPhase(): StartPhase | undefined {
  const [load] = performance.getEntriesByType('navigation')
  if (load && 'type' in load && load.type === 'reload') return undefined
  const given = process.argv.find((argument) => argument.startsWith('--cairn-phase='))?.slice('--cairn-phase='.length)
  return given === 'closed' || given === 'first-run' ? given : undefined
}

const bridge: CairnBridge = {
  platform: process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux',
  version: process.env['CAIRN_VERSION'] ?? '',
  startPhase: startPhase(),
  window: {
    minimize: () => ipcRenderer.send('window:minimize'),
    toggleMaximize: () => ipcRenderer.send('window:toggle-maximize'),
    close: () => ipcRenderer.send('window:close'),
    open: (path) => ipcRenderer.send('window:open', path),
  },
  files: {
    pathOf: (file) => webUtils.getPathForFile(file as File), // The bridge's type knows no DOM.
    chooseFolder: () => ipcRenderer.invoke('files:choose-folder'),
  },
  print: {
    printers: () => ipcRenderer.invoke('print:printers'),
    page: (request) => ipcRenderer.invoke('print:page', request),
    savePdf: (request) => ipcRenderer.invoke('print:save-pdf', request),
  },
}
contextBridge.exposeInMainWorld('cairn', bridge)
