import os from 'node:os'
import path from 'node:path'
import * as z from 'zod'
import { carrySalts } from '#main/domains/session/service.carried.ts'
import { assert } from '#shared/kernel/assert.ts'
import { limits } from '#shared/kernel/limits.ts'
import type { Core } from '../core.ts'
import type { NetworkView } from '../rpc/context.ts'
import { readJson, writeWhole } from '../files/whole-file.ts'
import type { Discovery, FoundHost } from '../network/discovery.ts'
import { addressesIn, readIdentity, type NetworkIdentity } from '../network/identity.ts'
import { realTimers } from '../network/timers.ts'
import { authorityOf, signerOf } from './authority.ts'
import type { ClinicLink } from './link.ts'
import type { keepLookout } from './lookout.ts'
import type { ClinicServer } from './serve.ts'
import type { NetworkServer } from '../network/server.ts'
import { standbyAddresses } from './host-store.ts'
import { hostDuties } from './host-duties.ts'
import { succeeding } from './succeeding.ts'
import { memberDuties } from './member-duties.ts'
import { readSync } from './context.ts'
import { isHandingOver } from './epochs.ts'

/** How this machine listens; tests and several machines on one computer choose for themselves. */
export interface NetworkOptions {
  /** Instead of every interface. */
  bind?: string
  /** Instead of the one that was chosen at this host. */
  port?: number
  /** The command line runs one call on records: it serves nobody and follows nobody meanwhile. */
  isOff?: boolean
  /** No multicast: the addresses that are known have to do. */
  isQuiet?: boolean
}

const FILE = 'host.json'
const HostFile = z.strictObject({ v: z.literal(1), port: z.int().min(0).max(65_535) })

/**
 * This machine's place in the network: while its records are open it serves the others as the host, or follows one. Alone
 * it listens to nothing and calls nobody, and nothing of the network is even read from the disk.
 */
export class ClinicNetwork {
  readonly #core: Core
  #server: ClinicServer | undefined
  #link: ClinicLink | undefined
  #discovery: Discovery | undefined
  #lookout: ReturnType<typeof keepLookout> | undefined
  #door: NetworkServer | undefined
  #identity: NetworkIdentity | undefined
  #starting: Promise<void> = Promise.resolve()

  constructor(core: Core) {
    this.#core = core
  }

  get server(): ClinicServer | undefined {
    return this.#server
  }

  get link(): ClinicLink | undefined {
    return this.#link
  }

  get identity(): NetworkIdentity | undefined {
    return this.#identity
  }

  get view(): NetworkView {
    const link = this.#link?.state ?? { link: 'none', offlineSince: null, stoppedBy: null, behind: 0 }
    const { lease } = this.#core.node
    return { ...link, ...(lease ? { lease } : {}), clockOffMs: this.#core.node.clockOffsetMs, connected: this.#server?.connected ?? new Set() }
  }

  /** A code is shown here: machines that look for a host find this one first. */
  announce(isPairing: boolean): void {
    if (!this.#server || !this.#identity) return
    this.#discovery?.announce({ clinicId: this.#identity.clinicId, epoch: readSync(this.#core.vault.reader).epoch, port: this.#server.port, isPairing })
  }

  /** After the records were opened, and whenever this machine's part has changed. One after the other. */
  start(): Promise<void> {
    if (this.#core.options.network?.isOff) return Promise.resolve()
    this.#starting = this.#starting.then(() => this.#restart()).catch((error: unknown) => {
      this.#core.logger.error({ kind: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' }, 'the network could not be started')
    })
    return this.#starting
  }

  async stop(): Promise<void> {
    this.#link?.close()
    this.#link = undefined
    this.#lookout?.close()
    this.#lookout = undefined
    const [server, discovery, door] = [this.#server, this.#discovery, this.#door]
    this.#server = undefined
    this.#door = undefined
    this.#discovery = undefined
    this.#core.node.disconnected()
    await Promise.all([server?.close(), discovery?.close(), door?.close()])
  }

  async #restart(): Promise<void> {
    await this.stop()
    const { vault, node } = this.#core
    if (vault.state !== 'open' || node.role === 'alone') return
    const { secret } = await this.#core.machine.device()
    const found = readIdentity(vault.folder, secret)
    if (found.is !== 'open') return this.#core.logger.error({ identity: found.is }, 'this machine cannot say who it is')
    this.#identity = found.identity
    if (node.role === 'host') return this.#serve(await this.#renewed(found.identity))
    // Its successor may not have heard yet that it is the host now, and nobody else knows.
    if (isHandingOver(vault.reader, node.deviceId)) await this.#serve(found.identity)
    await this.#follow(found.identity)
  }

  /** The new host has welcomed this machine: nobody has to ask here any more. */
  async handedOver(): Promise<void> {
    const server = this.#server
    if (!server || this.#core.node.role === 'host') return
    this.#server = undefined
    await server.close()
    if (this.#identity) await this.#openDoor(this.#identity)
  }

  get #port(): number {
    return this.#core.options.network?.port ?? portOf(this.#core.vault.folder)
  }

  /** A host has nobody to ask: half way through its certificate's time it gives itself a new one, at the next start. */
  async #renewed(identity: NetworkIdentity): Promise<NetworkIdentity> {
    const { renewHost } = await import('./upkeep.ts')
    return (this.#identity = await renewHost(this.#core, identity))
  }

  /** Throws what the system says when the port is taken. */
  async #serve(identity: NetworkIdentity): Promise<void> {
    const { vault, options } = this.#core
    const authority = authorityOf(vault.reader)
    assert(authority, 'a host has the clinic\'s authority')
    const { ClinicServer } = await import('./serve.ts')
    this.#server = await ClinicServer.start(this.#core, {
      identity, authority, port: this.#port, ...(options.network?.bind === undefined ? {} : { host: options.network.bind }), sign: signerOf(vault.writer), duties: hostDuties(this.#core),
    })
    if (this.#core.node.role !== 'host') return
    carrySalts(this.#core)
    this.#discovery = await this.#discover(() => this.#lookout?.wake())
    this.announce(false)
    const { keepLookout } = await import('./lookout.ts')
    this.#lookout = keepLookout(this.#core, { identity: () => this.#identity ?? identity, addresses: await this.#addresses(identity) })
  }

  async #follow(identity: NetworkIdentity): Promise<void> {
    const core = this.#core
    const { ClinicLink } = await import('./link.ts')
    this.#discovery = await this.#discover(() => this.#link?.client.wake())
    const addresses = await this.#addresses(identity)
    this.#link = new ClinicLink(core, { identity: () => this.#identity ?? identity, addresses, name: () => os.hostname(), port: this.#port, duties: memberDuties(core) })
    core.node.neighbours = { ...core.node.neighbours, ...succeeding(core, { identity: () => this.#identity ?? identity, addresses, tryNow: () => this.#link?.tryNow() }) }
    if (!this.#server) await this.#openDoor(identity)
  }

  /** Standbys answer how far they are. */
  async #openDoor(identity: NetworkIdentity): Promise<void> {
    const { node, options } = this.#core
    if (node.role !== 'member' || node.profile !== 'standby') return
    const { openStandbyDoor } = await import('./standby-door.ts')
    this.#door = await openStandbyDoor(this.#core, { identity, port: this.#port, ...(options.network?.bind === undefined ? {} : { host: options.network.bind }) })
  }

  /** Where a host may be, as it is known at each moment: where one was met, and what calls itself one now. */
  async #addresses({ clinicId }: NetworkIdentity): Promise<() => string[]> {
    const { clinicMark } = await import('../network/discovery.ts')
    const mark = clinicMark(clinicId)
    // A standby knows the others from the list of machines, also those that came while it was away.
    const standbys = (): string[] => (this.#core.vault.state === 'open' ? standbyAddresses(this.#core.vault.reader) : [])
    return () => [...addressesIn(this.#core.vault.folder), ...standbys(), ...(this.#discovery?.found ?? []).filter((host) => host.clinic === mark).toSorted((a, b) => b.epoch - a.epoch).flatMap((host) => host.addresses)]
  }

  async #discover(onFound: (host: FoundHost) => void): Promise<Discovery | undefined> {
    const { options, platform, logger } = this.#core
    if (options.network?.isQuiet) return undefined
    const { Discovery } = await import('../network/discovery.ts')
    return new Discovery({ platform, timers: realTimers, onFound, onTrouble: (code) => logger.info({ code }, 'no hosts can be looked for in this network') })
  }
}

const portOf = (folder: string): number => HostFile.safeParse(readJson(path.join(folder, FILE))).data?.port ?? limits.network_port
export const choosePort = (folder: string, port: number): void => writeWhole(path.join(folder, FILE), JSON.stringify({ v: 1, port }))
