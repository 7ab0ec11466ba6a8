import { BrowserWindow, dialog, ipcMain, type IpcMainInvokeEvent } from 'electron'

/** The page learns the place of a folder only when its person has chosen it in the system's own dialog. */
export function serveFolderChoice(isOurs: (event: IpcMainInvokeEvent) => boolean): void {
  ipcMain.handle('files:choose-folder', async (event): Promise<string | undefined> => {
    const window = isOurs(event) ? BrowserWindow.fromWebContents(event.sender) : null
    if (!window) return undefined
    const { filePaths, canceled } = await dialog.showOpenDialog(window, { properties: ['openDirectory', 'createDirectory'] })
    return canceled ? undefined : filePaths[0]
  })
}
