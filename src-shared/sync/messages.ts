import * as z from 'zod'
import { DeviceName } from '../domains/devices/model.ts'
import { Id } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { limits } from '../kernel/limits.ts'

/**
 * What the machines of one clinic say to each other over one socket (docs/sync.md). JSON frames, each checked with these
 * shapes on arrival; an unknown message or field ends the connection. The host orders everything; nothing here is decided
 * by a clock.
 */

/** Raised when the meaning of a message changes; the host understands this one and the one before it. */
export const PROTOCOL = 1
/** The oldest protocol a host of this version still speaks. */
export const PROTOCOL_MIN = 1

export const scopes = ['admin', 'clinical', 'host'] as const
export const profiles = ['front-desk', 'clinical', 'standby'] as const
export const Profile = z.enum(profiles)
export type Profile = z.infer<typeof Profile>

/** Which feeds reach a machine's disk (DESIGN section 5). */
export const scopesOf: Record<Profile, readonly (typeof scopes)[number][]> = {
  'front-desk': ['admin'],
  clinical: ['admin', 'clinical'],
  standby: ['admin', 'clinical', 'host'],
}

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Seq = z.int().min(0)
const Ms = z.number().finite()
/** The hash chain's head of each feed that this machine gets. */
export const Chains = z.partialRecord(z.enum(scopes), Hash)
export type Chains = z.infer<typeof Chains>

/** A command as a machine has written it into its outbox; `cid` names it for ever. */
export const SentCommand = z.strictObject({
  seq: z.int().min(1),
  cid: Id,
  /** "scheduling.book". */
  name: z.string().min(3).max(100),
  /** Of the command's input: older ones are brought up to date by the host. */
  version: z.int().min(1),
  input: z.unknown(),
  actorId: Id,
  sessionId: Id,
  proof: z.enum(['full', 'pin']),
  /** When the person did it, by that machine's clock corrected by the offset to the host's it had measured. */
  at: Instant,
  /** The epoch the machine knew when it wrote the command. */
  epoch: z.int().min(1),
})
export type SentCommand = z.infer<typeof SentCommand>

export const Outcome = z.discriminatedUnion('is', [
  /** `notice`: it is done, and still its person has to look at something (fields that somebody else has changed meanwhile). */
  z.strictObject({ is: z.literal('done'), output: z.unknown(), notice: z.strictObject({ code: z.string().max(60), data: z.unknown() }).optional() }),
  z.strictObject({ is: z.literal('refused'), code: z.string().max(60), data: z.unknown() }),
  /** Clinical words whose author lost the right on the way: kept for an administrator (sync.md 2.8). */
  z.strictObject({ is: z.literal('quarantined'), code: z.string().max(60) }),
])
export type Outcome = z.infer<typeof Outcome>

/** The host's word on one command, signed with its key: another host honours it after a change of hosts. */
export const Receipt = z.strictObject({ seq: z.int().min(1), cid: Id, outcome: Outcome, feedTo: Seq, epoch: z.int().min(1), signature: z.string().max(200) })
export type Receipt = z.infer<typeof Receipt>

export const FeedRow = z.strictObject({
  scope: z.enum(scopes),
  table: z.string().max(60),
  /** The primary key's columns as canonical JSON. */
  pk: z.string().max(1_000),
  op: z.enum(['put', 'delete']),
  /** The whole row as JSON, blobs as hex; null for a delete. */
  data: z.string().nullable(),
})
export type FeedRow = z.infer<typeof FeedRow>

/** One transaction of the host: its rows are applied together or not at all. `chains` holds the heads after it. */
export const FeedTx = z.strictObject({ tx: z.int().min(1), at: Instant, rows: z.array(FeedRow), chains: Chains })
export type FeedTx = z.infer<typeof FeedTx>

/** An event of a machine's own activity log that the host's log does not have already (looks, refusals, sign-ins). */
export const SentEvent = z.strictObject({ seq: z.int().min(1), cells: z.array(z.union([z.string(), z.number(), z.null()])).max(40) })
export type SentEvent = z.infer<typeof SentEvent>

const Certificates = z.array(z.string().max(10_000)).max(50)

const hello = z.strictObject({
  t: z.literal('hello'), proto: z.int(), app: z.string().max(40), schema: z.int(), deviceId: Id, clinicId: Id,
  /** The highest epoch this machine has seen (I12). */
  epochSeen: z.int().min(0),
  cursor: Seq, chains: Chains,
  /** The last number it has given to a command, and the last one whose outcome it has taken. */
  outboxMax: Seq, ackedSeq: Seq, sentAt: Ms,
  /** What proves the epoch it has seen, to a host that has not heard of its successor (core/sync/epochs.ts). */
  certificates: Certificates.optional(),
  /** Where it would listen if it were the host. */
  port: z.int().min(0).max(65_535).optional(),
  /** Its copy lies on a branch that ended: it goes on with a new copy only. */
  needsCopy: z.boolean().optional(),
})
const push = z.strictObject({ t: z.literal('push'), commands: z.array(SentCommand).min(1).max(limits.sync_push_commands) })
/**
 * "I stand at `after`": the answer is the page after it, at once or as soon as there is one. One page is on its way at a
 * time, so that a page that is asked for twice, lost or late does no harm and nothing piles up before a slow machine. About
 * `rows` rows: a machine with many commands of its own asks for more, because each page makes it do the pending ones again.
 */
const pull = z.strictObject({ t: z.literal('pull'), after: Seq, ackedSeq: Seq, rows: z.int().min(1).max(limits.sync_page_rows_max) })
const events = z.strictObject({ t: z.literal('events'), events: z.array(SentEvent).min(1).max(500) })
/** What the Devices screen shows of this machine. */
const report = z.strictObject({ t: z.literal('report'), cursor: Seq, unsent: Seq, unsentSince: Instant.nullable(), attention: Seq, app: z.string().max(40), name: DeviceName })
const ping = z.strictObject({ t: z.literal('ping'), sentAt: Ms })
/** `atLeast`: a copy that is kept from earlier and does not reach so far would take this machine back. */
const wantSnapshot = z.strictObject({ t: z.literal('snapshot'), atLeast: Seq.optional() })
/** The first sign-in of a person at a machine: the host looks whether the password is right and says their key. */
const prove = z.strictObject({ t: z.literal('prove'), id: Id, userName: z.string().max(100), password: z.string().max(1_000) })

/** The standby's answer to `ready-to-host`. */
const ready = z.strictObject({ t: z.literal('ready'), cursor: Seq, chains: Chains, hostKey: z.string().max(1_000) })

/** Half of its certificate's time is over: a new key's request. */
const renew = z.strictObject({ t: z.literal('renew'), request: z.string().max(6_000) })

/** How far are you, and is the host in reach from there? Asked of standbys by whoever is about to take the host's place. */
const where = z.strictObject({ t: z.literal('where') })

export const ToHost = z.discriminatedUnion('t', [where, renew, hello, push, pull, events, report, ping, wantSnapshot, prove, ready])
export type ToHost = z.infer<typeof ToHost>

export const refusals = ['PROTOCOL_TOO_OLD', 'PROTOCOL_TOO_NEW', 'SCHEMA_TOO_OLD', 'SCHEMA_TOO_NEW', 'OTHER_CLINIC', 'UNKNOWN_DEVICE', 'REVOKED', 'EPOCH_TOO_HIGH', 'NOT_HOST', 'CHAIN_BROKEN', 'LOCKED', 'BUSY', 'HOST_RESTORED'] as const
export type SyncRefusal = (typeof refusals)[number]
/** Why a machine does not take part: what the host says, and what the machine finds out by itself. */
export type StopReason = SyncRefusal | 'OLDER_HOST' | 'NUMBERS_DIFFER'
/** These pass by themselves: the machine goes on trying, here and at the other addresses it knows. */
export const passingStops = ['LOCKED', 'BUSY', 'NOT_HOST', 'OLDER_HOST', 'HOST_RESTORED'] as const satisfies readonly StopReason[]
export type PassingStop = (typeof passingStops)[number]

const welcome = z.strictObject({
  t: z.literal('welcome'), proto: z.int(), schema: z.int(), epoch: z.int().min(1), hostId: Id, hostName: z.string().max(200), profile: Profile,
  /** The last command of this machine that the host has applied; everything after it is wanted. */
  lastSeq: Seq,
  feedMin: Seq, feedMax: Seq,
  /** Where the hosts of later epochs than the machine knows began: what it took beyond the first of them is on a branch that ended. */
  epochs: z.array(z.strictObject({ epoch: z.int().min(1), forkTx: Seq })).max(1_000),
  /** Everything up to here is in a verified copy elsewhere: archives may be cleared up to it (sync.md 2.9). */
  durableTx: Seq,
  /** The last event of this machine's log that the host has. */
  lastEvent: Seq,
  /** What proves that it is the host of its epoch. */
  certificates: Certificates.optional(),
  /** Where the machines are that could take the host's place: they are dialled too when the host is out of reach. */
  standbys: z.array(z.string().max(200)).max(16).optional(),
  /** Why the feed does not go on from where the machine stands; it takes a whole copy. */
  copy: z.enum(['too-old', 'other-branch', 'ahead']).nullable().optional(),
  sentAt: Ms, receivedAt: Ms, answeredAt: Ms,
})
const refused = z.strictObject({ t: z.literal('refuse'), code: z.enum(refusals), data: z.unknown().optional() })
const results = z.strictObject({ t: z.literal('results'), receipts: z.array(Receipt) })
/** A number is missing before the first command of a push: send from `expect` on. */
const resend = z.strictObject({ t: z.literal('resend'), expect: z.int().min(1) })
/**
 * A page of the feed, or an empty one when nothing came after `from`. `ackedSeq` is the greatest command number whose
 * rows end at or before `to`: an outbox is cleared only up to it, or an optimistic row would vanish before its
 * confirmed one arrives (sync.md 2.5).
 */
const changes = z.strictObject({ t: z.literal('changes'), from: Seq, to: Seq, txs: z.array(FeedTx), receipts: z.array(Receipt), ackedSeq: Seq, feedMax: Seq, hasMore: z.boolean() })
const gotEvents = z.strictObject({ t: z.literal('got-events'), upTo: Seq })
const pong = z.strictObject({ t: z.literal('pong'), sentAt: Ms, hostAt: Ms, durableTx: Seq, feedMax: Seq })
const snapshotReady = z.strictObject({ t: z.literal('snapshot-ready'), id: Id, bytes: z.int(), sha256: Hash, key: Hash, tx: Seq, chains: Chains })
const revoked = z.strictObject({ t: z.literal('revoked') })
/** Another machine is the host from now on. `certificate` is signed by the clinic's root key. */
const epoch = z.strictObject({ t: z.literal('epoch'), epoch: z.int().min(1), hostId: Id, address: z.string().max(200), certificate: z.string().max(10_000) })
const proved = z.strictObject({
  t: z.literal('proved'), id: Id,
  /** Null: the name or the password is wrong, or tries are used up until `waitUntil`. */
  person: z.strictObject({ userId: Id, loginHash: z.string().max(200), userKey: Hash.nullable() }).nullable(),
  waitUntil: Instant.nullable(),
  /** Too many failed tries: an administrator lets this person in again. */
  isStopped: z.boolean(),
})
/** Before a planned change of hosts: "stand at this transaction, and say with which key you will sign". */
const readyToHost = z.strictObject({ t: z.literal('ready-to-host'), tx: Seq, chains: Chains })

const renewed = z.strictObject({ t: z.literal('renewed'), certificate: z.string().max(6_000) })

/** No whole copy could be made; the machine asks again later. */
const snapshotFailed = z.strictObject({ t: z.literal('snapshot-failed'), code: z.string().max(60) })

const stands = z.strictObject({ t: z.literal('stands'), epoch: z.int().min(0), cursor: Seq, isFullCopy: z.boolean(), hostAnswers: z.boolean() })

export const ToNode = z.discriminatedUnion('t', [stands, snapshotFailed, renewed, welcome, refused, results, resend, changes, gotEvents, pong, snapshotReady, revoked, epoch, proved, readyToHost])
export type ToNode = z.infer<typeof ToNode>

export type Hello = z.infer<typeof hello>
export type Welcome = z.infer<typeof welcome>
export type Changes = z.infer<typeof changes>
