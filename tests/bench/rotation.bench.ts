process.env['CAIRN_LOG'] ??= 'error'

import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createCore } from '#main/core/core.ts'
import { rotateDataKey } from '#main/core/keys/rotation.ts'
import { writeAudit } from '#main/core/rpc/audit-writer.ts'
import { inRoot } from '#tools/lib/paths.ts'
import { makeSmallClinic } from '../support/small-clinic.ts'

/**
 * A change of the data key on records of about 100 MB while somebody writes fifty rows a second: how long it takes beside
 * copying the file, and how long the core's loop stands still when the files change places.
 */
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-bench-'))
const core = await createCore({ dataFolder: folder, migrationsFolder: inRoot('drizzle/migrations'), resourcesFolder: inRoot('resources') })
await makeSmallClinic(core)
const row = (entityId: string) => writeAudit(core.vault.writer, { at: core.platform.now(), action: 'bench.row', outcome: 'done', actorId: core.platform.newId(), sessionId: core.platform.newId(), door: 'test', commandId: core.platform.newId(), patientId: core.platform.newId(), entityId, code: null })
core.vault.writer.$client.transaction(() => {
  for (let i = 0; i < 250_000; i += 1) row(core.platform.newId())
})()
core.vault.writer.$client.pragma('wal_checkpoint(TRUNCATE)')
const megabytes = fs.statSync(core.vault.file).size / 1e6
const before = performance.now()
fs.copyFileSync(core.vault.file, path.join(folder, 'copy'))
const copyMs = performance.now() - before
fs.rmSync(path.join(folder, 'copy'))

const delay = monitorEventLoopDelay({ resolution: 1 })
let written = 0
let isRunning = true
const writing = (async () => {
  for (; isRunning; written += 1) {
    row(core.platform.newId())
    await pause(20)
  }
})()
delay.enable()
const started = performance.now()
let beforeLast = started
for await (const done of rotateDataKey(core.vault, { dataKey: core.platform.random(32), salt: core.platform.random(16), at: core.platform.now(), mayStay: () => true })) if (done < 1) beforeLast = performance.now()
const [all, last] = [performance.now() - started, performance.now() - beforeLast]
delay.disable()
isRunning = false
await writing
console.log(`\nchange of the data key, ${Math.round(megabytes)} MB, ${written} rows written meanwhile`)
console.log(`  ${(all / 1_000).toFixed(1)} s (copying the file: ${(copyMs / 1_000).toFixed(1)} s), ${Math.round(megabytes / (all / 1_000))} MB a second; the exchange ${last.toFixed(0)} ms; loop max ${(delay.max / 1e6).toFixed(0)} ms, p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms`)
await core.close()
fs.rmSync(folder, { recursive: true, force: true })
