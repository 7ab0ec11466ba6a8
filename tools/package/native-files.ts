import { inRoot } from '#tools/lib/paths.ts'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/** The packages with a compiled part, as electron-builder.yml packs them beside the archive. */
const folders = ['node_modules/better-sqlite3/prebuilds', 'node_modules/@node-rs']

/**
 * Lists the sha256 of every compiled library that may be packed, into the archive, where the shell compares them before
 * one is loaded (src-main/shell/native-files.ts). What is packed for one system is a part of the list.
 */
export function writeNativeFiles(): void {
  const files = folders.flatMap((folder) => fs.readdirSync(inRoot(folder), { recursive: true }).map((name) => `${folder}/${String(name).split(path.sep).join('/')}`))
  const hashes = files.filter((name) => name.endsWith('.node')).toSorted().map((name) => [name, sha256(name)] as const)
  fs.writeFileSync(inRoot('out/native-files.json'), JSON.stringify(Object.fromEntries(hashes), null, 1))
}

const sha256 = (name: string): string => createHash('sha256').update(fs.readFileSync(inRoot(name))).digest('hex')
