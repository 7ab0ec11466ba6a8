import * as z from 'zod'
import { Id } from '#shared/kernel/ids.ts'
import { Instant } from '#shared/kernel/time.ts'
import { prepared } from '../db/statements.ts'
import { readSync } from './context.ts'
import type { ReadDb, WriteDb } from '../db/types.ts'
import { checkingKeyOf, isSigned, signed, signingKeyOf } from '../network/signatures.ts'

/**
 * Which machine is the host, since when: one certificate for each epoch. The first and those of an unplanned change are
 * signed by the clinic's root key, that of a planned one by the host that steps down. A certificate stands by itself, so
 * that a machine that was away for a year can tell the present host from one that only says so (I12).
 */
export const Epoch = z.strictObject({
  v: z.literal(1),
  clinicId: Id,
  epoch: z.int().min(1),
  hostId: Id,
  /** The key with which this host signs, as PEM. */
  hostKey: z.string().max(1_000),
  /** The last transaction of the epoch before that still counts. */
  forkTx: z.int().min(0),
  startedAt: Instant,
  by: z.enum(['root', 'host']),
})
export type Epoch = z.infer<typeof Epoch>

const Certificate = z.strictObject({ body: z.string().max(4_000), signature: z.string().max(200) })

const bytesOf = (body: string): Uint8Array => Buffer.from(`cairn-epoch-1\n${body}`)

export function signEpoch(epoch: Epoch, privateKey: string): string {
  const body = JSON.stringify(epoch)
  return JSON.stringify({ body, signature: signed(signingKeyOf(privateKey), bytesOf(body)) })
}

/** What a certificate says, believed or not. */
export function readEpoch(certificate: string): Epoch | undefined {
  const parsed = Certificate.safeParse(parseJson(certificate)).data
  return parsed && Epoch.safeParse(parseJson(parsed.body)).data
}

const statements = prepared((db: ReadDb) => ({
  authority: db.$client.prepare('select root_public_key from clinic_authority').pluck(),
  clinic: db.$client.prepare('select id from clinic').pluck(),
  certificates: db.$client.prepare('select certificate from sync_epochs order by epoch').pluck(),
  at: db.$client.prepare('select certificate from sync_epochs where epoch = ?').pluck(),
  insert: db.$client.prepare('insert into sync_epochs (epoch, host_id, fork_tx, started_at, certificate) values (@epoch, @hostId, @forkTx, @startedAt, @certificate) on conflict (epoch) do update set host_id = excluded.host_id, fork_tx = excluded.fork_tx, started_at = excluded.started_at, certificate = excluded.certificate'),
}))

export const certificateOf = (db: ReadDb, epoch: number): string | undefined => statements(db).at.get(epoch) as string | undefined // One column.

/** The epoch that this copy has last heard of, by its certificate. */
export function lastEpoch(db: ReadDb): { epoch: Epoch; certificate: string } | undefined {
  const certificate = (statements(db).certificates.all() as string[]).at(-1) // One column.
  const epoch = certificate === undefined ? undefined : readEpoch(certificate)
  return epoch && certificate !== undefined ? { epoch, certificate } : undefined
}

/** This machine was the host, has signed the certificate of the next one, and has not been welcomed there yet. */
export function isHandingOver(db: ReadDb, deviceId: Id): boolean {
  const last = lastEpoch(db)?.epoch
  if (!last || last.by !== 'host' || last.hostId === deviceId) return false
  const before = certificateOf(db, last.epoch - 1)
  const { role, hostSeenAt } = readSync(db)
  return role === 'member' && before !== undefined && readEpoch(before)?.hostId === deviceId && hostSeenAt === null
}

/** Enough to convince any machine of this clinic: the newest that the root key has signed, and all after it. */
export function certificatesToShow(db: ReadDb): string[] {
  const all = statements(db).certificates.all() as string[] // One column.
  const from = all.findLastIndex((one) => readEpoch(one)?.by === 'root')
  return all.slice(Math.max(from, 0)).slice(-CERTIFICATES_SHOWN)
}

export const CERTIFICATES_SHOWN = 50

export const insertEpoch = (db: WriteDb, epoch: Epoch, certificate: string): void =>
  void statements(db).insert.run({ epoch: epoch.epoch, hostId: epoch.hostId, forkTx: epoch.forkTx, startedAt: epoch.startedAt, certificate })

/** Those of a row of certificates that hold, in order: by the root key, or by the host of the epoch just before. */
export function believed(db: ReadDb, certificates: readonly string[]): { epoch: Epoch; certificate: string }[] {
  const found: { epoch: Epoch; certificate: string }[] = []
  for (const certificate of certificates) {
    const epoch = readEpoch(certificate)
    if (!epoch || epoch.clinicId !== statements(db).clinic.get()) continue
    const known = certificateOf(db, epoch.epoch - 1)
    const before = found.find((one) => one.epoch.epoch === epoch.epoch - 1)?.epoch ?? (known === undefined ? undefined : readEpoch(known))
    const key = epoch.by === 'root' ? (statements(db).authority.get() as string | undefined) : before?.hostKey // One column.
    if (key !== undefined && holds(certificate, key)) found.push({ epoch, certificate })
  }
  return found
}

/** Whether a machine with this certificate has to step back before one with the other. The root's word counts more than a host's. */
export const outranks = (one: Epoch, other: Epoch | undefined): boolean =>
  other === undefined || one.epoch > other.epoch || (one.epoch === other.epoch && one.hostId !== other.hostId && one.by === 'root' && other.by === 'host')

function holds(certificate: string, publicKey: string): boolean {
  const parsed = Certificate.safeParse(parseJson(certificate)).data
  return parsed !== undefined && isSigned(checkingKeyOf(publicKey), bytesOf(parsed.body), parsed.signature)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // It came from another machine.
  }
}
