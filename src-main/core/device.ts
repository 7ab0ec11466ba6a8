import os from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { devices } from '#drizzle/schema/devices.ts'
import { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { prepared } from './db/statements.ts'
import { readJson, writeWhole } from './files/whole-file.ts'
import type { WriteDb } from './db/types.ts'
import type { Core } from './core.ts'
import type { Door } from './rpc/context.ts'

/** Beside the records and not in them: a copy of the database that is opened elsewhere must not answer as this machine. */
const FILE = 'device.json'
const DeviceFile = z.strictObject({ v: z.literal(1), id: Id })

const known = new WeakMap<Core, string>()

/** The id of this machine, made at its first start. An unreadable file is a new machine, not an old one by guess. */
export function deviceIdOf(core: Core): Id {
  const before = known.get(core)
  if (before) return before
  const file = path.join(core.vault.folder, FILE)
  const id = readId(file) ?? writeId(file, core.platform.newId())
  known.set(core, id)
  return id
}

function readId(file: string): Id | undefined {
  return DeviceFile.safeParse(readJson(file)).data?.id
}

function writeId(file: string, id: Id): Id {
  writeWhole(file, JSON.stringify({ v: 1, id }))
  return id
}

const statements = prepared((db: WriteDb) => ({
  seen: db.insert(devices).values({
    id: sql.placeholder('id'), name: sql.placeholder('name'), profile: 'standalone', os: sql.placeholder('os'), appVersion: sql.placeholder('appVersion'),
    firstSeenAt: sql.placeholder('at'), lastSeenAt: sql.placeholder('at'),
  }).onConflictDoUpdate({
    target: devices.id,
    // The command line does not know which app it came with.
    set: { os: sql`excluded.os`, lastSeenAt: sql`excluded.last_seen_at`, appVersion: sql`case excluded.app_version when '' then ${devices.appVersion} else excluded.app_version end` },
  }).prepare(),
}))

const WRITTEN_EVERY_MS = 60_000

/** When each session called last, and that this machine is in use: kept in memory, the machine's row once a minute. */
export interface Presence {
  saw(door: Door): void
  lastSeenMs(sessionId: string): number | undefined
}

export function createPresence(core: () => Core): Presence {
  const sessions = new Map<string, number>()
  let writtenMs = Number.NEGATIVE_INFINITY
  return {
    lastSeenMs: (sessionId) => sessions.get(sessionId),
    saw: ({ session }) => {
      if (!session) return
      const now = core().platform.nowMs()
      sessions.set(session.sessionId, now)
      if (now - writtenMs < WRITTEN_EVERY_MS || core().vault.state !== 'open') return
      writtenMs = now
      if (sessions.size > 1_000) sessions.clear()
      writeDevice(core())
    },
  }
}

function writeDevice(core: Core): void {
  try {
    statements(core.vault.writer).seen.run({
      id: deviceIdOf(core), name: os.hostname().slice(0, limits.name_chars) || 'This computer', os: `${os.platform()} ${os.release()} ${os.arch()}`.slice(0, limits.line_chars),
      appVersion: core.options.appVersion ?? '', at: core.platform.now(),
    })
  } catch (error) {
    // A full disk must not keep anybody from reading.
    core.logger.warn({ kind: error instanceof Error ? error.name : 'unknown' }, 'this machine could not be noted')
  }
}
