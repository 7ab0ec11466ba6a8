import { setImmediate as nextTick } from 'node:timers/promises'
import type { Id } from '#shared/kernel/ids.ts'
import { addMinutes } from '#shared/kernel/time.ts'
import type { Core } from '../core.ts'
import { fingerprintOf, isRenewalDue, issueCertificate, type Authority } from '../network/certificates.ts'
import { readIdentity, writeIdentity, type NetworkIdentity } from '../network/identity.ts'
import { beginRenewal, type Renewal } from '../network/renewal.ts'
import { authorityOf, enlistHost } from './authority.ts'
import { readSync, writeSync } from './context.ts'
import { trimFeed } from './feed.ts'
import { makeHostIdentity } from './host-identity.ts'
import * as hostStore from './host-store.ts'
import { inOwnTransaction } from './own-transaction.ts'
import { clearArchive } from './member-store.ts'

// What a network needs done from time to time, so that certificates do not end and queues and feeds do not grow for ever.

const DAY_MIN = 1_440
/** A machine that was away for less goes on from the feed; longer, and it takes a whole copy (sync.md 2.11). */
const FEED_DAYS = 180
const AWAY_DAYS = 400
/** What is confirmed and safe elsewhere stays this long with the machine that did it. */
const ARCHIVE_DAYS = 30

/** The certificate for a machine's new key. Its old one counts until it has come with the new one: a lost answer locks nobody out. */
export async function renewFor(core: Core, authority: Authority, deviceId: Id, request: string): Promise<string | undefined> {
  const certificate = await issueCertificate(authority, request, { clinicId: core.vault.clinic?.id ?? '', deviceId, at: core.platform.now() })
  if (certificate) inOwnTransaction(core, () => hostStore.offerFingerprint(core.vault.writer, deviceId, fingerprintOf(certificate)))
  return certificate
}

/** The machine has come with its new certificate: the old one is worth nothing from now on. */
export const settleRenewal = (core: Core, fingerprint: string): void => inOwnTransaction(core, () => hostStore.settleFingerprint(core.vault.writer, fingerprint))

/** Undefined while the certificate has more than half of its time. */
export const renewalOf = async (core: Core, identity: NetworkIdentity): Promise<Renewal | undefined> =>
  isRenewalDue(identity.certificate, core.platform.nowMs()) ? beginRenewal(identity) : undefined

/** A host gives itself its new certificate. */
export async function renewHost(core: Core, identity: NetworkIdentity): Promise<NetworkIdentity> {
  const authority = authorityOf(core.vault.reader)
  if (!authority || !isRenewalDue(identity.certificate, core.platform.nowMs())) return identity
  const certificate = await makeHostIdentity(core, authority)
  enlistHost(core, { name: '', os: '', fingerprint: fingerprintOf(certificate) })
  const { secret } = await core.machine.device()
  const found = readIdentity(core.vault.folder, secret)
  return found.is === 'open' ? found.identity : identity
}

/** False for a certificate that is not this machine's. */
export async function keepRenewed(core: Core, renewal: Renewal, certificate: string): Promise<boolean> {
  const identity = renewal.accept(certificate)
  if (!identity) return false
  const { secret } = await core.machine.device()
  writeIdentity(core.vault.folder, identity, secret)
  return true
}

/** A standby that has a transaction on its disk is a second place for it: machines may let go of what they keep for a lost host (sync.md 2.9). */
export function noteDurable(core: Core): void {
  const db = core.vault.writer
  const reached = hostStore.standbyCursor(db, core.node.deviceId)
  if (reached !== null && reached > readSync(db).durableTx) writeSync(db, { durableTx: reached })
}

/** Once a day at a host: what no machine will ask for any more leaves the feed, in small steps. */
export async function trimOldFeed(core: Core): Promise<void> {
  const { vault, platform, node } = core
  const before = addMinutes(platform.now(), -FEED_DAYS * DAY_MIN)
  const slowest = hostStore.slowestCursor(vault.reader, addMinutes(platform.now(), -AWAY_DAYS * DAY_MIN), node.deviceId)
  while (vault.state === 'open' && trimFeed(vault.writer, { before, upTo: slowest })) await nextTick()
}

/** Once a day at a member. */
export const trimArchive = (core: Core): number => clearArchive(core.vault.writer, addMinutes(core.platform.now(), -ARCHIVE_DAYS * DAY_MIN))
