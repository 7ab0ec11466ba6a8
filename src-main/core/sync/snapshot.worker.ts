import fs from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '#shared/rpc/errors.ts'
import { migrate, readMigrations } from '../db/migrate.ts'
import { closeDb, damageOf, openDb } from '../db/open.ts'
import { sha256Of } from '../files/sha256.ts'
import { Mode } from './capture.ts'
import { setMode } from './context.ts'
import { copyStatements, finishCopy, markOf, prepareCopy } from './copy.ts'
import type { SnapshotMessage, SnapshotWish } from './snapshot.ts'

/**
 * Makes one copy beside the core's own loop. One read transaction on a connection of its own sees the records as they
 * were at one moment; the copy is filled through the same connection, a statement a table.
 */
const wish = workerData as SnapshotWish // Given by `Snapshots` only.
const tell = (message: SnapshotMessage): void => parentPort?.postMessage(message)

try {
  const copy = openDb({ path: wish.target, key: wish.key, building: true })
  migrate(copy, readMigrations(wish.migrationsFolder))
  const tables = prepareCopy(copy, wish.profile)
  setMode(copy, Mode.confirmed)
  closeDb(copy)

  const source = openDb({ path: wish.file, key: wish.dataKey })
  source.$client.exec(`attach '${wish.target.replaceAll(`'`, `''`)}' as copy key "x'${Buffer.from(wish.key).toString('hex')}'"`)
  source.$client.pragma('copy.journal_mode=OFF')
  source.$client.pragma('copy.synchronous=OFF')
  // They hold in the records that this is a copy of; looking each one up again would be a third of the time.
  source.$client.pragma('foreign_keys=OFF')
  source.$client.exec('begin')
  const mark = markOf(source, wish.profile)
  for (const [at, table] of tables.entries()) {
    for (const sql of copyStatements(table, 'copy')) source.$client.exec(sql)
    tell({ done: (at + 1) / tables.length })
  }
  source.$client.exec('commit')
  source.$client.exec('detach copy')
  closeDb(source)

  const filled = openDb({ path: wish.target, key: wish.key, building: true })
  finishCopy(filled, wish.profile, mark)
  closeDb(filled)
  tell({ made: { tx: mark.tx, chains: mark.chains, bytes: fs.statSync(wish.target).size, sha256: await sha256Of(wish.target) } })
} catch (error) {
  const known = damageOf(error)
  if (!(known instanceof Refusal)) throw error
  tell({ refused: known.code })
}
