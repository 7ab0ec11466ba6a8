import { app } from 'electron'
import fs from 'node:fs'
import path from 'node:path'

const NAMES = process.platform === 'win32' ? ['TEMP', 'TMP'] : ['TMPDIR']

/**
 * Whatever is written on the way (pages for a printer, a download of the system's) lands in a folder that only this
 * account may open, emptied at each start and end. After a kill the next start empties it. Only for the one instance
 * that holds the lock, which has put its own socket into the system's folder by then (its path must stay short).
 */
export function keepTemporaryFilesPrivate(): void {
  const folder = path.join(app.getPath('userData'), 'spool')
  fs.rmSync(folder, { recursive: true, force: true })
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const name of NAMES) process.env[name] = folder
  app.setPath('temp', folder)
  app.on('will-quit', () => empty(folder))
}

/** What the system still holds open is left for the next start. */
function empty(folder: string): void {
  try {
    for (const name of fs.readdirSync(folder)) fs.rmSync(path.join(folder, name), { recursive: true, force: true })
  } catch {
    return
  }
}
