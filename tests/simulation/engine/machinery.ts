import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { MACHINES_MAX, makeTemplates, type Templates } from './clinic.ts'
import { encryptedDisk, plainDisk, type Disk } from './disk.ts'

/** The disks of one process, made once, and what they are filled with before each schedule. */
export interface Machinery {
  readonly templates: Templates
  readonly scratch: Disk
  diskFor(machine: number): Disk
}

/** A memory disk where the system has one: files that nobody keeps need no flash cell. */
const folder = fs.mkdtempSync(path.join(fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'cairn-sim-'))
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }))

const made = new Map<string, Machinery>()

export function machineryFor({ isEncrypted, isHostAhead }: { isEncrypted: boolean; isHostAhead: boolean }): Machinery {
  const kind = `${isEncrypted ? 'encrypted' : 'plain'}${isHostAhead ? '-ahead' : ''}`
  const known = made.get(kind)
  if (known) return known
  const open = (name: string): Disk => {
    const file = path.join(folder, `${kind}-${name}.db`)
    return isEncrypted ? encryptedDisk(file, new Uint8Array(32).fill(7)) : plainDisk(file)
  }
  const disks = Array.from({ length: MACHINES_MAX }, (_, n) => open(String(n)))
  const scratch = open('scratch')
  const [host] = disks
  if (!host) throw new Error('there is a host')
  const machinery: Machinery = {
    scratch, templates: makeTemplates(host, scratch, { isHostAhead }),
    diskFor: (machine) => {
      const disk = disks[machine]
      if (!disk) throw new Error(`there is no disk ${machine}`)
      return disk
    },
  }
  made.set(kind, machinery)
  return machinery
}
