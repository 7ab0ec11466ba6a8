import fs from 'node:fs'
import path from 'node:path'

/** Written beside, flushed and renamed: a power cut leaves the old or the new file, never half of one. */
export function writeWhole(target: string, text: string | Uint8Array): void {
  const beside = `${target}.new`
  const file = fs.openSync(beside, 'w', 0o600)
  try {
    fs.writeSync(file, typeof text === 'string' ? Buffer.from(text) : text)
    fs.fsyncSync(file)
  } finally {
    fs.closeSync(file)
  }
  fs.renameSync(beside, target)
  flushFolder(path.dirname(target))
}

/** A rename is on the disk when its folder is. Windows keeps no such handle and needs none. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}

export function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return undefined // Missing or torn: the caller has a copy, or something that holds without it.
  }
}
