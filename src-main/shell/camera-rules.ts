/** What a page asks for, as Electron tells it. Whatever Electron leaves out counts against the page. */
export interface CameraWish {
  permission: string
  mediaTypes: readonly string[]
  isMainFrame: boolean
  /** Of the page that asks. */
  origin: string
}

/** The page that may be given the camera, and whether its dialog is open at this moment. */
export interface CameraState {
  ownOrigin: string
  isOpen: boolean
}

/** The camera alone, for our own page's top frame, while the dialog that shows its picture is open; a microphone never. */
export function mayUseCamera({ permission, mediaTypes, isMainFrame, origin }: CameraWish, { ownOrigin, isOpen }: CameraState): boolean {
  return permission === 'media' && isOpen && isMainFrame && origin === ownOrigin && mediaTypes.length === 1 && mediaTypes[0] === 'video'
}

/** A dialog that was forgotten, or a page that lies, does not keep the camera for ever. */
export const CAMERA_OPEN_MS = 5 * 60_000
