import fs from 'node:fs'
import type { Health } from '#shared/domains/clinic/contract.ts'
import { toInstant } from '#shared/kernel/time.ts'
import { readKeyring } from '#main/core/keys/keyring.ts'
import type { ActionContext } from '#main/core/rpc/context.ts'
import { listAccounts } from './repository.ts'

/** Only what can be read off this machine now; nothing is estimated. */
export async function health({ core, read }: ActionContext): Promise<Health> {
  const disk = await fs.promises.statfs(core.vault.folder)
  const sizes = await Promise.all(['', '-wal'].map((end) => fs.promises.stat(core.vault.file + end).then((file) => file.size, () => 0)))
  const check = core.vault.lastCheck
  return {
    databaseBytes: sizes.reduce((sum, size) => sum + size, 0),
    diskFreeBytes: disk.bavail * disk.bsize,
    diskTotalBytes: disk.blocks * disk.bsize,
    upSince: toInstant(core.platform.nowMs() - Math.round(process.uptime() * 1000)),
    checkedAt: check?.at ?? null,
    checkedWhole: check?.isWhole ?? null,
    people: read(({ db }) => listAccounts(db)).filter((one) => one.disabledAt === null).length,
    signedIn: new Set([...core.doors.values()].flatMap((door) => [...(door.session ? [door.session.userId] : []), ...door.waiting.keys()])).size,
    hasRecoveryKey: readKeyring(core.vault.folder).slots.some((slot) => slot.kind === 'recovery'),
  }
}
