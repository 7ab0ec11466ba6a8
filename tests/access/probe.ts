import fs from 'node:fs'
import path from 'node:path'
import { Refusal } from '#shared/rpc/errors.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { forgetAccessSettings } from '#main/core/access/windows.ts'
import type { Core } from '#main/core/core.ts'

/** What one call did, seen from outside. */
export interface Outcome {
  /** The refusal's code; null when it was answered. */
  code: string | null
  data: unknown
  output: unknown
  /** Tables other than the activity log in which a row was written, changed or removed. */
  touched: string[]
  audit: { action: string; outcome: string; code: string | null; actorId: string | null; door: string }[]
  /** Of the processor, not of the clock: other programs on the machine do not count. */
  ms: number
}

export type CallByName = (client: CairnClient, procedure: string, input: unknown, options?: { isEndless?: boolean }) => Promise<unknown>

/** A failed attempt is counted, and that is no change of what it was refused. */
const isLog = (table: string): boolean => table.startsWith('audit') || table === 'sign_in_attempts'

const sessionFacts = ['user_id', 'started_at', 'ended_at', 'token_hash', 'locked_at', 'proof', 'proved_at', 'must_enrol'] as const

/**
 * Notes every table that a call touches, by triggers of this connection alone. Counting rows would miss a change, and
 * hashing the database would take a second for each of ten thousand checks.
 */
export function watchTables(core: Core): void {
  const { $client: client } = core.vault.writer
  const listed = client.pragma('main.table_list') as { schema: string; name: string; type: string }[] // SQLite's own columns.
  const tables = listed.filter(({ schema, name, type }) => schema === 'main' && type === 'table' && !name.startsWith('sqlite_')).map(({ name }) => name)
  client.exec('CREATE TEMP TABLE touched (name text NOT NULL)')
  for (const table of tables.filter((name) => !isLog(name))) {
    for (const event of ['INSERT', 'UPDATE', 'DELETE']) {
      // That somebody is there is noted with each call, also with one that is refused.
      const unless = table === 'sessions' && event === 'UPDATE' ? `WHEN ${sessionFacts.map((name) => `old.${name} IS NOT new.${name}`).join(' OR ')}` : ''
      client.exec(`CREATE TEMP TRIGGER "watch_${table}_${event}" AFTER ${event} ON main."${table}" ${unless} BEGIN INSERT INTO touched VALUES ('${table}'); END`)
    }
  }
}

/** Runs one call and takes everything back: rows, keyring files and what the core remembers of the clinic. */
export async function probe(core: Core, before: () => void | Promise<void>, call: () => Promise<unknown>): Promise<Outcome> {
  core.audit.flush()
  const files = keyFilesOf(core)
  const { $client: client } = core.vault.writer
  const { lastEvent, touched, events } = statementsOf(core)
  client.exec('BEGIN IMMEDIATE')
  try {
    await before()
    core.audit.flush()
    statementsOf(core).forget.run()
    const last = lastEvent.get()
    const started = process.cpuUsage()
    const { code, data, output } = await settled(call)
    const { user, system } = process.cpuUsage(started)
    core.audit.flush() // What was searched is written when the typing rests.
    return {
      code, data, output, ms: (user + system) / 1_000,
      touched: touched.all() as string[], // Names.
      audit: events.all(last) as Outcome['audit'],
    }
  } finally {
    const changed = touched.all() as string[] // Names.
    core.vault.writer.$client.exec('ROLLBACK')
    if (changed.includes('sync_context')) core.node.opened(core.vault.writer)
    if (changed.includes('clinic')) core.vault.forgetCaches(['clinic'])
    if (changed.includes('access_settings')) forgetAccessSettings(core.vault.writer)
    putBack(files)
  }
}

/** Prepared once a database: a statement of each check would slow down all that follow. */
const prepared = new WeakMap<object, ReturnType<typeof prepare>>()
const prepare = (client: Core['vault']['writer']['$client']) => ({
  forget: client.prepare('DELETE FROM temp.touched'),
  lastEvent: client.prepare('SELECT coalesce(max(seq), 0) FROM audit_events').pluck(),
  touched: client.prepare('SELECT DISTINCT name FROM temp.touched ORDER BY name').pluck(),
  events: client.prepare('SELECT action, outcome, code, actor_id AS actorId, door FROM audit_events WHERE seq > ? ORDER BY seq'),
})

/** Asks for the writer each time, so that the connection may write. */
function statementsOf(core: Core): ReturnType<typeof prepare> {
  const { $client: client } = core.vault.writer
  const known = prepared.get(client) ?? prepare(client)
  prepared.set(client, known)
  return known
}

async function settled(call: () => Promise<unknown>): Promise<Pick<Outcome, 'code' | 'data' | 'output'>> {
  try {
    return { code: null, data: undefined, output: await call() }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { code: error.code, data: error.data, output: undefined }
  }
}

/** Calls by name and reads a stream to its end; one without an end is stopped at once. */
export const callByName: CallByName = async (client, procedure, input, { isEndless = false } = {}) => {
  const stop = new AbortController()
  let node: unknown = client
  for (const name of procedure.split('.')) node = (node as Record<string, unknown>)[name] // The typed client has a member for each name.
  const output = await (node as (input: unknown, options: { signal: AbortSignal }) => Promise<unknown>)(input, { signal: stop.signal })
  if (typeof output !== 'object' || output === null || !(Symbol.asyncIterator in output)) return output
  if (isEndless) return void stop.abort()
  const pieces: unknown[] = []
  for await (const piece of output as AsyncIterable<unknown>) pieces.push(piece)
  return pieces
}

const KEY_FILE = /^keyring.*\.json$/

interface KeyFile { file: string; text: string; changedAt: number }
const keyFiles = new WeakMap<Core, KeyFile[]>()

/** The keyring as the scene left it: read once, and looked at again only where a call wrote it. */
function keyFilesOf(core: Core): KeyFile[] {
  const known = keyFiles.get(core) ?? fs.readdirSync(core.vault.folder).filter((name) => KEY_FILE.test(name)).map((name) => path.join(core.vault.folder, name)).map((file) => ({ file, text: fs.readFileSync(file, 'utf8'), changedAt: fs.statSync(file).mtimeMs }))
  keyFiles.set(core, known)
  return known
}

function putBack(files: KeyFile[]): void {
  for (const one of files.filter(({ file, changedAt }) => fs.statSync(file).mtimeMs !== changedAt)) {
    fs.writeFileSync(one.file, one.text, { mode: 0o600 })
    one.changedAt = fs.statSync(one.file).mtimeMs
  }
}
