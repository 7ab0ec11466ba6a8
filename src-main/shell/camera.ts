import type { Session, WebContents } from 'electron'
import { APP_ORIGIN } from './app-protocol.ts'
import { CAMERA_OPEN_MS, mayUseCamera } from './camera-rules.ts'
import { listenTo, originOf } from './channels.ts'
import { developmentServer } from './hooks.ts'

/** Pages whose camera dialog is open, and until when that is believed. */
const openUntil = new WeakMap<WebContents, number>()

/** Every permission is refused but one: the camera, as `mayUseCamera` says. */
export function refuseAllButCamera(one: Session): void {
  one.setPermissionRequestHandler((page, permission, answer, details) => {
    const mediaTypes = 'mediaTypes' in details && details.mediaTypes ? details.mediaTypes : []
    answer(isAllowed(page, { permission, mediaTypes, isMainFrame: details.isMainFrame, origin: originOf(details.requestingUrl) }))
  })
  one.setPermissionCheckHandler((page, permission, origin, { isMainFrame, mediaType }) =>
    page !== null && isAllowed(page, { permission, mediaTypes: mediaType ? [mediaType] : [], isMainFrame, origin: originOf(origin) }))
}

function isAllowed(page: WebContents, wish: Parameters<typeof mayUseCamera>[0]): boolean {
  return mayUseCamera(wish, { ownOrigin: originOf(developmentServer() ?? APP_ORIGIN), isOpen: (openUntil.get(page) ?? 0) > performance.now() })
}

/** The page says when its dialog opens and closes. A page that is loaded again has none open. */
export function serveCamera(): void {
  listenTo('camera:open', ({ webContents }) => {
    openUntil.set(webContents, performance.now() + CAMERA_OPEN_MS)
    webContents.once('did-start-loading', () => openUntil.delete(webContents))
  })
  listenTo('camera:close', ({ webContents }) => openUntil.delete(webContents))
}
