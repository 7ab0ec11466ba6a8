import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { formatRecoveryKey } from '#shared/kernel/recovery-key.ts'
import { openDb, closeDb } from '#main/core/db/open.ts'
import { addEvents, withoutGuards } from '#tests/support/audit.ts'
import { makeWorld } from '#tests/support/world.ts'

const root = path.resolve(import.meta.dirname, '../..')

it('R07: cairn verify-audit says that all fits, then names the event that was altered, with exit 1', { timeout: 90_000 }, async () => {
  const world = await makeWorld()
  addEvents(world, 40)
  const key = world.core.vault.dataKey ?? new Uint8Array(32)
  await world.core.close()
  const unlock = path.join(world.folder, 'recovery.txt')
  fs.writeFileSync(unlock, formatRecoveryKey(world.clinic.recoveryKey).join(' '))
  const verify = (): Promise<{ code: number; out: unknown; err: string }> => new Promise((resolve) => {
    execFile(process.execPath, [path.join(root, 'src-main/cli/cairn.ts'), 'verify-audit', '--data', world.folder, '--unlock', unlock], { cwd: root }, (error, out, err) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, out: JSON.parse(out), err }))
  })
  expect(await verify()).toMatchObject({ code: 0, out: { whole: true, finding: null, rows: 40 }, err: expect.stringContaining('each as it was written') })
  const db = openDb({ path: world.core.vault.file, key })
  withoutGuards(db)
  db.$client.exec(`update audit_events set action = 'nothing.happened' where seq = 12`)
  closeDb(db)
  expect(await verify()).toMatchObject({ code: 1, out: { whole: false, finding: { kind: 'altered', seq: 12 } }, err: expect.stringContaining('event 12 is not what was written') })
})
