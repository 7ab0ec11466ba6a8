import os from 'node:os'
import type { PairingStep } from '#shared/domains/network/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { AboutMachine } from '#shared/sync/pairing.ts'
import type { Core } from '../core.ts'
import type { Attempt } from '../network/attacks.ts'
import { issueCertificate } from '../network/certificates.ts'
import { PairingHost, type Answer, type Asking } from '../network/pairing-server.ts'
import { realTimers } from '../network/timers.ts'
import { writeAudit } from '../rpc/audit-writer.ts'
import { readSync } from './context.ts'
import * as store from './host-store.ts'
import type { ServeOptions } from './serve.ts'

/** Where a person at the host lets a new machine in: one at a time, each step told to whoever looks at it. */
export class PairingDesk {
  readonly host: PairingHost
  readonly #core: Core
  readonly #addresses: () => string[]
  readonly #isConnected: (deviceId: Id) => boolean
  #asking: { id: Id; resolve: (answer: Answer) => void; asking: Asking } | undefined
  #tell: ((step: PairingStep) => void) | undefined
  #triesLeft = 0

  constructor(core: Core, { authority, identity, timers = realTimers }: ServeOptions, onAttack: (attempt: Attempt) => void, { addresses, isConnected }: { addresses: () => string[]; isConnected: (deviceId: Id) => boolean }) {
    this.#core = core
    this.#isConnected = isConnected
    this.#addresses = addresses
    this.host = new PairingHost({
      platform: core.platform, timers,
      clinic: () => ({
        authority: authority.certificate, clinicId: core.vault.clinic?.id ?? '', clinicName: core.vault.clinic?.name ?? '', epoch: Math.max(readSync(core.vault.reader).epoch, 1),
        hostId: identity.deviceId, hostName: os.hostname().slice(0, limits.name_chars),
      }),
      onRequest: (asking, left) => this.#ask(asking, left),
      issue: (request, deviceId) => issueCertificate(authority, request, { clinicId: core.vault.clinic?.id ?? '', deviceId, at: core.platform.now() }),
      onAdmitted: (machine) => this.#admit(machine),
      // Let in is told when the machine stands on the list.
      onEnd: (end) => {
        if (end !== 'paired') this.#tell?.({ is: 'over', why: end === 'cancelled' ? 'closed' : end })
      },
      onAttack: (attempt) => {
        onAttack(attempt)
        if (attempt.kind !== 'wrong-code') return
        this.#triesLeft -= 1
        if (this.#triesLeft > 0) this.#tell?.({ is: 'wrong', triesLeft: this.#triesLeft })
      },
    })
  }

  /** Shows a code until the signal ends it, it is used, or its time is over. */
  async *open(signal: AbortSignal): AsyncGenerator<PairingStep> {
    const steps: PairingStep[] = []
    let wake = (): void => {}
    this.#tell = (step) => {
      steps.push(step)
      wake()
    }
    this.#triesLeft = limits.pairing_tries
    const { code, invitation, expiresAt } = this.host.open(this.#addresses())
    steps.push({ is: 'waiting', code, qr: invitation, addresses: this.#addresses(), until: expiresAt })
    signal.addEventListener('abort', () => wake(), { once: true })
    try {
      while (!signal.aborted) {
        const step = steps.shift()
        if (!step) {
          await new Promise<void>((resolve) => (wake = resolve))
          continue
        }
        yield step
        if (step.is === 'paired' || step.is === 'over') return
      }
    } finally {
      this.#tell = undefined
      this.host.cancel()
    }
  }

  answer(id: Id, answer: Answer): boolean {
    if (this.#asking?.id !== id) return false
    this.#asking.resolve(answer)
    this.#asking = undefined
    return true
  }

  get asking(): Asking | undefined {
    return this.#asking?.asking
  }

  close(): void {
    this.host.cancel()
  }

  /** A machine that is on the list and not revoked keeps its place; nobody else comes in under its id while it is connected. */
  #ask(asking: Asking, left: AbortSignal): Promise<Answer> {
    if (this.#isConnected(asking.deviceId)) throw refuse('PAIRING_FAILED')
    return new Promise((resolve) => {
      const id = this.#core.platform.newId()
      this.#asking = { id, resolve, asking }
      left.addEventListener('abort', () => (this.#asking = this.#asking?.id === id ? undefined : this.#asking), { once: true })
      this.#tell?.({ is: 'asking', requestId: id, name: asking.name, os: asking.os, profile: asking.profile, digits: asking.number })
    })
  }

  #admit(machine: AboutMachine & { fingerprint: string }): void {
    const { vault, platform, node, changes, audit } = this.#core
    const at = platform.now()
    vault.writer.$client.transaction(() => {
      store.insertMember(vault.writer, { id: machine.deviceId, name: machine.name, os: machine.os, appVersion: machine.app, profile: machine.profile, fingerprint: machine.fingerprint, at })
      writeAudit(vault.writer, { at, action: 'device.paired', outcome: 'done', actorId: null, sessionId: null, door: 'network', commandId: null, patientId: null, entityId: machine.deviceId, code: null })
      node.end(vault.writer, undefined, at, null)
    }).immediate()
    audit.wrote()
    node.committed(undefined)
    changes.publish({ topics: ['network', 'devices'] })
    this.#tell?.({ is: 'paired', name: machine.name })
  }
}
