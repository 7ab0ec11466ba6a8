import { createHash } from 'node:crypto'
import type { EventEmitter } from 'node:events'
import Bonjour, { type Browser, type Service } from 'bonjour-service'
import * as z from 'zod'
import { formatAddress, distinctAddresses } from '#shared/sync/address.ts'
import type { Platform } from '../platform/platform.ts'
import { quietSocket } from './quiet-socket.ts'
import type { Timers } from './timers.ts'

/** What a host calls into the local network. A hint and no more: who it is shows when it is dialled. */
export interface Announcement {
  clinicId: string
  epoch: number
  port: number
  /** A code is shown there now. */
  isPairing: boolean
}

export interface FoundHost {
  /** `clinicMark` of its clinic. */
  clinic: string
  epoch: number
  isPairing: boolean
  addresses: string[]
}

export interface DiscoveryOptions {
  platform: Pick<Platform, 'random'>
  timers: Timers
  onFound(host: FoundHost): void
  /** The network refuses multicast, another program holds the port, somebody sent nonsense: a code for the log. Nothing else happens. */
  onTrouble(code: string): void
  /** A test keeps to itself. */
  port?: number
  interface?: string
}

const TYPE = 'cairn'
const ASK_AGAIN_MS = 60_000
/** More than any clinic has: somebody fills the list. */
const KNOWN_MAX = 100

/** Tells clinics on one network apart without naming one. */
export const clinicMark = (clinicId: string): string => createHash('sha256').update(`cairn-clinic:${clinicId}`).digest('hex').slice(0, 16)

const Text = z.object({ clinic: z.string().regex(/^[0-9a-f]{16}$/), epoch: z.string().regex(/^\d{1,9}$/), pairing: z.enum(['0', '1']) })

/**
 * Hosts of this and other clinics in the local network, by mDNS. Many routers drop multicast and some computers forbid it,
 * so everything here may fail, quietly: the addresses that are known, typed or in a QR code do without.
 */
export class Discovery {
  readonly #options: DiscoveryOptions
  readonly #name: string
  #bonjour: Bonjour | undefined
  #browser: Browser | undefined
  #service: Service | undefined
  #stopAsking: () => void = () => undefined
  readonly #found = new Map<string, FoundHost>()

  constructor(options: DiscoveryOptions) {
    this.#options = options
    this.#name = `cairn-${Buffer.from(options.platform.random(6)).toString('hex')}`
    this.#quietly(() => this.#start())
  }

  get found(): FoundHost[] {
    return [...this.#found.values()]
  }

  /** Says it anew when the epoch changes or a code is shown. */
  announce({ clinicId, epoch, port, isPairing }: Announcement): void {
    this.#quietly(() => {
      const txt = { clinic: clinicMark(clinicId), epoch: String(epoch), pairing: isPairing ? '1' : '0' }
      this.#service?.stop()
      // Its name is drawn at random: asking the network first whether it is free would only take a second.
      this.#service = this.#bonjour?.publish({ name: this.#name, type: TYPE, port, txt, probe: false, host: `${this.#name}.local` })
      this.#service?.on('error', () => undefined)
    })
  }

  /** Asks the network once more: a person looks for a host now. */
  ask(): void {
    this.#quietly(() => {
      if (this.#browser && this.#browser.services.length > KNOWN_MAX) this.#browse()
      else this.#browser?.update()
    })
  }

  /** Says goodbye, so that others do not dial a host that is gone. */
  async close(): Promise<void> {
    this.#stopAsking()
    this.#browser?.stop()
    const bonjour = this.#bonjour
    this.#bonjour = undefined
    if (!bonjour) return
    await new Promise<void>((resolve) => this.#quietly(() => bonjour.unpublishAll(resolve), resolve))
    await new Promise<void>((resolve) => this.#quietly(() => bonjour.destroy(resolve), resolve))
  }

  #start(): void {
    const { port, timers, onTrouble } = this.#options
    const options = {
      socket: quietSocket((code) => onTrouble(code)), bind: '0.0.0.0',
      ...(port === undefined ? {} : { port }), ...(this.#options.interface === undefined ? {} : { interface: this.#options.interface }),
    }
    const tell = (error: Error & { code?: string }): void => onTrouble(error.code ?? 'MDNS')
    // Its types know the settings of a service only; these go through to the socket.
    this.#bonjour = new Bonjour(options as ConstructorParameters<typeof Bonjour>[0], tell)
    multicastOf(this.#bonjour).on('error', tell)
    this.#browse()
    this.#stopAsking = timers.every(ASK_AGAIN_MS, () => this.ask())
  }

  #browse(): void {
    this.#browser?.stop()
    this.#found.clear()
    this.#browser = this.#bonjour?.find({ type: TYPE })
    for (const event of ['up', 'txt-update', 'srv-update'] as const) this.#browser?.on(event, (service: Service) => this.#heard(service))
    this.#browser?.on('down', (service) => this.#found.delete(service.fqdn))
  }

  #heard(service: Service): void {
    const text = Text.safeParse(service.txt).data
    if (!text || service.name === this.#name || this.#found.size > KNOWN_MAX) return
    // Where the packet itself came from is the likeliest. A link-local IPv6 number is worth nothing without its zone.
    const numbers = [service.referer?.address ?? '', ...(service.addresses ?? [])].filter((number) => !number.toLowerCase().startsWith('fe80'))
    const host = { clinic: text.clinic, epoch: Number(text.epoch), isPairing: text.pairing === '1', addresses: distinctAddresses(numbers.map((number) => formatAddress({ host: number, port: service.port }))) }
    this.#found.set(service.fqdn, host)
    this.#options.onFound(host)
  }

  #quietly(act: () => void, otherwise: () => void = () => undefined): void {
    try {
      act()
    } catch (error) {
      this.#options.onTrouble(error instanceof Error && 'code' in error ? String(error.code) : 'MDNS')
      otherwise()
    }
  }
}

/** The library listens to no error of the part below it, and an error nobody listens to ends the program. */
const multicastOf = (bonjour: Bonjour): EventEmitter => (bonjour as unknown as { server: { mdns: EventEmitter } }).server.mdns // Private in its types alone.
