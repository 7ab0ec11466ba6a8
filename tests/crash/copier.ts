import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createCore } from '#main/core/core.ts'
import { createLogger } from '#main/core/platform/logger.ts'
import { writeAudit } from '#main/core/rpc/audit-writer.ts'
import { takeCopy, type Arrived } from '#main/core/sync/take-copy.ts'

/** A member in a process of its own that writes without end, says each row that was confirmed, and takes a whole copy; the test kills it. */
const [folder = '', keyHex = '', arrived = '', from = '0'] = process.argv.slice(2)
const root = path.resolve(import.meta.dirname, '../..')
const core = await createCore({
  dataFolder: folder, migrationsFolder: path.join(root, 'drizzle/migrations'), resourcesFolder: path.join(root, 'resources'), logger: createLogger('core', 'silent'), network: { isOff: true },
})
core.vault.open(new Uint8Array(Buffer.from(keyHex, 'hex')))
const { file, ready } = JSON.parse(fs.readFileSync(arrived, 'utf8')) as Arrived // Written by the test.
fs.copyFileSync(file, path.join(folder, 'copy.download'))
process.stdout.write('ready\n')
const at = core.platform.now()
void takeCopy(core, { file: path.join(folder, 'copy.download'), ready }).then(() => process.stdout.write('taken\n'))
for (let i = Number(from); ; i += 1) {
  writeAudit(core.vault.writer, { at, action: 'test.row', outcome: 'done', actorId: null, sessionId: null, door: 'test', commandId: null, patientId: null, entityId: String(i), code: null })
  process.stdout.write(`${i}\n`)
  await pause(5)
}
