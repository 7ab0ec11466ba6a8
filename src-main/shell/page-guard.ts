import { app, type WebContents } from 'electron'

/** Must run before the first window: every page there will ever be stays where it is and opens nothing (R32). */
export function guardPages(): void {
  app.on('web-contents-created', (_event, page) => guard(page))
}

function guard(page: WebContents): void {
  const stay = (event: { preventDefault: () => void }): void => event.preventDefault()
  page.on('will-navigate', stay)
  page.on('will-frame-navigate', stay)
  page.on('will-redirect', stay)
  page.on('will-attach-webview', stay)
  page.setWindowOpenHandler(() => ({ action: 'deny' }))
  page.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault()
    choose('')
  })
  // Calls between browsers would look for this machine's addresses on the network.
  page.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}
