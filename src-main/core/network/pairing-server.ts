import type { TLSSocket } from 'node:tls'
import type { RawData, WebSocket } from 'ws'
import { addMinutes, type Instant } from '#shared/kernel/time.ts'
import { limits } from '#shared/kernel/limits.ts'
import { formatPairingCode, PAIRING_BYTES } from '#shared/kernel/pairing-code.ts'
import { formatInvitation, Join, type AboutMachine, type Admission, type PairingRefusal, type ToJoiner } from '#shared/sync/pairing.ts'
import type { Profile } from '#shared/sync/messages.ts'
import type { Platform } from '../platform/platform.ts'
import type { Attempt } from './attacks.ts'
import { remoteOf } from './callers.ts'
import { fingerprintOf } from './certificates.ts'
import { readFrame, sendFrame } from './frames.ts'
import { channelOf, comparedNumber, hostProof, isJoinerProof, type Channel } from './pairing-proof.ts'
import type { Timers } from './timers.ts'

/** What the host's screen shows while a new machine may come in. */
export interface ShownCode {
  code: string
  /** The text of the QR code. */
  invitation: string
  expiresAt: Instant
}

/** A machine that knew the code and waits for a person to say yes. */
export interface Asking extends AboutMachine {
  /** The six digits that its screen shows too. */
  number: string
  remote: string
}
export type Answer = { allow: true; name: string; profile: Profile } | { allow: false }

export type PairingEnd = 'paired' | 'declined' | 'expired' | 'locked' | 'cancelled'

export interface PairingPorts {
  platform: Pick<Platform, 'now' | 'random'>
  timers: Timers
  clinic(): Pick<Admission, 'authority' | 'clinicId' | 'clinicName' | 'epoch' | 'hostId' | 'hostName'>
  /** A person at the host compares and decides. `left` says that the machine went away or the time is over. */
  onRequest(asking: Asking, left: AbortSignal): Promise<Answer>
  /** Signs the request for this machine; undefined when it is no request. */
  issue(request: string, deviceId: string): Promise<string | undefined>
  /** On the host's list before the certificate leaves: what throws here lets nobody in. */
  onAdmitted(machine: AboutMachine & { fingerprint: string }): void | Promise<void>
  /** `locked`: somebody tried five wrong codes, and the person at the host has to know. */
  onEnd(end: PairingEnd): void
  onAttack(attempt: Attempt): void
}

interface Shown extends ShownCode {
  secret: Uint8Array
  wrongCodes: number
  /** The one machine that asks now. */
  asking: AbortController | undefined
  stopClock(): void
}

/** The host's half of pairing: one code at a time, for one machine, once, for five minutes. */
export class PairingHost {
  readonly #ports: PairingPorts
  #shown: Shown | undefined

  constructor(ports: PairingPorts) {
    this.#ports = ports
  }

  get isOpen(): boolean {
    return this.#shown !== undefined
  }

  get shown(): ShownCode | undefined {
    return this.#shown && { code: this.#shown.code, invitation: this.#shown.invitation, expiresAt: this.#shown.expiresAt }
  }

  /** A new code takes the place of the one that was shown. */
  open(addresses: string[]): ShownCode {
    this.cancel()
    const { platform, timers, clinic } = this.#ports
    const secret = platform.random(PAIRING_BYTES)
    const code = formatPairingCode(secret)
    const shown: Shown = {
      secret, code, invitation: formatInvitation({ addresses, authority: fingerprintOf(clinic().authority), code }),
      expiresAt: addMinutes(platform.now(), limits.pairing_minutes), wrongCodes: 0, asking: undefined,
      stopClock: timers.after(limits.pairing_minutes * 60_000, () => this.#end(shown, 'expired')),
    }
    this.#shown = shown
    return { code, invitation: shown.invitation, expiresAt: shown.expiresAt }
  }

  cancel(): void {
    if (this.#shown) this.#end(this.#shown, 'cancelled')
  }

  /** A socket at `/pair`: the machine says who it is within seconds, once, and then waits. */
  accept(socket: WebSocket, tls: TLSSocket): void {
    const stopClock = this.#ports.timers.after(limits.pairing_silence_seconds * 1_000, () => socket.terminate())
    socket.on('error', () => socket.terminate())
    socket.once('close', stopClock)
    socket.once('message', (data, isBinary) => {
      stopClock()
      // The host's own trouble is told where it happens; the machine only has to know that it is not in.
      this.#join(socket, tls, data, isBinary).catch(() => refuseJoiner(socket, 'PAIRING_FAILED'))
    })
  }

  async #join(socket: WebSocket, tls: TLSSocket, data: RawData, isBinary: boolean): Promise<void> {
    const shown = this.#shown
    if (!shown || shown.expiresAt <= this.#ports.platform.now()) return refuseJoiner(socket, 'PAIRING_CLOSED')
    const frame = readFrame(Join, data, isBinary)
    if (frame.is === 'bad') {
      this.#ports.onAttack({ kind: 'bad-join', remote: remoteOf(tls) })
      return refuseJoiner(socket, 'PAIRING_FAILED')
    }
    const channel = channelOf(tls, shown.secret)
    const { proof, ...said } = frame.message
    if (!isJoinerProof(channel, said, proof)) return this.#wrongCode(shown, socket, tls)
    if (shown.asking) return refuseJoiner(socket, 'PAIRING_BUSY')
    this.#beginAsking(shown, socket)
    send(socket, { t: 'waiting', proof: hostProof(channel, said) })
    await this.#ask(shown, socket, tls, channel, frame.message)
  }

  /** The code came in time: the person has five minutes to look and decide. If the machine goes away, the code's own time counts again. */
  #beginAsking(shown: Shown, socket: WebSocket): void {
    const { platform, timers } = this.#ports
    const asking = new AbortController()
    shown.asking = asking
    shown.stopClock()
    shown.stopClock = timers.after(limits.pairing_minutes * 60_000, () => this.#end(shown, 'expired'))
    socket.once('close', () => {
      asking.abort()
      shown.asking = undefined
      if (shown.expiresAt <= platform.now()) this.#end(shown, 'expired')
    })
  }

  #wrongCode(shown: Shown, socket: WebSocket, tls: TLSSocket): void {
    shown.wrongCodes += 1
    this.#ports.onAttack({ kind: 'wrong-code', remote: remoteOf(tls) })
    const isLocked = shown.wrongCodes >= limits.pairing_tries
    if (isLocked) this.#end(shown, 'locked')
    refuseJoiner(socket, isLocked ? 'PAIRING_LOCKED' : 'PAIRING_WRONG_CODE')
  }

  async #ask(shown: Shown, socket: WebSocket, tls: TLSSocket, channel: Channel, join: Join): Promise<void> {
    const left = shown.asking?.signal ?? AbortSignal.abort()
    const asking = { ...join.about, number: comparedNumber(channel, join), remote: remoteOf(tls) }
    const answer = await Promise.race([this.#ports.onRequest(asking, left), over(left)])
    if (answer === 'over' || this.#shown !== shown) return refuseJoiner(socket, 'PAIRING_CLOSED')
    // From here on the code is used, whatever the answer: it works once.
    this.#end(shown, answer.allow ? 'paired' : 'declined', { keepAsking: true })
    if (!answer.allow) return refuseJoiner(socket, 'PAIRING_DECLINED')
    const admission = await this.#admit(join, answer)
    if (!admission) return refuseJoiner(socket, 'PAIRING_FAILED')
    send(socket, { t: 'admitted', admission })
    socket.close()
  }

  async #admit({ about, request }: Join, { name, profile }: Extract<Answer, { allow: true }>): Promise<Admission | undefined> {
    const certificate = await this.#ports.issue(request, about.deviceId)
    if (!certificate) return undefined
    await this.#ports.onAdmitted({ ...about, name, profile, fingerprint: fingerprintOf(certificate) })
    return { ...this.#ports.clinic(), certificate, name, profile }
  }

  #end(shown: Shown, end: PairingEnd, { keepAsking = false } = {}): void {
    if (this.#shown !== shown) return
    this.#shown = undefined
    shown.stopClock()
    if (!keepAsking) shown.asking?.abort()
    this.#ports.onEnd(end)
  }
}

const over = (left: AbortSignal): Promise<'over'> => new Promise((resolve) => left.addEventListener('abort', () => resolve('over'), { once: true }))

const send = (socket: WebSocket, message: ToJoiner): boolean => sendFrame(socket, message)

function refuseJoiner(socket: WebSocket, code: PairingRefusal): void {
  send(socket, { t: 'refused', code })
  socket.close()
}
