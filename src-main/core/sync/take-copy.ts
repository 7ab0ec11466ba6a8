import fs from 'node:fs'
import { setImmediate as nextTick } from 'node:timers/promises'
import { assert } from '#shared/kernel/assert.ts'
import type { Topic } from '#shared/rpc/define.ts'
import { refuse, Refusal } from '#shared/rpc/errors.ts'
import type { ToNode } from '#shared/sync/messages.ts'
import type { Core } from '../core.ts'
import { closeDb, openDb } from '../db/open.ts'
import { migrate, readMigrations } from '../db/migrate.ts'
import { sha256Of } from '../files/sha256.ts'
import { makeMemberKeyring } from '../keys/member-keyring.ts'
import { writeKeyring } from '../keys/keyring.ts'
import { rekeyFile } from '../keys/rekey-file.ts'
import { finishRotation, nextDatabase, takeCopyPlace } from '../keys/rotation-files.ts'
import { publishedRecoverySlot } from './authority.ts'
import { carryEvents, carryOver, closeOld, openOld } from './carry-over.ts'
import { readSync, writeSync } from './context.ts'

/** A downloaded copy and what the host said about it. */
export interface Arrived { file: string; ready: Extract<ToNode, { t: 'snapshot-ready' }> }

/**
 * Puts a whole copy of the host's records in the place of this machine's, with everything that only this machine has:
 * what its people did and the host has not confirmed, what waits for a person, its log, its sign-ins. Killed at any point
 * the machine opens with the old records or the new ones. The old file stays beside it until this machine has been
 * in step with the host.
 */
export async function takeCopy(core: Core, { file, ready }: Arrived): Promise<void> {
  const { vault, node } = core
  const { dataKey, folder } = vault
  assert(dataKey, 'the database is open')
  requireNewer(core, ready)
  requireRoom(file, folder)
  finishRotation(folder)
  try {
    await rekeyed({ file, ready }, { target: nextDatabase(folder), dataKey })
    await fillAndExchange(core, dataKey)
  } finally {
    finishRotation(folder)
  }
  node.opened(vault.writer)
  node.changed(new Set<Topic>(everything))
}

async function fillAndExchange(core: Core, dataKey: Uint8Array): Promise<void> {
  const { vault, node } = core
  const { folder } = vault
  const wasHost = isFenced(core)
  const copy = openDb({ path: nextDatabase(folder), key: dataKey })
  try {
    migrate(copy, readMigrations(core.options.migrationsFolder))
    openOld(copy, vault.file, dataKey)
    while (carryEvents(copy)) await nextTick()
    // From here to the exchange without a pause: nothing can be written in between and be lost.
    carryOver(copy, { deviceId: node.deviceId, wasHost })
    writeSync(copy, { hostSeenAt: core.platform.now(), standing: 'good' })
    closeOld(copy)
    node.memberOn(() => copy).replayOnCopy()
    copy.$client.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    closeDb(copy)
  }
  emptyLog(core)
  vault.exchange(dataKey, () => takeCopyPlace(folder))
}

/** The first copy of a machine that has just been paired: its own data key, and a keyring that the printed key opens too. */
export async function takeFirstCopy(core: Core, { file, ready }: Arrived): Promise<void> {
  const { vault, platform } = core
  if (vault.state !== 'empty') throw refuse('ALREADY_SET_UP')
  fs.mkdirSync(vault.folder, { recursive: true, mode: 0o700 })
  vault.removeUnfinished()
  requireRoom(file, vault.folder)
  const dataKey = platform.random(32)
  const { secret: device } = await core.machine.device()
  try {
    await rekeyed({ file, ready }, { target: vault.file, dataKey })
  } catch (error) {
    vault.removeUnfinished()
    throw error
  }
  const db = openDb({ path: vault.file, key: dataKey })
  const clinicId = db.$client.prepare('select id from clinic').pluck().get() as string // One column.
  const keyring = makeMemberKeyring({ clinicId, at: platform.now(), newId: platform.newId, device, recovery: publishedRecoverySlot(db) }, dataKey)
  writeSync(db, { hostSeenAt: platform.now() })
  closeDb(db)
  // Last: until the keyring is there the folder counts as empty, and a power cut leaves nothing that cannot be started again.
  writeKeyring(vault.folder, keyring)
  vault.open(dataKey)
  core.changes.publish({ topics: everything })
}

const everything: readonly Topic[] = ['clinic', 'staff', 'session', 'patients', 'scheduling', 'encounters', 'notes', 'billing', 'codes', 'migration', 'audit', 'access', 'approvals', 'devices', 'network']

interface Target { target: string; dataKey: Uint8Array }

/** The same bytes as the host has made, every page whole, under this machine's own key and at their place. The download is used up. */
async function rekeyed({ file, ready }: Arrived, { target, dataKey }: Target): Promise<void> {
  const isSame = fs.statSync(file, { throwIfNoEntry: false })?.size === ready.bytes && (await sha256Of(file)) === ready.sha256
  if (!isSame) throw refuse('SNAPSHOT_BROKEN')
  fs.renameSync(file, target)
  try {
    await rekeyFile({ file: target, from: new Uint8Array(Buffer.from(ready.key, 'hex')), to: dataKey })
  } catch (error) {
    throw error instanceof Refusal && error.code === 'DATABASE_DAMAGED' ? refuse('SNAPSHOT_BROKEN') : error
  }
}

/** Everything that was written lies in the file itself: the next one begins without a log. */
function emptyLog({ vault }: Core): void {
  vault.writer.$client.pragma('wal_checkpoint(TRUNCATE)')
}

const isFenced = ({ vault }: Core): boolean => vault.reader.$client.prepare('select standing from sync_context').pluck().get() === 'fenced'

/** On the branch that this machine is on a copy never takes it back behind what it has taken already. */
function requireNewer({ vault }: Core, { tx }: Arrived['ready']): void {
  const { role, standing, cursor } = readSync(vault.reader)
  if (role === 'member' && standing === 'good' && tx < cursor) throw refuse('SNAPSHOT_OLD')
}

function requireRoom(file: string, folder: string): void {
  const disk = fs.statfsSync(folder)
  if (disk.bavail * disk.bsize < (fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) * 1.1) throw refuse('DISK_FULL')
}
