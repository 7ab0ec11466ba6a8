import type { BrowserWindow } from 'electron'
import fs from 'node:fs/promises'

/** Waits until the first screen stands still, and writes what it shows. */
export async function writeScreenshot(window: BrowserWindow, file: string): Promise<void> {
  await window.webContents.executeJavaScript(`(${standsStill.toString()})()`)
  const image = await window.webContents.capturePage()
  // Whoever waits for the file must not see half of it.
  await fs.writeFile(`${file}.part`, image.toPNG())
  await fs.rename(`${file}.part`, file)
}

// Runs in the page, as text: it can use nothing from this file. Resolves when the page has words on it, its fonts
// are there and nothing has changed for a while. globalThis, because this side of the code knows no DOM.
function standsStill(): Promise<void> {
  const quietMs = 400
  // The page's own globals; the main process has no types for them.
  const page = globalThis as unknown as {
    document: { body: { innerText: string }; fonts: { ready: Promise<unknown> } }
    MutationObserver: new (changed: () => void) => { observe: (node: unknown, what: object) => void; disconnect: () => void }
  }
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const observer = new page.MutationObserver(restart)
    observer.observe(page.document.body, { childList: true, subtree: true, characterData: true, attributes: true })
    restart()
    function restart(): void {
      clearTimeout(timer)
      timer = setTimeout(() => void finish(), quietMs)
    }
    async function finish(): Promise<void> {
      if (page.document.body.innerText.trim() === '') return restart()
      observer.disconnect()
      await page.document.fonts.ready
      resolve()
    }
  })
}
