import fs from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { IdleSeconds } from '#shared/domains/session/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Core } from './core.ts'

/** What is set for this computer and not for the clinic: a desk locks sooner than a room. It lies beside the database and holds no secret. */
const Machine = z.object({ idleSeconds: IdleSeconds })
export type Machine = z.infer<typeof Machine>

const known = new WeakMap<Core, Machine>()

/** What cannot be read is as strict as a new machine. */
export function machineOf(core: Core): Machine {
  const had = known.get(core)
  if (had) return had
  const parsed = Machine.safeParse(readJson(fileOf(core)))
  const machine = parsed.success ? parsed.data : { idleSeconds: limits.idle_seconds_default }
  known.set(core, machine)
  return machine
}

export function setMachine(core: Core, machine: Machine): void {
  const file = fileOf(core)
  fs.writeFileSync(`${file}.new`, JSON.stringify(machine), { mode: 0o600 })
  fs.renameSync(`${file}.new`, file)
  known.set(core, machine)
}

const fileOf = (core: Core): string => path.join(core.vault.folder, 'machine.json')

function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return undefined // Missing or torn: the default holds.
  }
}
