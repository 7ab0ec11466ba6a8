import { AuditKeeper } from './audit/keeper.ts'
import { createPresence, type Presence } from './device.ts'
import { machineOf, type Device, type Machine } from './keys/device.ts'
import type { HeldKeys } from './keys/held.ts'
import { finishRotation } from './keys/rotation-files.ts'
import { installMergeGuards } from './db/merge-guards.ts'
import { createChanges, type Changes } from './rpc/changes.ts'
import type { Door } from './rpc/context.ts'
import { createPipeline, type Pipeline } from './rpc/pipeline.ts'
import { ClinicNetwork, type NetworkOptions } from './sync/network.ts'
import { SyncNode } from './sync/node.ts'
import { watchDuplicates } from '#main/domains/patients/service.watch.ts'
import { followStaff } from '#main/domains/session/service.staff.ts'
import { createSeen, type Seen } from './rpc/seen.ts'
import { takeOwnership, type Ownership } from './ownership.ts'
import { createLogger, type Logger } from './platform/logger.ts'
import { realPlatform, type Platform } from './platform/platform.ts'
import { Vault } from './vault.ts'

export interface CoreOptions {
  dataFolder: string
  migrationsFolder: string
  /** Where the starter code set and other shipped files lie. */
  resourcesFolder: string
  platform?: Platform
  logger?: Logger
  /** As the app calls itself; the command line does not know. */
  appVersion?: string
  /** Check every answer against the contract: tests and development. */
  checkOutputs?: boolean
  /** This machine's secret where the operating system keeps one; the shell asks it, in its own time. */
  device?: Promise<Device>
  /** Instead: the key file of the clinic, where somebody names it (`--key-file`). */
  keyFile?: string
  network?: NetworkOptions
}

/** The one owner of the encrypted database on this machine. It knows no Electron: each entry brings its folders and opens its doors. */
export interface Core {
  readonly options: CoreOptions
  readonly platform: Platform
  readonly logger: Logger
  readonly vault: Vault
  readonly machine: Machine
  readonly userKeys: HeldKeys
  readonly changes: Changes
  readonly seen: Seen
  readonly audit: AuditKeeper
  readonly presence: Presence
  readonly node: SyncNode
  readonly network: ClinicNetwork
  readonly pipeline: Pipeline
  readonly doors: ReadonlyMap<string, Door>
  openDoor(kind: Door['kind'], id?: string): Door
  closeDoor(door: Door): void
  /** After a change of staff, whoever made it: every door follows. */
  followStaff(): void
  close(): Promise<void>
}

/** Refuses with IN_USE when another process owns the data folder. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const ownership: Ownership = await takeOwnership(options.dataFolder)
  try {
    finishRotation(options.dataFolder)
  } catch (error) {
    await ownership.release()
    throw error
  }
  const platform = options.platform ?? realPlatform()
  const doors = new Map<string, Door>()
  const logger = options.logger ?? createLogger('core')
  const changes = createChanges()
  const vault = new Vault(options.dataFolder, options.migrationsFolder, (db) => {
    audit.begin(db)
    installMergeGuards(db.$client)
    node.opened(db)
    duplicates.look()
    // Not before the first screen: whoever signed in waits for no socket.
    setImmediate(() => void network.start())
  })
  const audit = new AuditKeeper({ vault, platform, changes, logger })
  const core: Core = {
    options, platform, doors, logger, vault, changes, audit,
    machine: machineOf(options.dataFolder, { kept: options.device, keyFile: options.keyFile }),
    userKeys: new Map(),
    seen: createSeen(platform.nowMs),
    presence: createPresence(() => core),
    get node() {
      return node
    },
    get network() {
      return network
    },
    get pipeline() {
      return pipeline
    },
    openDoor: (kind, id = platform.newId()) => {
      const door: Door = { id, kind, session: null, waiting: new Map(), pending: null, mayShowCalls: false, lastSeenMs: platform.nowMs() }
      doors.set(id, door)
      return door
    },
    followStaff: () => followStaff(core),
    closeDoor: (door) => void doors.delete(door.id),
    close: async () => {
      await network.stop()
      duplicates.stop()
      audit.close()
      core.vault.close()
      await ownership.release()
    },
  }
  const duplicates = watchDuplicates(core)
  const node = new SyncNode(core)
  const network = new ClinicNetwork(core)
  const pipeline = createPipeline(core)
  return core
}
