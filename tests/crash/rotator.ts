import { setTimeout as pause } from 'node:timers/promises'
import { randomBytes } from 'node:crypto'
import { readKeyring } from '#main/core/keys/keyring.ts'
import { finishRotation } from '#main/core/keys/rotation-files.ts'
import { rotateDataKey } from '#main/core/keys/rotation.ts'
import { unlockWithRecoveryKey } from '#main/core/keys/unlock.ts'
import { writeAudit } from '#main/core/rpc/audit-writer.ts'
import { Vault } from '#main/core/vault.ts'

/** A process of its own that writes without end, says each row that was confirmed, and changes the data key; the test kills it. */
const [folder = '', recoveryKey = '', from = '0'] = process.argv.slice(2)
finishRotation(folder)
const opened = unlockWithRecoveryKey(readKeyring(folder), Buffer.from(recoveryKey, 'hex'))
if (!opened) throw new Error('the printed key opens the records')
const vault = new Vault(folder, 'drizzle/migrations')
vault.open(opened.dataKey)
process.stdout.write('ready\n')
const at = new Date().toISOString()
const rotating = (async () => {
  for await (const done of rotateDataKey(vault, { dataKey: randomBytes(32), salt: randomBytes(16), at, mayStay: () => true })) process.stdout.write(`done ${done}\n`)
  process.stdout.write('rotated\n')
})()
void rotating
for (let i = Number(from); ; i += 1) {
  writeAudit(vault.writer, { at, action: 'test.row', outcome: 'done', actorId: null, sessionId: null, door: 'test', commandId: null, patientId: null, entityId: String(i), code: null })
  process.stdout.write(`${i}\n`)
  // A busy clinic's pace: more would only make the file of the test large.
  await pause(10)
}
