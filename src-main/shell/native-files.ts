import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/** Path below the package's root, with slashes, to the sha256 of the file. Made by the packaging command. */
export type NativeFiles = Readonly<Record<string, string>>

const LOADABLE = /\.(node|dll|so|dylib)$/

/**
 * Compiled libraries lie beside the archive, where its integrity does not reach, so each that could be loaded is compared
 * with the list inside the archive. Names those that are other than packed, or were never packed.
 */
export function changedNativeFiles(folder: string, packed: NativeFiles): string[] {
  const found = fs.readdirSync(folder, { recursive: true }).map((name) => String(name).split(path.sep).join('/')).filter((name) => LOADABLE.test(name))
  return found.filter((name) => !Object.hasOwn(packed, name) || packed[name] !== sha256(path.join(folder, name)))
}

const sha256 = (file: string): string => createHash('sha256').update(fs.readFileSync(file)).digest('hex')
