import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { preferenceNames, type CairnBridge, type StartPhase } from '#shared/bridge.ts'

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
  window.postMessage('cairn:port', window.location.origin, [waiting])
  waiting = undefined
}

/** A page that is loaded again asks the core: by then somebody may be signed in. */
function startPhase(): StartPhase | undefined {
  const [load] = performance.getEntriesByType('navigation')
  if (load && 'type' in load && load.type === 'reload') return undefined
  const given = argument('cairn-phase')
  return given === 'closed' || given === 'first-run' ? given : undefined
}

function argument(name: string): string | undefined {
  return process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3)
}

/** The page's storage is empty at each start of the program: what this machine prefers is put there before the page looks. */
function putPreferences(): void {
  // Written by the shell (preferences.ts), whose values are texts.
  const saved = JSON.parse(argument('cairn-preferences') ?? '{}') as Record<string, string>
  for (const name of preferenceNames) {
    const value = saved[name]
    if (value !== undefined && localStorage.getItem(name) === null) localStorage.setItem(name, value)
  }
}

putPreferences()
const bridge: CairnBridge = {
  platform: process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux',
  version: process.env['CAIRN_VERSION'] ?? '',
  startPhase: startPhase(),
  isDisplay: process.argv.includes('--cairn-display'),
  window: {
    minimize: () => ipcRenderer.send('window:minimize'),
    toggleMaximize: () => ipcRenderer.send('window:toggle-maximize'),
    close: () => ipcRenderer.send('window:close'),
    open: (path) => ipcRenderer.send('window:open', path),
    openDisplay: () => ipcRenderer.send('window:display'),
  },
  files: {
    pathOf: (file) => webUtils.getPathForFile(file as File), // The bridge's type knows no DOM.
    chooseFolder: () => ipcRenderer.invoke('files:choose-folder'),
  },
  camera: {
    open: () => ipcRenderer.send('camera:open'),
    close: () => ipcRenderer.send('camera:close'),
  },
  preferences: {
    save: (name, value) => ipcRenderer.send('preferences:save', { name, value }),
  },
  video: {
    join: (request) => ipcRenderer.invoke('visit:join-video', request),
  },
  print: {
    printers: () => ipcRenderer.invoke('print:printers'),
    page: (request) => ipcRenderer.invoke('print:page', request),
    savePdf: (request) => ipcRenderer.invoke('print:save-pdf', request),
  },
}
contextBridge.exposeInMainWorld('cairn', bridge)
