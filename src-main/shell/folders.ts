import { dialog } from 'electron'
import { answerTo } from './channels.ts'

/** The page learns the place of a folder only when its person has chosen it in the system's own dialog. */
export function serveFolderChoice(): void {
  answerTo('files:choose-folder', undefined, async (window): Promise<string | undefined> => {
    const { filePaths, canceled } = await dialog.showOpenDialog(window, { properties: ['openDirectory', 'createDirectory'] })
    return canceled ? undefined : filePaths[0]
  })
}
