import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export interface SmallDisk {
  folder: string
  /** Writes until nothing fits any more. */
  fill(): void
  makeRoom(): void
  remove(): void
}

/** A file system of its own with little room, or undefined where this user may not mount one (it says so then). */
export function mountSmallDisk(megabytes: number): SmallDisk | undefined {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-small-disk-'))
  const filler = path.join(folder, 'filler')
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    console.warn('left out: the full disk on the real app needs the right to mount a small one (root on Linux); tests/crash has it in the core')
    fs.rmdirSync(folder)
    return undefined
  }
  return {
    folder,
    fill: () => {
      const file = fs.openSync(filler, 'a')
      for (const bytes of [1_048_576, 4_096, 1]) while (wrote(file, bytes));
      fs.closeSync(file)
    },
    makeRoom: () => fs.rmSync(filler),
    remove: () => {
      execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' })
      fs.rmdirSync(folder)
    },
  }
}

function wrote(file: number, bytes: number): boolean {
  try {
    return fs.writeSync(file, Buffer.alloc(bytes, 1)) === bytes
  } catch {
    return false // ENOSPC: that is what it is for.
  }
}
