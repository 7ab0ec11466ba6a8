import { app, session, type Session } from 'electron'
import { refuseAllButCamera } from './camera.ts'
import { developmentServer } from './hooks.ts'

/** Lives in memory only: no cache, no storage and no history of the page ever reaches the disk (R05). */
const PARTITION = 'cairn'

/** Blobs are pictures the page made itself. */
const OWN = ['app:', 'blob:']

/** Must run before Electron is ready: no session is open for a moment first, also not Electron's default one, which nothing uses. */
export function closeSessions(): void {
  app.on('session-created', close)
  // A second wall behind the filter below: Chromium's own helpers (name look-ups ahead of time, early connections) ask no
  // filter, but without an address they reach nobody. The core has no part in this; other machines are its business.
  const server = developmentServer()
  const except = server === undefined ? '' : `, EXCLUDE ${new URL(server).hostname}`
  app.commandLine.appendSwitch('host-resolver-rules', `MAP * ~NOTFOUND${except}`)
}

export const windowSession = (): Session => session.fromPartition(PARTITION, { cache: false })

function close(one: Session): void {
  const server = developmentServer()
  const served = server === undefined ? undefined : new URL(server).host
  one.webRequest.onBeforeRequest(({ url }, answer) => {
    const { protocol, host } = new URL(url)
    const isDevelopment = served !== undefined && (host === served || protocol === 'devtools:' || protocol === 'data:')
    answer({ cancel: !OWN.includes(protocol) && !isDevelopment })
  })
  refuseDevices(one)
  refuseAllButCamera(one)
  one.on('will-download', (event) => event.preventDefault())
  // Dictionaries would come from the network, and learned words are patients' names.
  one.setSpellCheckerEnabled(false)
}

/** Screen capture has no handler, which refuses it. */
function refuseDevices(one: Session): void {
  one.setDevicePermissionHandler(() => false)
  one.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }))
  one.on('select-usb-device', (event, _details, choose) => {
    event.preventDefault()
    choose()
  })
  one.on('select-hid-device', (event, _details, choose) => {
    event.preventDefault()
    choose(null)
  })
  one.on('select-serial-port', (event, _ports, _page, choose) => {
    event.preventDefault()
    choose('')
  })
}
