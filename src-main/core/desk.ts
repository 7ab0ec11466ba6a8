import path from 'node:path'
import * as z from 'zod'
import { IdleSeconds } from '#shared/domains/session/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Core } from './core.ts'
import { readJson, writeWhole } from './files/whole-file.ts'

/** What is set for this computer and not for the clinic: a desk locks sooner than a room. It lies beside the database and holds no secret. */
const Desk = z.object({ idleSeconds: IdleSeconds })
export type Desk = z.infer<typeof Desk>

const known = new WeakMap<Core, Desk>()

/** What cannot be read is as strict as a new computer. */
export function deskOf(core: Core): Desk {
  const had = known.get(core)
  if (had) return had
  const parsed = Desk.safeParse(readJson(fileOf(core)))
  const desk = parsed.success ? parsed.data : { idleSeconds: limits.idle_seconds_default }
  known.set(core, desk)
  return desk
}

export function setDesk(core: Core, desk: Desk): void {
  writeWhole(fileOf(core), JSON.stringify(desk))
  known.set(core, desk)
}

const fileOf = (core: Core): string => path.join(core.vault.folder, 'desk.json')
